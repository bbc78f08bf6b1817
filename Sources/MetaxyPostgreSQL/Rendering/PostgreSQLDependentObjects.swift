internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySchema

/// The objects that prevent a change of columns, and the statements that restore them.
///
/// PostgreSQL itself rebuilds indexes and constraints; views, rules, triggers, row policies and generated columns that read
/// the columns must be dropped first.
struct PostgreSQLDependentObjects {
  private(set) var before: [StagedStatement] = []
  private(set) var after: [StagedStatement] = []
  private let renderer: PostgreSQLRenderer
  private let table: Table?
  private let generated: [Column]

  /// - Parameters:
  ///   - columns: the changed columns.
  ///   - type: an enum type that is replaced; expressions that name it or one of the columns also block the change.
  init(
    to columns: Set<String>, of name: TableName, renderer: PostgreSQLRenderer, replacing type: TableName? = nil
  ) throws(MetaxyError) {
    self.renderer = renderer
    table = renderer.state[name]
    generated = renderer.generatedColumns(from: columns.union(type.map { [$0.name] } ?? []), of: name)
    guard let table else { return }
    if let type { setExpressionsAside(columns.union(generated.map(\.name)).union([type.name]), of: table) }
    for column in generated {
      let drop = StagedStatement(
        renderer.alter(name, "DROP COLUMN \(renderer.dialect.quoted(column.name))"),
        notes: ["\(name).\(column.name) is recomputed"])
      before.append(drop)
    }
    var comeback: [StagedStatement] = []
    for column in generated {
      let kept = type != nil ? table.constraints.filter { !$0.hasExpressions } : table.constraints
      let indexes = type != nil ? table.indexes.filter { !$0.hasExpressions } : table.indexes
      comeback +=
        try renderer.render(AddColumn(table: name, column: column)) + self.comeback(of: column.name, kept, indexes)
    }
    after = comeback + after
  }

  /// Returns the statements that recreate the indexes and constraints that are dropped with a column.
  func comeback(of column: String) -> [StagedStatement] {
    table.map { comeback(of: column, $0.constraints, $0.indexes) } ?? []
  }

  private func comeback(of column: String, _ constraints: [Constraint], _ indexes: [Index]) -> [StagedStatement] {
    guard let table else { return [] }
    return constraints.filter { $0.namedColumns.contains(column) }.flatMap { made($0, in: table) }
      + indexes.filter { $0.namedColumns.contains(column) }.flatMap { made($0, in: table) }
  }

  private func made(_ constraint: Constraint, in table: Table) -> [StagedStatement] {
    let suffix = constraint.isValidated ? "" : " NOT VALID"
    return [StagedStatement(renderer.alter(table.name, "ADD \(renderer.writer.clause(constraint))\(suffix)"))]
      + renderer.comments(of: constraint, in: table.name)
  }

  private func made(_ index: Index, in table: Table) -> [StagedStatement] {
    let name = "INDEX \(renderer.name(index.name.text, beside: table.name))"
    return [StagedStatement(renderer.writer.createIndex(index, on: table.name))]
      + (index.comment.map { [renderer.comment(on: name, $0)] } ?? [])
  }

  /// - Parameter columns: columns, and the name of a type.
  private mutating func setExpressionsAside(_ columns: Set<String>, of table: Table) {
    for constraint in table.constraints
    where constraint.hasExpressions && !constraint.namedColumns.isDisjoint(with: columns) {
      let name = renderer.dialect.quoted(constraint.name?.text ?? "")
      before.append(StagedStatement(renderer.alter(table.name, "DROP CONSTRAINT \(name)")))
      after += made(constraint, in: table)
    }
    for index in table.indexes where index.hasExpressions && !index.namedColumns.isDisjoint(with: columns) {
      before.append(StagedStatement("DROP INDEX \(renderer.name(index.name.text, beside: table.name))"))
      after += made(index, in: table)
    }
  }
}

extension PostgreSQLRenderer {
  /// The generated columns that are computed from the columns.
  func generatedColumns(from columns: Set<String>, of table: TableName) -> [Column] {
    state[table]?.columns.filter { !($0.generated?.expression.names ?? []).isDisjoint(with: columns) } ?? []
  }
}

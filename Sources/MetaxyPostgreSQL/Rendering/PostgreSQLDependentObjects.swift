internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySchema
internal import MetaxySorting

/// The objects that prevent a change of a column's type, and the statements that recreate them.
///
/// PostgreSQL itself rebuilds indexes and constraints; views, row policies and generated columns that read the column
/// must be dropped first.
struct PostgreSQLDependentObjects {
  private(set) var before: [StagedStatement] = []
  private(set) var after: [StagedStatement] = []
  private let renderer: PostgreSQLRenderer
  private let table: Table?
  private let dependents: DependentObjects

  /// - Parameters:
  ///   - columns: the changed columns.
  ///   - includingExpressions: whether expressions that name the columns also block the change: they refer to an enum
  ///     type that is replaced.
  /// - Throws: `views_in_the_way`, `policies_in_the_way` for objects that cannot be recreated.
  init(
    to columns: Set<String>, of name: TableName, for operation: any OperationPayload, renderer: PostgreSQLRenderer,
    includingViews: Bool = true, includingExpressions: Bool = false
  ) throws(MetaxyError) {
    self.renderer = renderer
    table = renderer.state[name]
    dependents = renderer.live.dependents[name] ?? DependentObjects()
    guard let table else { return }
    let generated = table.columns.filter { !($0.generated?.expression.names ?? []).isDisjoint(with: columns) }
    let all = columns.union(generated.map(\.name))
    if includingViews {
      try setViewsAside(all, of: table, operation)
      try setPoliciesAside(all, of: table, operation)
    }
    if includingExpressions { try setExpressionsAside(all, of: table) }
    for column in generated {
      let drop = StagedStatement(
        renderer.alter(name, "DROP COLUMN \(renderer.dialect.quoted(column.name))"),
        notes: ["\(name).\(column.name) is recomputed"])
      before.append(drop)
    }
    var comeback: [StagedStatement] = []
    for column in generated {
      comeback += try renderer.render(AddColumn(table: name, column: column)) + self.comeback(of: column.name)
    }
    after = comeback + after
  }

  /// Returns the statements that recreate the indexes and constraints that are dropped with a column.
  func comeback(of column: String) -> [StagedStatement] {
    guard let table else { return [] }
    let constraints = table.constraints.filter { $0.namedColumns.contains(column) }
    let indexes = table.indexes.filter { $0.namedColumns.contains(column) }
    return constraints.flatMap { made($0, in: table) } + indexes.flatMap { made($0, in: table) }
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

  private mutating func setExpressionsAside(_ columns: Set<String>, of table: Table) throws(MetaxyError) {
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

  private mutating func setViewsAside(
    _ columns: Set<String>, of table: Table, _ operation: any OperationPayload
  ) throws(MetaxyError) {
    let direct = Set(columns.flatMap(dependents.views(naming:)))
    guard !direct.isEmpty else { return }
    let known = Dictionary(renderer.live.views.map { ($0.name, $0) }) { first, _ in first }
    guard !renderer.plan.renames(table.name), let views = Self.readers(of: direct, in: known) else {
      throw .dependentViews(direct.sorted(), operation)
    }
    for view in views.reversed() {
      before.append(
        StagedStatement(
          "DROP VIEW \(renderer.writer.name(view.name))",
          notes: ["the view \(view.name) reads \(table.name) and is restored"]))
    }
    after = views.flatMap(\.creation).map { StagedStatement($0) } + after
  }

  /// Drops and recreates policies. No other session can read the rows in between, because dropping a policy locks its table
  /// until the commit.
  private mutating func setPoliciesAside(
    _ columns: Set<String>, of table: Table, _ operation: any OperationPayload
  ) throws(MetaxyError) {
    let policies = dependents.policies.filter { !$0.columns.isDisjoint(with: columns) }
    guard !policies.isEmpty else { return }
    // With a rename, the text of the policy would contain names that do not exist when it is restored.
    guard !renderer.plan.renames(table.name) else { throw .dependentPolicies(policies, operation) }
    for policy in policies {
      before.append(
        StagedStatement(
          "DROP POLICY \(renderer.dialect.quoted(policy.name)) ON \(renderer.writer.name(policy.table))",
          notes: ["the row policy \(policy.name) of \(policy.table) depends on \(table.name) and is restored"]))
    }
    after = policies.flatMap(\.creation).map { StagedStatement($0) } + after
  }

  /// These views and all views that read them, in the order of creation; nil if one cannot be restored.
  private static func readers(of names: Set<TableName>, in known: [TableName: View]) -> [View]? {
    var found = names
    while true {
      let next = found.union(known.values.filter { !$0.reads.isDisjoint(with: found) }.map(\.name))
      if next == found { break }
      found = next
    }
    let names = found.sorted()
    let views = names.compactMap { known[$0] }
    let sort = DependencySort(views, name: \.name) { $0.reads.sorted() }
    guard views.count == names.count, views.allSatisfy({ $0.obstacle == nil }), sort.cycles.isEmpty else { return nil }
    return sort.order.map { views[$0] }
  }
}

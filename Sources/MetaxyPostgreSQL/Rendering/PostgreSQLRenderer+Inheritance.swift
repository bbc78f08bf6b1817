internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySchema

// Parents and children. What a statement does to a column of a parent, PostgreSQL also does to those of its children,
// unless it contains `ONLY`. https://www.postgresql.org/docs/current/ddl-inherit.html
extension PostgreSQLRenderer {
  /// Returns the start of a statement that changes a table but not its children, whose changes are operations of their
  /// own.
  func alterOnly(_ table: TableName, _ action: String) -> String {
    hasChildren(table) ? "ALTER TABLE ONLY \(writer.name(table)) \(action)" : alter(table, action)
  }

  func alterOnly(_ table: TableName, column: String, _ action: String) -> String {
    alterOnly(table, "ALTER COLUMN \(dialect.quoted(column)) \(action)")
  }

  func hasChildren(_ table: TableName) -> Bool {
    state.tables.values.contains { $0.settings.parents.contains(table) }
  }

  /// Returns the column of a parent that a column of a table follows; nil if it is only the table's own.
  func inheritedColumn(_ name: String, of table: Table?) -> Column? {
    for parent in table?.settings.parents ?? [] {
      if let column = state[parent]?.column(name) { return column }
    }
    return nil
  }

  /// Returns the clause of a new table with parents, with a leading space.
  func inheriting(_ table: Table) -> String {
    let parents = table.settings.parents
    return parents.isEmpty ? "" : " INHERITS (\(parents.map(writer.name).joined(separator: ", ")))"
  }

  /// Returns the columns that a new table does not get from a parent.
  func ownColumns(of table: Table) -> [Column] {
    table.columns.filter { !$0.isInherited || inheritedColumn($0.name, of: table) == nil }
  }

  /// Returns the statements after which inherited columns differ from those of the parents as they should.
  func ownProperties(of column: Column, in table: Table) -> [StagedStatement] {
    guard column.isInherited, let inherited = inheritedColumn(column.name, of: table) else { return [] }
    var actions: [String] = []
    if column.generated == nil, column.identity == nil, inherited.defaultValue != column.defaultValue {
      actions.append(column.defaultValue.map { "SET DEFAULT \(dialect.text(of: $0))" } ?? "DROP DEFAULT")
    }
    if inherited.isNullable, !column.isNullable { actions.append("SET NOT NULL") }
    return actions.map { StagedStatement(alterOnly(table.name, column: column.name, $0)) }
  }

  func changeInheritance(_ operation: ChangeTableSettings) -> [StagedStatement] {
    let table = operation.table
    // A child has the NOT NULL of its parents when it joins them.
    let waits = isOnline(table) && plan.setsNotNull(in: table)
    return operation.leftParents.flatMap { parent in
      [StagedStatement(alter(table, "NO INHERIT \(writer.name(parent))"))]
        + inheritedChecks(of: parent).map {
          StagedStatement(alter(table, "DROP CONSTRAINT \(dialect.quoted($0.name?.text ?? ""))"))
        }
    }
      + operation.joinedParents.flatMap { parent in
        inheritedChecks(of: parent).map { check in
          StagedStatement(
            RenderedStatement(
              alter(table, "ADD \(writer.clause(check))"), preconditions: conditions(of: check, on: table)))
        } + [StagedStatement(alter(table, "INHERIT \(writer.name(parent))"), waits ? .attach : .main)]
      }
  }

  /// The checks that a child has because its parent has them. They are not part of its definition, but it keeps them when
  /// it leaves the parent, and must have them when it joins.
  private func inheritedChecks(of parent: TableName) -> [Constraint] {
    (state[parent]?.checks ?? []).filter(\.isInherited).map { Constraint.check($0).named(in: parent) }
  }
}

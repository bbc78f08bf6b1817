internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySchema

/// The names that renamed tables, columns and values have before a revision, for the queries that run before it.
struct PostgreSQLFormerNames {
  private let dialect = PostgreSQLDialect()
  private let tables: [FormerTable]

  /// - Parameters:
  ///   - schema: the schema with the renames at the beginning of the revision. Renames at its end change nothing: the
  ///     operations before them use the former names.
  ///   - operations: the operations after these renames.
  init(_ schema: RenamedSchema, before operations: [MigrationOperation] = []) {
    tables = schema.formerTables(before: operations)
  }

  /// Returns the name of a table before the revision.
  func name(of table: TableName) -> TableName { renamed(table)?.formerName ?? table }

  /// Returns the rows of a table before the revision, as an item of `FROM` with the alias `"t"`, under the names that its
  /// columns get.
  ///
  /// - Parameter isOnly: whether rows of children are left out.
  func source(of table: TableName, isOnly: Bool = false) -> String {
    let only = isOnly ? "ONLY " : ""
    guard let former = renamed(table) else { return "\(only)\(SQLWriter(dialect).name(table)) AS \"t\"" }
    let columns = former.columns.map { column in
      let value = value(of: column)
      return value == dialect.quoted(column.name) ? value : "\(value) AS \(dialect.quoted(column.name))"
    }
    let name = only + SQLWriter(dialect).name(former.formerName)
    return "(SELECT \(columns.joined(separator: ", ")) FROM \(name)) AS \"t\""
  }

  /// The present values of a column; those of an enum type as texts, because the type does not have the new ones yet.
  private func value(of column: FormerTable.Column) -> String {
    let name = dialect.quoted(column.formerName)
    guard !column.values.isEmpty else { return name }
    let shape = PostgreSQLTypeShape(column.definition.type)
    if shape.isArray {
      return column.values.reduce("\(name)::text[]") {
        "array_replace(\($0), \(SQLText.literal($1.old)), \(SQLText.literal($1.new)))"
      }
    }
    let text = shape.kind == .text ? name : "\(name)::text"
    let cases = column.values.map { "WHEN \(SQLText.literal($0.old)) THEN \(SQLText.literal($0.new))" }
    return "CASE \(text) \(cases.joined(separator: " ")) ELSE \(text) END"
  }

  private func renamed(_ table: TableName) -> FormerTable? { tables.first { $0.name == table } }
}

internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySchema

/// The names that renamed tables and columns have before a revision, for the queries that run before it.
struct PostgreSQLFormerNames {
  private let dialect = PostgreSQLDialect()
  private let tables: [FormerTable]

  /// - Parameter schema: the schema with the renames at the beginning of the revision. Renames at its end change nothing:
  ///   the operations before them use the former names.
  init(_ schema: RenamedSchema) { tables = schema.formerTables }

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
      column.name == column.formerName
        ? dialect.quoted(column.name) : "\(dialect.quoted(column.formerName)) AS \(dialect.quoted(column.name))"
    }
    let name = only + SQLWriter(dialect).name(former.formerName)
    return "(SELECT \(columns.joined(separator: ", ")) FROM \(name)) AS \"t\""
  }

  private func renamed(_ table: TableName) -> FormerTable? { tables.first { $0.name == table } }
}

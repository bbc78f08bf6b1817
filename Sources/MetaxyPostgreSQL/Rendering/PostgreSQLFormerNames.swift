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
  /// columns get; nil for a table that keeps its names.
  func source(of table: TableName) -> String? {
    renamed(table).map { table in
      let columns = table.columns.map { column in
        column.name == column.formerName
          ? dialect.quoted(column.name) : "\(dialect.quoted(column.formerName)) AS \(dialect.quoted(column.name))"
      }
      return "(SELECT \(columns.joined(separator: ", ")) FROM \(SQLWriter(dialect).name(table.formerName))) AS \"t\""
    }
  }

  private func renamed(_ table: TableName) -> FormerTable? { tables.first { $0.name == table } }
}

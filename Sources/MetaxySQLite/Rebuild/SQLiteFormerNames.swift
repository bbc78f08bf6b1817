internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// Lets what is asked of tables after renames be answered by the tables as they are before them.
struct SQLiteFormerNames {
  private let dialect = SQLiteDialect()
  private let tables: [FormerTable]

  init(_ schema: RenamedSchema) { tables = schema.formerTables }

  /// The statement, with what rows must not be said of the tables before the renames.
  func lookingBack(_ statement: RenderedStatement) -> RenderedStatement {
    guard !tables.isEmpty else { return statement }
    var statement = statement
    for index in statement.preconditions.indices {
      statement.preconditions[index].count =
        "(WITH \(definitions) SELECT \(statement.preconditions[index].count))"
    }
    if let table = statement.emptyTable {
      statement.emptyTable = tables.first { $0.name.folded == table.folded }?.formerName ?? table
    }
    return statement
  }

  /// Each table under its new names. To SQLite `main.a` is always the table, and `a` the one that is defined here.
  /// https://sqlite.org/lang_with.html
  private var definitions: String {
    tables.map { table in
      let names = table.columns.map { dialect.quoted($0.name) }.joined(separator: ", ")
      let formerNames = table.columns.map { dialect.quoted($0.formerName) }.joined(separator: ", ")
      return "\(dialect.quoted(table.name.name))(\(names)) AS"
        + " (SELECT \(formerNames) FROM main.\(dialect.quoted(table.formerName.name)))"
    }.joined(separator: ", ")
  }
}

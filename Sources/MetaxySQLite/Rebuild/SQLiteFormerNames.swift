internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySchema

/// Rewrites queries about renamed tables, columns and values so that they can run before the renames.
struct SQLiteFormerNames {
  private let dialect = SQLiteDialect()
  private let tables: [FormerTable]

  /// - Parameter operations: the operations after the renames.
  init(_ schema: RenamedSchema, before operations: some Sequence<MigrationOperation>) {
    tables = schema.formerTables(before: operations)
  }

  /// Returns the statement with preconditions that query the tables under their former names.
  func lookingBack(_ statement: RenderedStatement) -> RenderedStatement {
    guard !tables.isEmpty else { return statement }
    var statement = statement
    for index in statement.preconditions.indices {
      statement.preconditions[index].count =
        "(WITH \(definitions) SELECT \(statement.preconditions[index].count))"
      statement.preconditions[index].examples = statement.preconditions[index].examples.map(lookingBack)
    }
    statement.examples = statement.examples.map(lookingBack)
    if let table = statement.emptyTable {
      statement.emptyTable = tables.first { $0.name.folded == table.folded }?.formerName ?? table
    }
    return statement
  }

  private func lookingBack(_ examples: RowExamples) -> RowExamples {
    var examples = examples
    examples.query = "WITH \(definitions) \(examples.query)"
    return examples
  }

  /// Common table expressions with the new names. In SQLite, `main.a` always means the table and `a` the expression.
  /// https://sqlite.org/lang_with.html
  private var definitions: String {
    tables.map { table in
      let names = table.columns.map { dialect.quoted($0.name) }.joined(separator: ", ")
      let formerNames = table.columns.map(value).joined(separator: ", ")
      return "\(dialect.quoted(table.name.name))(\(names)) AS"
        + " (SELECT \(formerNames) FROM main.\(dialect.quoted(table.formerName.name)))"
    }.joined(separator: ", ")
  }

  private func value(of column: FormerTable.Column) -> String {
    let name = dialect.quoted(column.formerName)
    guard !column.values.isEmpty else { return name }
    let spelling = column.values.spelling(of: name)
    // An expression has no collation of its own.
    return column.definition.collation.map { "\(spelling) COLLATE \(dialect.text(ofCollation: $0))" } ?? spelling
  }
}

internal import MetaxyErrors
internal import MetaxyRuntime
internal import MetaxySchema

/// Refuses to drop a table to which the foreign key of another table, managed or not, would still refer.
struct ReferenceCheck {
  private let database: any Database
  private let dialect: any Dialect
  private let connection: any Connection

  init(_ environment: EnvironmentContext, _ connection: any Connection) {
    database = environment.database
    dialect = environment.dialect
    self.connection = connection
  }

  /// - Throws: `table_referenced`.
  func run(_ operations: [MigrationOperation]) throws(MetaxyError) {
    let dropped = Set(operations.droppedTables.map { dialect.folded($0) })
    guard !dropped.isEmpty else { return }
    let all = try database.introspect(connection) { dropped.contains(dialect.folded($0)) }
    for table in all.definition.applying(operations).sorted {
      if let key = table.foreignKeys.first(where: { dropped.contains(dialect.folded($0.table)) }) {
        throw .referencedTable(key.table, by: table.name)
      }
    }
  }
}

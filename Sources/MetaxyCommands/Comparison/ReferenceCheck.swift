internal import MetaxyErrors
internal import MetaxyRuntime
internal import MetaxySchema

/// Refuses to drop a table to which the foreign key of another table, managed or not, would still refer.
struct ReferenceCheck {
  private let database: any Database
  private let connection: any Connection

  init(_ environment: EnvironmentContext, _ connection: any Connection) {
    database = environment.database
    self.connection = connection
  }

  /// - Throws: `referenced_table`.
  func run(_ operations: [any MigrationOperation]) throws(MetaxyError) {
    let dropped = Set(operations.compactMap { ($0 as? DropTable)?.table.folded })
    guard !dropped.isEmpty else { return }
    let all = try database.introspect(connection) { dropped.contains($0.folded) }
    for table in all.definition.applying(operations).sorted {
      if let key = table.foreignKeys.first(where: { dropped.contains($0.table.folded) }) {
        throw .referencedTable(key.table, by: table.name.description)
      }
    }
  }
}

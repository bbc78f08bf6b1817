package import MetaxyErrors
package import MetaxyRuntime
package import MetaxySQL

/// A database in memory, which runs the statements of `.sql` files.
package final class SQLiteScratchSession: ScratchSession {
  private let database: SQLiteMigrationConnection

  package var connection: any Connection { database }

  init(_ database: SQLiteMigrationConnection) { self.database = database }

  package func run(_ sql: String, for statement: ScannedStatement) throws(MetaxyError) {
    // Under a policy, the authorizer refuses what the rules cannot see: other databases, settings, loaded code.
    _ = try database.execute(sql, under: AccessPolicy { _ in nil })
  }

  package func enforceForeignKeys() throws(MetaxyError) { try database.execute("PRAGMA foreign_keys = ON", []) }

  /// Does nothing: no statement that runs changes a setting.
  package func restoreSettings() throws(MetaxyError) {}

  package func creationSchema() throws(MetaxyError) -> String? { nil }
}

internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyPostgreSQLDriver

/// A savepoint around one statement.
struct PostgreSQLSavepoint {
  private let connection: PostgreSQLMigrationConnection
  private static let name = "_metaxy_savepoint"

  init(_ connection: PostgreSQLMigrationConnection) throws(MetaxyError) {
    self.connection = connection
    try connection.session.execute("SAVEPOINT \(Self.name)")
  }

  /// Undoes the statements since; the savepoint stays. Their locks end, too.
  func rollBack() throws(MetaxyError) { try connection.session.execute("ROLLBACK TO SAVEPOINT \(Self.name)") }

  func release() throws(MetaxyError) { try connection.session.execute("RELEASE SAVEPOINT \(Self.name)") }
}

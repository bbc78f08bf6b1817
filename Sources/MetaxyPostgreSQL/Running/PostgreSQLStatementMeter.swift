internal import MetaxyDatabase
package import MetaxyErrors
internal import MetaxyNames
package import MetaxyRuntime

/// Reads locks and the files of tables around a statement.
///
/// A rewrite gives a table a new file, also an empty one: https://www.postgresql.org/docs/current/catalog-pg-class.html
final class PostgreSQLStatementMeter: StatementMeter {
  private let connection: PostgreSQLMigrationConnection
  /// The files of the tables, by oid.
  private var files: [Int64: (name: TableName, file: Int64)]

  init(_ connection: PostgreSQLMigrationConnection) throws(MetaxyError) {
    self.connection = connection
    files = try Self.files(connection)
  }

  func measure(
    isInTransaction: Bool, _ body: () throws(MetaxyError) -> Void
  ) throws(MetaxyError) -> StatementMeasurement {
    let before = isInTransaction ? try locks() : []
    try body()
    var measurement = StatementMeasurement()
    for (number, table) in try Self.files(connection) {
      guard let known = files[number] else { continue }
      if known.file != table.file { measurement.rewritten.insert(known.name) }
      files[number]?.file = table.file
    }
    let added = isInTransaction ? try locks().subtracting(before) : []
    measurement.locked = Set(added.compactMap { files[$0]?.name })
    return measurement
  }

  /// The existing tables on which this session holds a lock that excludes readers.
  private func locks() throws(MetaxyError) -> Set<Int64> {
    let rows = try connection.query(
      """
      SELECT relation::bigint FROM pg_catalog.pg_locks
      WHERE locktype = 'relation' AND pid = pg_backend_pid() AND mode = 'AccessExclusiveLock'
      """, [])
    return Set(rows.compactMap { $0[0].integer }).intersection(files.keys)
  }

  private static func files(
    _ connection: PostgreSQLMigrationConnection
  ) throws(MetaxyError) -> [Int64: (name: TableName, file: Int64)] {
    let rows = try connection.query(
      """
      SELECT c.oid::bigint, n.nspname, c.relname, c.relfilenode::bigint
      FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'm') AND c.oid >= 16384
      """, [])
    var files: [Int64: (name: TableName, file: Int64)] = [:]
    for row in rows {
      guard let number = row[0].integer, let schema = row[1].text, let name = row[2].text, let file = row[3].integer
      else { continue }
      files[number] = (TableName(name, schema: schema == connection.defaultSchema ? nil : schema), file)
    }
    return files
  }
}

extension PostgreSQLMigrationConnection {
  package func statementMeter() throws(MetaxyError) -> (any StatementMeter)? { try PostgreSQLStatementMeter(self) }
}

import MetaxyErrors
import MetaxyRuntime
import MetaxySQL

/// A connection that counts what is asked of another one.
final class CountingConnection: Connection {
  private let base: any Connection
  private(set) var queries = 0

  init(_ base: any Connection) { self.base = base }

  func execute(_ sql: String, _ parameters: [SQLValue]) throws(MetaxyError) -> Int {
    queries += 1
    return try base.execute(sql, parameters)
  }

  func query(_ sql: String, _ parameters: [SQLValue]) throws(MetaxyError) -> [[SQLValue]] {
    queries += 1
    return try base.query(sql, parameters)
  }

  func beginTransaction() throws(MetaxyError) { try base.beginTransaction() }
  func commitTransaction() throws(MetaxyError) { try base.commitTransaction() }
  func rollbackTransaction() { base.rollbackTransaction() }

  func execute(_ sql: String, under policy: AccessPolicy) throws(MetaxyError) -> Int {
    try base.execute(sql, under: policy)
  }
  var defaultSchema: String { base.defaultSchema }
  func tableNames() throws(MetaxyError) -> Set<TableName> { try base.tableNames() }
  func columnNames(of table: TableName) throws(MetaxyError) -> [String] { try base.columnNames(of: table) }
  func computedColumns(of table: TableName) throws(MetaxyError) -> Set<String> { try base.computedColumns(of: table) }
  func tablesFollowing(_ table: TableName) throws(MetaxyError) -> [TableName] { try base.tablesFollowing(table) }
  func prepareForRebuild(_ isPrepared: Bool) throws(MetaxyError) { try base.prepareForRebuild(isPrepared) }
  func danglingReferences() throws(MetaxyError) -> [TableReference: Int] { try base.danglingReferences() }
  func liveExpectation(of table: TableName) throws(MetaxyError) -> TableExpectation? {
    try base.liveExpectation(of: table)
  }
}

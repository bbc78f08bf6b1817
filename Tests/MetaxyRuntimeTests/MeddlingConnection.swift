import MetaxyErrors
import MetaxyRuntime
import MetaxySQL

/// A connection beside which something happens.
final class MeddlingConnection: Connection {
  private let connection: any Connection
  private let beforeStatement: (String) -> Void
  /// Called with the number of the transaction that is about to begin; the first is 1.
  var beforeTransaction: (Int) -> Void = { _ in }
  private var transactions = 0
  /// What was sent, in order.
  private(set) var statements: [String] = []

  init(_ connection: any Connection, beforeStatement: @escaping (String) -> Void = { _ in }) {
    self.connection = connection
    self.beforeStatement = beforeStatement
  }

  func execute(_ sql: String, _ parameters: [SQLValue]) throws(MetaxyError) -> Int {
    try connection.execute(sql, parameters)
  }
  func query(_ sql: String, _ parameters: [SQLValue]) throws(MetaxyError) -> [[SQLValue]] {
    try connection.query(sql, parameters)
  }
  func beginTransaction() throws(MetaxyError) {
    transactions += 1
    beforeTransaction(transactions)
    try connection.beginTransaction()
  }
  func commitTransaction() throws(MetaxyError) { try connection.commitTransaction() }
  func rollbackTransaction() { connection.rollbackTransaction() }
  func execute(_ sql: String, under policy: AccessPolicy) throws(MetaxyError) -> Int {
    beforeStatement(sql)
    statements.append(sql)
    return try connection.execute(sql, under: policy)
  }
  var defaultSchema: String { connection.defaultSchema }
  func tableNames() throws(MetaxyError) -> Set<TableName> { try connection.tableNames() }
  func columnNames(of table: TableName) throws(MetaxyError) -> [String] { try connection.columnNames(of: table) }
  func computedColumns(of table: TableName) throws(MetaxyError) -> Set<String> {
    try connection.computedColumns(of: table)
  }
  func tablesFollowing(_ table: TableName) throws(MetaxyError) -> [TableName] { try connection.tablesFollowing(table) }
  func prepareForRebuild(_ isPrepared: Bool) throws(MetaxyError) { try connection.prepareForRebuild(isPrepared) }
  func danglingReferences() throws(MetaxyError) -> [TableReference: Int] { try connection.danglingReferences() }
  func liveExpectation(of table: TableName) throws(MetaxyError) -> TableExpectation? {
    try connection.liveExpectation(of: table)
  }
}

import MetaxyErrors
import MetaxyRuntime
import MetaxySQL
import MetaxySchema

/// A connection beside which something happens.
final class MeddlingConnection: Connection {
  private let base: any Connection
  private let beforeStatement: (String) -> Void
  /// Called with the number of the transaction that is about to begin; the first is 1.
  var beforeTransaction: (Int) -> Void = { _ in }
  /// Called before whatever is executed, with its number; the first is 1.
  var beforeStep: (Int) -> Void = { _ in }
  private var transactions = 0
  private(set) var steps = 0

  init(_ base: any Connection, beforeStatement: @escaping (String) -> Void = { _ in }) {
    self.base = base
    self.beforeStatement = beforeStatement
  }

  private func step() {
    steps += 1
    beforeStep(steps)
  }

  func execute(_ sql: String, _ parameters: [SQLValue]) throws(MetaxyError) -> Int {
    step()
    return try base.execute(sql, parameters)
  }
  func query(_ sql: String, _ parameters: [SQLValue]) throws(MetaxyError) -> [[SQLValue]] {
    try base.query(sql, parameters)
  }
  func beginTransaction() throws(MetaxyError) {
    step()
    transactions += 1
    beforeTransaction(transactions)
    try base.beginTransaction()
  }
  func commitTransaction() throws(MetaxyError) {
    step()
    try base.commitTransaction()
  }
  func rollbackTransaction() { base.rollbackTransaction() }
  func lockForWriting(_ table: TableName) throws(MetaxyError) {
    step()
    try base.lockForWriting(table)
  }
  func execute(_ sql: String, under policy: AccessPolicy) throws(MetaxyError) -> Int {
    step()
    beforeStatement(sql)
    return try base.execute(sql, under: policy)
  }
  func finishStatements(under policy: AccessPolicy, tablesBefore: Set<TableName>) throws(MetaxyError) -> TableChanges {
    try base.finishStatements(under: policy, tablesBefore: tablesBefore)
  }
  func lockConflict(behind error: MetaxyError) -> LockConflict? { base.lockConflict(behind: error) }
  func hasTable(_ name: TableName) throws(MetaxyError) -> Bool { try base.hasTable(name) }
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

package import MetaxyDatabase
package import MetaxyErrors
package import MetaxyNames
package import MetaxyRuntime
package import MetaxySQL

/// A connection that forwards every call to another one, except the methods that the type implements itself.
package protocol ForwardingConnection: Connection {
  var base: any Connection { get }
}

extension ForwardingConnection {
  package var defaultSchema: String { base.defaultSchema }

  package func execute(_ sql: String, _ parameters: [SQLValue]) throws(MetaxyError) -> Int {
    try base.execute(sql, parameters)
  }
  package func query(_ sql: String, _ parameters: [SQLValue]) throws(MetaxyError) -> [[SQLValue]] {
    try base.query(sql, parameters)
  }
  package func beginTransaction() throws(MetaxyError) { try base.beginTransaction() }
  package func commitTransaction() throws(MetaxyError) { try base.commitTransaction() }
  package func rollbackTransaction() { base.rollbackTransaction() }
  package func readOnlyQuery(_ sql: String) throws(MetaxyError) -> [[SQLValue]] { try base.readOnlyQuery(sql) }
  package func repeatedQuery(_ sql: String) throws(MetaxyError) -> [[SQLValue]] { try base.repeatedQuery(sql) }
  package func tablesBefore(
    _ statements: [[SQLToken]], under policy: AccessPolicy
  ) throws(MetaxyError) -> Set<TableName> {
    try base.tablesBefore(statements, under: policy)
  }
  package func lockForWriting(_ table: TableName) throws(MetaxyError) { try base.lockForWriting(table) }
  package func execute(_ sql: String, under policy: AccessPolicy) throws(MetaxyError) -> Int {
    try base.execute(sql, under: policy)
  }
  package func finishStatements(
    under policy: AccessPolicy, tablesBefore before: Set<TableName>
  ) throws(MetaxyError) -> TableChanges {
    try base.finishStatements(under: policy, tablesBefore: before)
  }
  package func lockConflict(behind error: MetaxyError) -> LockConflict? { base.lockConflict(behind: error) }
  package func hasTable(_ name: TableName) throws(MetaxyError) -> Bool { try base.hasTable(name) }
  package func tableNames() throws(MetaxyError) -> Set<TableName> { try base.tableNames() }
  package func columnNames(of table: TableName) throws(MetaxyError) -> [String] { try base.columnNames(of: table) }
  package func computedColumns(of table: TableName) throws(MetaxyError) -> Set<String> {
    try base.computedColumns(of: table)
  }
  package func tablesFollowing(_ table: TableName, whenDropped isDropped: Bool) throws(MetaxyError) -> [TableName] {
    try base.tablesFollowing(table, whenDropped: isDropped)
  }
  package func lossMeter(for statements: [[SQLToken]]) throws(MetaxyError) -> any LossMeter {
    try base.lossMeter(for: statements)
  }
  package var rebuildSupport: (any RebuildSupport)? { base.rebuildSupport }
}

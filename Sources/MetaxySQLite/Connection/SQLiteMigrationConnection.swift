package import MetaxyDatabase
package import MetaxyErrors
package import MetaxyNames
package import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySQLiteDriver

/// A connection to a SQLite file for migrations.
package final class SQLiteMigrationConnection: Connection, RebuildSupport {
  let session: SQLiteConnection
  private let guardian = SQLiteAuthorizer()

  private let interruption: Interruption?

  /// - Parameter interruption: the source of interruptions of statements of revisions; nil if signals end the process.
  init(_ session: SQLiteConnection, interruption: Interruption? = nil) {
    self.session = session
    self.interruption = interruption
    guard let interruption else { return }
    session.stopwatch?.isAskedToStop = { interruption.take() }
  }

  @discardableResult
  package func execute(_ sql: String, _ parameters: [SQLValue]) throws(MetaxyError) -> Int {
    Self.count()
    return try session.execute(sql, parameters)
  }

  package func query(_ sql: String, _ parameters: [SQLValue]) throws(MetaxyError) -> [[SQLValue]] {
    try session.query(sql, parameters)
  }

  package func beginTransaction() throws(MetaxyError) {
    Self.count()
    try session.beginTransaction()
  }

  package func commitTransaction() throws(MetaxyError) {
    Self.count()
    try session.commitTransaction()
  }

  package func rollbackTransaction() { session.rollbackTransaction() }

  private static func count() {
    #if DEBUG
      KillSwitch.count()
    #endif
  }

  package func execute(_ sql: String, under policy: AccessPolicy) throws(MetaxyError) -> Int {
    if interruption?.take() == true { throw .interrupted() }
    let tokens = try SQLTokenizer.tokens(of: sql, lexicon: .sqlite)
    for table in TriggerBody.changedTables(tokens) {
      if let reason = policy.refusal(table) { throw .tableRefused(table, verb: "let a trigger change", reason: reason) }
    }
    // VACUUM copies every table into an attached file and back, which changes none of them.
    let isVacuum = tokens.first?.isWord("VACUUM") == true && !tokens.contains { $0.isWord("INTO") }
    if !isVacuum { guardian.begin(on: session.handle, policy: policy) }
    session.stopwatch?.start()
    defer {
      guardian.end(on: session.handle)
      session.stopwatch?.stop()
    }
    do {
      guard Self.readsAllDefinitions(tokens) else { return try execute(sql, []) }
      return try session.acceptingDoubleQuotedStrings { () throws(MetaxyError) in try execute(sql, []) }
    } catch {
      if let refusal = guardian.refusal { throw refusal }
      if session.stopwatch?.wasStopped == true { throw .interrupted(cause: error) }
      if session.stopwatch?.hasExpired == true { throw .statementTimedOut(cause: error) }
      throw error
    }
  }

  /// Whether a statement has no expressions of its own, and SQLite reads those of all tables again for it.
  private static func readsAllDefinitions(_ statement: [SQLToken]) -> Bool {
    var words = TokenReader(statement)
    guard words.skip("ALTER", "TABLE"), words.tableName() != nil else { return false }
    return words.skip("RENAME") || words.skip("DROP")
  }

  package var statementProgress: (any StatementProgress)? { session.stopwatch?.rows.map(SQLiteStatementProgress.init) }

  package var defaultSchema: String { session.defaultSchema }

  package func hasTable(_ name: TableName) throws(MetaxyError) -> Bool { try session.hasTable(name) }
}

public import MetaxyErrors

/// An open connection to a database, used by one thread.
public protocol Connection: AnyObject {
  /// Runs one statement and returns how many rows it changed.
  @discardableResult
  func execute(_ sql: String, _ parameters: [SQLValue]) throws(MetaxyError) -> Int

  /// Runs one query and returns its rows.
  func query(_ sql: String, _ parameters: [SQLValue]) throws(MetaxyError) -> [[SQLValue]]

  /// Begins a transaction that no other writer can run beside.
  func beginTransaction() throws(MetaxyError)
  func commitTransaction() throws(MetaxyError)
  /// Rolls back; does nothing outside a transaction.
  func rollbackTransaction()

  /// Runs one statement of a revision, which may not touch the tables that `policy` refuses.
  ///
  /// - Throws: `table_refused`, before anything is done.
  func execute(_ sql: String, under policy: AccessPolicy) throws(MetaxyError) -> Int

  /// The schema of the tables whose name is said and stored without one.
  var defaultSchema: String { get }

  /// The names of all tables, as they are stored.
  func tableNames() throws(MetaxyError) -> Set<String>

  /// The names of a table's columns; none where there is no such table.
  func columnNames(of table: String) throws(MetaxyError) -> [String]

  /// The tables whose rows are deleted or changed by their foreign keys when rows of `table` are deleted.
  func tablesFollowing(_ table: String) throws(MetaxyError) -> [String]

  /// Prepares the connection for making tables anew, or puts it back as it was; called outside transactions.
  ///
  /// While it is prepared foreign keys are not enforced, and a rename changes the table alone, not what refers to it.
  func prepareForRebuild(_ isPrepared: Bool) throws(MetaxyError)

  /// The rows that refer to rows which are not there: how many, by what refers to what.
  func danglingReferences() throws(MetaxyError) -> [String: Int]

  /// What a table has that making it anew must know of; nil where there is no such table.
  func liveExpectation(of table: String) throws(MetaxyError) -> TableExpectation?
}

extension Connection {
  @discardableResult
  public func execute(_ sql: String) throws(MetaxyError) -> Int { try execute(sql, []) }
  public func query(_ sql: String) throws(MetaxyError) -> [[SQLValue]] { try query(sql, []) }

  /// Runs `body` in a transaction: committed when it returns, rolled back when it throws.
  public func transaction<Result>(_ body: () throws(MetaxyError) -> Result) throws(MetaxyError) -> Result {
    try beginTransaction()
    do {
      let result = try body()
      try commitTransaction()
      return result
    } catch {
      rollbackTransaction()
      throw error
    }
  }
}

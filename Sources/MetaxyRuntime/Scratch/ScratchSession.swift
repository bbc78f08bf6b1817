package import MetaxyErrors
package import MetaxySQL
package import MetaxySchema

/// A database of its own in which the statements of `.sql` files run, and which is gone with this value.
///
/// It is a sandbox: only statements that the engine's ``Database/scratchDecision(on:)`` lets run may be given to it.
package protocol ScratchSession: AnyObject {
  /// The connection, to read what the statements have defined.
  var connection: any Connection { get }

  /// Whether transactions can be committed in it, as running a revision does.
  var commitsTransactions: Bool { get }

  /// Runs `sql`, the form in which a decision lets a statement run.
  ///
  /// - Throws: the engine's error; `refused_statement` if the statement would run code other than the engine's own.
  func run(_ sql: String, for statement: ScannedStatement) throws(MetaxyError)

  /// Makes foreign keys act on rows as in a store's database; definitions alone need not be in an order that allows it.
  func enforceForeignKeys() throws(MetaxyError)

  /// Drops the server's notices about statements that run in a database of the user too, where they are reported.
  func discardNotices()

  /// Begins a transaction of the file, with whose end its local settings end.
  func beginTransaction()

  /// Ends the transaction of the file, if there is one.
  func endTransaction() throws(MetaxyError)

  /// Runs `sql`, which changes a setting, until the transaction of the file ends; does nothing outside one.
  func runLocally(_ sql: String, setting: String, for statement: ScannedStatement) throws(MetaxyError)

  /// Restores the settings of the session, which the next file and the reader of the definitions rely on.
  func restoreSettings() throws(MetaxyError)

  /// The schema in which a name without one is now created; nil if that is the default schema.
  func creationSchema() throws(MetaxyError) -> String?

  /// Returns what the database holds about the tables of `schema` beyond their definitions.
  ///
  /// It is found by comparing catalogs: whatever differs from what the definitions alone create is a property that they
  /// do not contain.
  func unmanagedProperties(beyond schema: Schema) throws(MetaxyError) -> [UnmanagedProperty]
}

/// The defaults for an engine without settings that decide about definitions, and whose catalog is the text of the
/// definitions.
extension ScratchSession {
  package var commitsTransactions: Bool { true }
  package func enforceForeignKeys() throws(MetaxyError) {}
  package func discardNotices() {}
  package func beginTransaction() {}
  package func endTransaction() throws(MetaxyError) {}
  package func runLocally(_ sql: String, setting: String, for statement: ScannedStatement) throws(MetaxyError) {}
  package func unmanagedProperties(beyond schema: Schema) throws(MetaxyError) -> [UnmanagedProperty] { [] }
}

package import MetaxyErrors
package import MetaxySQL

/// A database of its own in which the statements of `.sql` files run, and which is gone with this value.
///
/// It is a sandbox: only statements that the engine's ``Database/scratchDecision(on:)`` lets run may be given to it.
package protocol ScratchSession: AnyObject {
  /// The connection, to read what the statements have defined.
  var connection: any Connection { get }

  /// Runs `sql`, the form in which a decision lets a statement run.
  ///
  /// - Throws: the engine's error; `refused_statement` if the statement would run code other than the engine's own.
  func run(_ sql: String, for statement: ScannedStatement) throws(MetaxyError)

  /// Restores the settings of the session, which the next file and the reader of the definitions rely on.
  func restoreSettings() throws(MetaxyError)

  /// The schema in which a name without one is now created; nil if that is the default schema.
  func creationSchema() throws(MetaxyError) -> String?
}

package import MetaxyErrors
package import MetaxySQL

// Errors that every engine can throw.
extension MetaxyError {
  package static func statementTimedOut(cause: MetaxyError) -> MetaxyError {
    MetaxyError(
      .statementTimeout, "the statement took longer than `statement_timeout` allows",
      hints: ["give it more time with `statement_timeout` in [ext.migrations]; 0 sets no limit"], cause: cause)
  }

  package static func tableRefused(_ table: TableName, verb: String, reason: String) -> MetaxyError {
    MetaxyError(.tableRefused, "this environment may not \(verb) `\(table)`: \(reason)")
  }

  /// Another runner held the lock of a database until the timeout.
  package static func databaseBusy(
    _ database: String, holder: String, seconds: Int, hints: [Hint] = []
  ) -> MetaxyError {
    MetaxyError(
      .databaseBusy,
      "\(holder) is migrating the database `\(database)`, and was not done after \(seconds) seconds",
      hints: ["run the command again when it is done"] + hints)
  }

  /// The operation was interrupted, for example by Ctrl-C.
  package static func interrupted(cause: MetaxyError? = nil) -> MetaxyError {
    MetaxyError(.interrupted, "interrupted", cause: cause)
  }

  /// Whether this error or its cause is an interruption.
  package var isInterruption: Bool {
    code == .interrupted || (cause as? MetaxyError)?.isInterruption == true
  }

  /// The server or the connection to it was lost.
  package static func connectionLost(_ database: String, cause: MetaxyError) -> MetaxyError {
    MetaxyError(
      .connectionLost, "the connection to `\(database)` was lost",
      hints: [
        "the server rolls back what was not committed; \(.current()) tells where the database is, and the next run goes on from there"
      ],
      cause: cause)
  }

  /// Whether the outcome of the last statement is unknown, because of this error or its cause.
  package var isConnectionLoss: Bool {
    code == .connectionLost || (cause as? MetaxyError)?.isConnectionLoss == true
  }

  package static func emptyStatement() -> MetaxyError {
    MetaxyError(.emptyStatement, "a statement holds no SQL")
  }
}

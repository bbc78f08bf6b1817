package import MetaxyErrors

// Errors that every engine can throw.
extension MetaxyError {
  package static func statementTimedOut(cause: MetaxyError) -> MetaxyError {
    MetaxyError(
      .statementTimeout, "the statement took longer than `statement_timeout` allows",
      hints: ["raise `statement_timeout` in [ext.migrations]; 0 sets no limit"], cause: cause)
  }

  /// Another runner held the lock of a database until the timeout.
  package static func databaseBusy(
    _ database: String, holder: String, seconds: Int, hints: [Hint] = []
  ) -> MetaxyError {
    MetaxyError(
      .databaseBusy,
      "\(holder) migrates the database `\(database)`, and did not finish within \(seconds) seconds",
      Payload(database: database),
      hints: ["run the command again when it has finished"] + hints)
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
      .connectionLost, "the connection to `\(database)` was lost", Payload(database: database),
      hints: [
        "the server rolls back what was not committed; \(.current()) lists the current revisions, and the next run resumes from there"
      ],
      cause: cause)
  }

  /// Whether the outcome of the last statement is unknown, because of this error or its cause.
  package var isConnectionLoss: Bool {
    code == .connectionLost || (cause as? MetaxyError)?.isConnectionLoss == true
  }

  package static func emptyStatement() -> MetaxyError {
    MetaxyError(.emptyStatement, "a statement contains no SQL")
  }
}

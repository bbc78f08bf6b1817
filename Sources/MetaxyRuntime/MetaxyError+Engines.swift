public import MetaxyErrors

// What every engine can meet.
extension MetaxyError {
  public static func statementTimedOut(cause: MetaxyError) -> MetaxyError {
    MetaxyError(
      Code("statement_timeout"), "the statement took longer than `statement_timeout` allows",
      hints: ["give it more time with `statement_timeout` in [ext.migrations]; 0 sets no limit"], cause: cause)
  }

  public static func emptyStatement() -> MetaxyError {
    MetaxyError(Code("empty_statement"), "a statement holds no SQL")
  }

  /// Another runner held the lock of a database all the time.
  public static func databaseBusy(_ database: String, holder: String, seconds: Int) -> MetaxyError {
    MetaxyError(
      Code("database_busy"),
      "\(holder) is migrating the database `\(database)`, and was not done after \(seconds) seconds",
      hints: ["run the command again when it is done"])
  }
}

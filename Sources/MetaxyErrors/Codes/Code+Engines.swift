// Errors of the engines
// Errors that an engine reports, with the code of the engine in the name.

extension MetaxyError.Code {
  /// SQLite refused a statement, with this primary result code: `sqlite_19` is a violated constraint.
  ///
  /// Read the message, which is SQLite's. The numbers are listed at <https://sqlite.org/rescode.html>.
  public static func sqlite(_ number: Int32) -> Self { Self("sqlite_\(number)") }

  /// The server refused a statement, with this SQLSTATE: `postgresql_23505` is a violated unique constraint.
  ///
  /// Read the message, which is the server's. The codes are listed at
  /// <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
  public static func postgreSQL(_ sqlState: String) -> Self { Self("postgresql_\(sqlState)") }
}

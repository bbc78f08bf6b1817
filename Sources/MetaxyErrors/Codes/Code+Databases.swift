// Databases and connections
// Opening, locking and reading a database.

extension MetaxyError.Code {
  /// The database does not exist.
  ///
  /// Create it: `metaxy upgrade` for SQLite, `createdb` for PostgreSQL.
  public static let noDatabase = Self("no_database")

  /// The database file cannot be opened.
  ///
  /// Check that its directory exists and that you may read and write there.
  public static let cannotOpenDatabase = Self("cannot_open_database")

  /// The file is not a SQLite database.
  ///
  /// It was not changed.
  ///
  /// Check the store's `url`.
  public static let notADatabase = Self("not_a_database")

  /// The SQLite library is older than metaxy supports.
  ///
  /// Install SQLite 3.37 or newer, and check `LD_LIBRARY_PATH`.
  public static let sqliteTooOld = Self("sqlite_too_old")

  /// The file that locks a SQLite database cannot be opened or locked.
  ///
  /// Check that the directory exists and that you may write there.
  public static let cannotLock = Self("cannot_lock")

  /// Another run held the lock of the database the whole time.
  ///
  /// Run the command again when that run is done.
  public static let databaseBusy = Self("database_busy")

  /// The server cannot be reached, or refuses the connection.
  ///
  /// Check the store's `url`, and the reason in the error.
  public static let cannotConnect = Self("cannot_connect")

  /// libpq is not installed, or is too old.
  ///
  /// Install it: `apt install libpq5`, or `brew install libpq`.
  public static let noLibPQ = Self("no_libpq")

  /// The server is older than metaxy supports.
  ///
  /// Use a newer PostgreSQL.
  public static let serverTooOld = Self("server_too_old")

  /// The server is a standby, which can be read but not written to.
  ///
  /// Nothing was written.
  ///
  /// Connect to the primary, with several hosts and `target_session_attrs=read-write` in the store's `url`.
  public static let readOnlyServer = Self("read_only_server")

  /// The server is another program that speaks PostgreSQL's protocol, and lacks what a run depends on.
  ///
  /// Nothing was written.
  ///
  /// Use PostgreSQL.
  public static let unsupportedServer = Self("unsupported_server")

  /// The database has no schema in which metaxy can find or create tables.
  ///
  /// Create it and grant the role USAGE and CREATE on it, or name another one in the store's `url`.
  public static let noSchema = Self("no_schema")

  /// The signal handling of a command cannot be set up.
  ///
  /// Check the limit of open files, then run the command again.
  public static let noInterruption = Self("no_interruption")

  /// The connection goes through a pooler that does not keep a session, so locks would be lost.
  ///
  /// Connect to the server itself, or to a pool in session mode.
  public static let pooler = Self("pooler")

  /// The connection to the server was lost.
  ///
  /// The server rolls back uncommitted changes.
  ///
  /// Run the command again; it resumes from the current state of the database.
  public static let connectionLost = Self("connection_lost")

  /// A statement took longer than `statement_timeout` allows.
  ///
  /// Raise `statement_timeout` in `[ext.migrations]`; 0 sets no limit.
  public static let statementTimeout = Self("statement_timeout")

  /// The command was interrupted, for example by Ctrl-C.
  ///
  /// Run it again; it resumes where it stopped.
  public static let interrupted = Self("interrupted")

  /// A statement contains no SQL.
  ///
  /// Remove it.
  public static let emptyStatement = Self("empty_statement")

  /// A statement is a COPY from or to the client, which has no rows to send or take.
  ///
  /// Write the rows as INSERT, or use COPY with a file of the server.
  public static let copyRefused = Self("copy_refused")

  /// A text contains the character NUL, which PostgreSQL cannot store.
  ///
  /// Remove the character.
  public static let nulInText = Self("nul_in_text")

  /// A STRICT table of SQLite cannot have a column of this type.
  ///
  /// Use INT, INTEGER, REAL, TEXT, BLOB or ANY.
  public static let typeNotStrict = Self("type_not_strict")

  /// libpq refused a request, and the server sent no SQLSTATE.
  ///
  /// Read the message, which is libpq's.
  public static let libPQ = Self("libpq")
}

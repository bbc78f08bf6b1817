internal import CPostgreSQL
internal import MetaxyDatabase
internal import MetaxyErrors

extension PostgreSQLConnection {
  static func connect(
    _ connection: ConnectionString, _ defaults: [(String, String)], _ replaced: [(String, String)], _ libpq: LibPQ
  ) throws(MetaxyError) -> OpaquePointer {
    // libpq accepts a URL as the database's name. Later parameters override earlier ones, except the fallback.
    // https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PQCONNECTDBPARAMS
    let parameters =
      defaults + [
        ("dbname", connection.text), ("fallback_application_name", "metaxy"), ("client_encoding", "UTF8"),
      ] + replaced
    // libpq keeps waiting after a signal, and an incomplete connection leaves no effect.
    let handle = Interruption.withSignalsReleased {
      withCStrings(parameters.map(\.0)) { keywords in
        withCStrings(parameters.map(\.1)) { values in libpq.functions.pointee.PQconnectdbParams(keywords, values, 1) }
      }
    }
    guard let handle else { throw .cannotConnect(connection.displayText, reason: "out of memory", hints: []) }
    guard Int(libpq.functions.pointee.PQstatus(handle)) == METAXY_PQ_CONNECTION_OK else {
      defer { libpq.functions.pointee.PQfinish(handle) }
      throw failure(of: handle, connection, libpq)
    }
    return handle
  }

  private static func failure(of handle: OpaquePointer, _ connection: ConnectionString, _ libpq: LibPQ) -> MetaxyError {
    let functions = libpq.functions.pointee
    let message = String(cString: functions.PQerrorMessage(handle)).trimmed
    // libpq does not expose the SQLSTATE of a failed connection. If the server's messages are in another language, its
    // message is reported.
    if let name = functions.PQdb(handle).map({ String(cString: $0) }), !connection.hasStrayDelimiters,
      message.hasSuffix("database \"\(name)\" does not exist")
    {
      return .databaseMissing(connection.displayText, name: name)
    }
    var hints: [Hint] = []
    if connection.hasStrayDelimiters {
      hints.append("in a URL's password, write `/` as `%2F`, `?` as `%3F`, `#` as `%23`, and `@` as `%40`")
    } else if functions.PQconnectionNeedsPassword(handle) == 1 {
      hints.append("the server asks for a password: set it in `~/.pgpass`, `PGPASSWORD` or the store's `url`")
    } else if functions.PQconnectionUsedPassword(handle) == 1 {
      hints.append("check the password, in `~/.pgpass`, `PGPASSWORD` or the store's `url`, and the role's rights")
    } else if let role = connection.requiredRole {
      hints.append(
        "no host is a server that `target_session_attrs=\(role)` accepts: check that one runs, or wait until a standby is promoted"
      )
    } else {
      hints.append("check that the server runs, and the store's `url`")
    }
    return .cannotConnect(connection.displayText, reason: connection.hidingSecrets(in: message), hints: hints)
  }

  /// Calls `body` with a null-terminated list of texts.
  private static func withCStrings<Result>(
    _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
  ) -> Result {
    let copies = texts.map { text -> UnsafeMutableBufferPointer<CChar> in
      let characters = text.utf8CString
      let copy = UnsafeMutableBufferPointer<CChar>.allocate(capacity: characters.count)
      _ = copy.initialize(from: characters)
      return copy
    }
    defer { copies.forEach { $0.deallocate() } }
    return body(copies.map { UnsafePointer($0.baseAddress) } + [nil])
  }
}

internal import MetaxyDatabase
internal import MetaxyErrors

/// The settings of a session, so that a run does not depend on the settings of the role or the server.
struct PostgreSQLSettings {
  let version: PostgreSQLVersion
  let timeouts: PostgreSQLTimeouts
  let mode: PostgreSQLConnection.Mode

  func apply(to connection: PostgreSQLConnection) throws(MetaxyError) {
    _ = try connection.query("SELECT \(assignments), set_config('search_path', (\(Self.searchPath)), false)")
    guard version.major >= 14 else { return }
    // With this, a server detects within seconds that the client of a running statement was killed. Servers on systems
    // without support reject the setting, and detect it at the end of the statement.
    // https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-CLIENT-CONNECTION-CHECK-INTERVAL
    _ = try? connection.query("SELECT set_config('client_connection_check_interval', '2000', false)")
  }

  /// Restores the settings of ``apply(to:)`` and the role.
  func restore(searchPath: String, role: String, to connection: PostgreSQLConnection) throws(MetaxyError) {
    _ = try connection.catalogQuery(
      "SELECT \(assignments), set_config('search_path', $1::text, false), set_config('role', $2::text, false)",
      [.text(searchPath), .text(role)])
  }

  private var assignments: String {
    values.map { "set_config('\($0.0)', '\($0.1)', false)" }.joined(separator: ", ")
  }

  private var values: [(String, String)] {
    var values = [
      ("lock_timeout", "\(timeouts.lock)"),
      ("statement_timeout", "\(timeouts.statement)"),
      ("idle_in_transaction_session_timeout", "0"),
      ("client_min_messages", "notice"),
      // How literals are parsed, …
      ("standard_conforming_strings", "on"),
      ("transform_null_equals", "off"),
      ("DateStyle", "ISO, MDY"),
      ("IntervalStyle", "postgres"),
      ("TimeZone", "UTC"),
      // … and how values and definitions are printed.
      ("bytea_output", "hex"),
      ("extra_float_digits", "1"),
      ("quote_all_identifiers", "off"),
      // With row security, hidden rows would not be counted as lost; an error is better.
      // https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-ROW-SECURITY
      ("row_security", "off"),
    ]
    if version.major >= 14 { values.append(("idle_session_timeout", "0")) }
    if version.major >= 17 { values.append(("transaction_timeout", "0")) }
    // In the other mode a read-only default of the role is respected, because it was set on purpose.
    if mode == .reading { values.append(("default_transaction_read_only", "on")) }
    return values
  }

  /// The search path: the one of the connection string, the role, the database or the server; `public` if nothing sets
  /// one, because a schema that happens to have the name of a user would hide it.
  private static let searchPath = """
    SELECT CASE source WHEN 'default' THEN 'public' ELSE setting END
    FROM pg_catalog.pg_settings WHERE name = 'search_path'
    """
}

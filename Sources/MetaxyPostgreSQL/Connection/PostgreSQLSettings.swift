internal import MetaxyErrors
internal import MetaxyRuntime

/// The settings of a session, so that what a run does and reads depends on no role's and no server's own.
struct PostgreSQLSettings {
  let version: PostgreSQLVersion
  let timeouts: PostgreSQLTimeouts
  let mode: PostgreSQLConnection.Mode

  func apply(to connection: PostgreSQLConnection) throws(MetaxyError) {
    _ = try connection.query("SELECT \(assignments), set_config('search_path', (\(Self.searchPath)), false)")
    guard version.major >= 14 else { return }
    // So that a server notices within seconds when the program that gave it a statement was killed. Servers on systems
    // that cannot look refuse it, and then notice when the statement ends.
    // https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-CLIENT-CONNECTION-CHECK-INTERVAL
    _ = try? connection.query("SELECT set_config('client_connection_check_interval', '2000', false)")
  }

  /// Sets again what ``apply(to:)`` has set, and the role.
  func restore(searchPath: String, role: String, to connection: PostgreSQLConnection) throws(MetaxyError) {
    _ = try connection.query(
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
      // How literals are read, …
      ("standard_conforming_strings", "on"),
      ("transform_null_equals", "off"),
      ("DateStyle", "ISO, MDY"),
      ("IntervalStyle", "postgres"),
      ("TimeZone", "UTC"),
      // … and how values and definitions are written.
      ("bytea_output", "hex"),
      ("extra_float_digits", "1"),
      ("quote_all_identifiers", "off"),
      // Rows that a policy hides would not be counted as lost: an error is better.
      // https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-ROW-SECURITY
      ("row_security", "off"),
    ]
    if version.major >= 14 { values.append(("idle_session_timeout", "0")) }
    if version.major >= 17 { values.append(("transaction_timeout", "0")) }
    // In the other mode a default that forbids to write is respected: somebody chose it.
    if mode == .reading { values.append(("default_transaction_read_only", "on")) }
    return values
  }

  /// The schemas in which names without one are looked for: those that the connection string, the database or the server
  /// name, and `public` where only the role does, or nobody: two people who run one revision must mean one table.
  private static let searchPath = """
    SELECT CASE WHEN source IN ('default', 'user', 'database user') THEN 'public' ELSE setting END
    FROM pg_catalog.pg_settings WHERE name = 'search_path'
    """
}

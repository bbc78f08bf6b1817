internal import MetaxyDatabase
package import MetaxyErrors
internal import MetaxyNames
internal import MetaxyPostgreSQLDriver
package import MetaxyRuntime
package import MetaxySQL

/// A connection to a scratch database, which runs the statements of `.sql` files.
package final class PostgreSQLScratchSession: ScratchSession {
  let database: PostgreSQLMigrationConnection
  /// The schema of names without one, while it is known.
  private var knownSchema: String?

  /// The values that settings have again after the transaction of the file; nil outside a transaction.
  private var outerSettings: [String: String]?

  package var connection: any Connection { database }

  package let commitsTransactions: Bool

  init(_ database: PostgreSQLMigrationConnection, commitsTransactions: Bool = true) {
    self.database = database
    self.commitsTransactions = commitsTransactions
  }

  package func run(_ sql: String, for statement: ScannedStatement) throws(MetaxyError) {
    if try createsDefaultSchema(statement) { return }
    let calls = ServerCalls(database)
    try calls.refuse(in: statement)
    try database.execute(sql, [])
    try calls.refuseBehindObjects(of: statement)
    if Self.mayMoveNames(statement) { knownSchema = nil }
  }

  package func discardNotices() { database.session.discardNotices() }

  package func beginTransaction() { outerSettings = outerSettings ?? [:] }

  package func endTransaction() throws(MetaxyError) {
    for (name, value) in outerSettings ?? [:] {
      _ = try database.query("SELECT set_config($1::text, $2::text, false)", [.text(name), .text(value)])
    }
    outerSettings = nil
    knownSchema = nil
  }

  package func runLocally(_ sql: String, setting: String, for statement: ScannedStatement) throws(MetaxyError) {
    guard let outer = outerSettings else { return }
    if outer[setting] == nil {
      let value = try database.query("SELECT current_setting($1::text)", [.text(setting)]).first?.first?.text
      outerSettings?[setting] = value
    }
    try run(sql, for: statement)
  }

  package func restoreSettings() throws(MetaxyError) {
    outerSettings = nil
    let names = [
      "default_tablespace", "default_table_access_method", "check_function_bodies", "timezone_abbreviations",
      "lc_monetary", "xmloption", "array_nulls",
    ]
    for name in names {
      try database.execute("RESET \(name)", [])
    }
    try database.session.restoreSettings()
    knownSchema = nil
  }

  package func creationSchema() throws(MetaxyError) -> String? {
    if knownSchema == nil {
      knownSchema = try database.query("SELECT current_schema()", []).first?.first?.text ?? database.defaultSchema
    }
    return knownSchema == database.defaultSchema ? nil : knownSchema
  }

  private static func mayMoveNames(_ statement: ScannedStatement) -> Bool {
    guard let verb = statement.tokens.first else { return false }
    return verb.isWord(in: "SET", "SELECT") || statement.tokens.dropFirst().first?.isWord("SCHEMA") == true
  }

  /// Returns whether a statement creates the default schema, which the session has from the beginning, and nothing in it.
  private func createsDefaultSchema(_ statement: ScannedStatement) throws(MetaxyError) -> Bool {
    var words = TokenReader(statement.tokens, foldsNames: true)
    guard words.skip("CREATE", "SCHEMA") else { return false }
    _ = words.skip("IF", "NOT", "EXISTS")
    _ = words.skip("AUTHORIZATION")
    guard words.name() == database.defaultSchema else { return false }
    if words.skip("AUTHORIZATION") { words.skipToken() }
    let found = try database.query(
      "SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1::text", [.text(database.defaultSchema)])
    return words.tokens.isEmpty && !found.isEmpty
  }
}

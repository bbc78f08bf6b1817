internal import MetaxyDatabase
internal import MetaxyErrors

/// The program that a server is: PostgreSQL, or another one that speaks its protocol.
///
/// Other programs may lack what runs depend on, and some accept the statements without the effect: CockroachDB's
/// `pg_try_advisory_lock` always returns true. So a run tries out what it depends on, see ``PostgreSQLCapabilities``.
package struct PostgreSQLProduct: Sendable, Hashable {
  /// The name and version of another program; nil for PostgreSQL.
  package let name: String?

  static let postgreSQL = PostgreSQLProduct(name: nil)

  private init(name: String?) { self.name = name }

  init(of connection: PostgreSQLConnection) throws(MetaxyError) {
    self.init(version: try connection.query("SELECT pg_catalog.version()", []).first?.first?.text ?? "")
  }

  /// - Parameter text: the result of `version()`: `PostgreSQL 15.18 (Debian 15.18-0+deb12u1) on x86_64-pc-linux-gnu, …`,
  ///   `CockroachDB CCL v24.1.0 (x86_64-pc-linux-gnu, …)`, `PostgreSQL 15.2-YB-2025.1.0.0-b0 on x86_64-pc-linux-gnu, …`.
  package init(version text: String) {
    let words = text.split(separator: " ")
    let program = String(words.prefix { !$0.hasPrefix("(") && $0 != "on" }.joined(separator: " "))
    guard words.first == "PostgreSQL" else {
      name = program.isEmpty ? "an unknown server" : program
      return
    }
    let version = words.dropFirst().first ?? ""
    // PostgreSQL's own versions are `17.5`, `18beta1` and `19devel`; a suffix after a hyphen is that of a fork.
    if let mark = version.firstRange(of: "-YB-") {
      name = "YugabyteDB \(version[mark.upperBound...])"
    } else {
      name = version.contains("-") ? program : nil
    }
  }

  /// Runs `body`; its error on another program than PostgreSQL is that it lacks what `body` needs.
  func naming(
    _ displayName: String, missing capability: String, _ body: () throws(MetaxyError) -> Void
  ) throws(MetaxyError) {
    do {
      try body()
    } catch {
      guard let name, error.sqlState != nil, !error.isInterruption, !error.isConnectionLoss else { throw error }
      throw .unsupportedServer(displayName, product: name, missing: capability, cause: error)
    }
  }
}

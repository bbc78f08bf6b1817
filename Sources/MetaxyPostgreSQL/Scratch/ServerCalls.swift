internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxySQL

/// Calls of functions of the server, or of an extension, that can have an effect, where a definition would evaluate them.
///
/// PostgreSQL evaluates the bounds of partitions, and with them the checks of domains, and whatever else is not
/// volatile: no function with an effect is declared as anything but volatile. Functions of the file are not meant, their
/// bodies are stubs.
/// https://www.postgresql.org/docs/current/xfunc-volatility.html
struct ServerCalls {
  let connection: PostgreSQLMigrationConnection

  init(_ connection: PostgreSQLMigrationConnection) { self.connection = connection }

  /// - Throws: `refused_statement` if the statement would evaluate such a call.
  func refuse(in statement: ScannedStatement) throws(MetaxyError) {
    let calls = FunctionCall.all(in: Self.evaluated(statement.tokens))
    guard !calls.isEmpty else { return }
    let names = Set(calls.map(\.name)).sorted().map { SQLText.literal($0) }.joined(separator: ", ")
    let found = try connection.query(
      "SELECT p.proname FROM pg_catalog.pg_proc AS p WHERE p.proname IN (\(names)) AND \(Self.hasEffect) LIMIT 1", [])
    if let name = found.first?.first?.text { throw .callRefused(name) }
  }

  /// - Throws: `refused_statement` if an operator or cast that the statement may have created calls such a function.
  func refuseBehindObjects(of statement: ScannedStatement) throws(MetaxyError) {
    guard let kind = statement.tokens.dropFirst().first, kind.isWord(in: "OPERATOR", "CAST") else { return }
    let found = try connection.query(
      """
      SELECT p.proname FROM pg_catalog.pg_proc AS p WHERE \(Self.hasEffect) AND (
        EXISTS (SELECT FROM pg_catalog.pg_operator AS o WHERE o.oid >= 16384 AND o.oprcode = p.oid
          AND \(Self.isOutsideExtensions("o.oid", "pg_operator")))
        OR EXISTS (SELECT FROM pg_catalog.pg_cast AS c WHERE c.oid >= 16384 AND c.castfunc = p.oid
          AND \(Self.isOutsideExtensions("c.oid", "pg_cast"))))
      LIMIT 1
      """, [])
    if let name = found.first?.first?.text { throw .callRefused(name) }
  }

  /// The part of a statement that is evaluated while it runs, or later by such a part.
  private static func evaluated(_ tokens: [SQLToken]) -> ArraySlice<SQLToken> {
    if tokens.dropFirst().first?.isWord("DOMAIN") == true { return tokens[...] }
    let bounds = zip(tokens.indices, zip(tokens, tokens.dropFirst())).first {
      $0.1.0.isWord("FOR") && $0.1.1.isWord("VALUES")
    }
    return bounds.map { tokens[($0.0 + 2)...] } ?? []
  }

  private static let hasEffect =
    "p.provolatile = 'v' AND (p.oid < 16384 OR NOT (\(isOutsideExtensions("p.oid", "pg_proc"))))"

  private static func isOutsideExtensions(_ id: String, _ catalog: String) -> String {
    """
    NOT EXISTS (SELECT FROM pg_catalog.pg_depend AS x
      WHERE x.classid = 'pg_catalog.\(catalog)'::regclass AND x.objid = \(id) AND x.deptype = 'e')
    """
  }
}

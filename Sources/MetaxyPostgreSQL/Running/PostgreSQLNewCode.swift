internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL

/// The functions, triggers and rules that the current transaction made: code that runs later, in any program.
///
/// The locks of the transaction do not show what such code will change, so its text is read. Names that it puts together
/// while it runs are not found.
struct PostgreSQLNewCode {
  private let connection: PostgreSQLMigrationConnection

  init(_ connection: PostgreSQLMigrationConnection) { self.connection = connection }

  /// A condition: the current transaction wrote this row of a catalog, or a subtransaction of it did. Rows of other
  /// transactions are only seen once these are committed.
  /// https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-PG-SNAPSHOT
  static func isOwn(_ alias: String) -> String {
    """
    CASE WHEN pg_catalog.age(\(alias).xmin) <= 0 THEN pg_catalog.pg_xact_status(
      ((pg_catalog.txid_current() >> 32 << 32) + \(alias).xmin::text::bigint)::text::xid8) = 'in progress'
      ELSE false END
    """
  }

  /// - Throws: `table_refused` for code that changes a table that `policy` refuses.
  func require(_ policy: AccessPolicy) throws(MetaxyError) {
    for text in try connection.catalogQuery(Self.texts).compactMap({ $0[0].text }) {
      for table in changedTables(text) {
        guard let reason = policy.refusal(table) else { continue }
        throw .tableRefused(table, verb: "let a function, trigger or rule change", reason: reason)
      }
    }
  }

  private static let texts = """
    SELECT CASE WHEN p.prosrc <> '' THEN p.prosrc ELSE pg_catalog.pg_get_functiondef(p.oid) END
    FROM pg_catalog.pg_proc AS p WHERE p.prokind IN ('f', 'p') AND p.oid >= 16384 AND (
      \(isOwn("p"))
      OR EXISTS (SELECT FROM pg_catalog.pg_trigger AS t WHERE t.tgfoid = p.oid AND NOT t.tgisinternal AND \(isOwn("t")))
      OR EXISTS (SELECT FROM pg_catalog.pg_event_trigger AS e WHERE e.evtfoid = p.oid AND \(isOwn("e"))))
    UNION ALL SELECT pg_catalog.pg_get_ruledef(r.oid) FROM pg_catalog.pg_rewrite AS r
    WHERE r.rulename <> '_RETURN' AND \(isOwn("r"))
    """

  /// The tables that statements in a text change, also in strings, which EXECUTE may run.
  private func changedTables(_ text: String) -> [TableName] {
    // Text that is not SQL, such as that of another language, has no statements.
    guard let tokens = try? SQLTokenizer.tokens(of: text, lexicon: .postgresql) else { return [] }
    var tables: [TableName] = []
    var words = TokenReader(tokens, foldsNames: true)
    while let next = words.tokens.first {
      if next.kind == .string, next.value.utf8.count < text.utf8.count { tables += changedTables(next.value) }
      words.skipToken()
      var target = words
      guard target.skipsVerb(after: next), let name = target.qualifiedName() else { continue }
      tables.append(name.schema == connection.defaultSchema ? TableName(name.name) : name)
    }
    return tables
  }
}

extension TokenReader {
  /// Skips the words between the verb of a change and the name of its table.
  fileprivate mutating func skipsVerb(after word: SQLToken) -> Bool {
    if word.isWord("INSERT") || word.isWord("MERGE") {
      guard skip("INTO") else { return false }
    } else if word.isWord("DELETE") {
      guard skip("FROM") else { return false }
    } else if word.isWord("DROP") || word.isWord("ALTER") {
      guard skip("TABLE") else { return false }
      _ = skip("IF", "EXISTS")
    } else if word.isWord("TRUNCATE") {
      _ = skip("TABLE")
    } else if !word.isWord("UPDATE") {
      return false
    }
    _ = skip("ONLY")
    return true
  }
}

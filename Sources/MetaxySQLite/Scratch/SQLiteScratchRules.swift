internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL

/// The list of statements that a scratch database of SQLite runs, and those that it leaves out.
///
/// https://sqlite.org/lang.html
struct SQLiteScratchRules {
  let statement: ScannedStatement

  private var tokens: [SQLToken] { statement.tokens }

  var decision: ScratchDecision {
    guard let first = tokens.first else { return .skip(kind: ";") }
    let verb = first.kind == .word ? first.text.uppercased() : String(first.text)
    switch verb {
    case "CREATE", "ALTER", "DROP": return definition(verb)
    case "PRAGMA": return pragma
    case "BEGIN": return .beginTransaction
    case "COMMIT", "END": return .endTransaction
    case "INSERT", "REPLACE", "UPDATE", "DELETE": return .skipUnmanaged(kind: verb)
    case "WITH": return commonTableExpression
    case "ANALYZE", "REINDEX": return .skip(kind: verb)
    case "VACUUM": return vacuum
    case "SELECT": return select
    default: return .refuse(kind: verb, reason: Self.reasons[verb] ?? ScratchDecision.unknownReason)
    }
  }

  private static let reasons: [String: String] = [
    "ATTACH": "it opens another file", "DETACH": "it concerns another file",
    "ROLLBACK": ScratchDecision.undoReason, "SAVEPOINT": ScratchDecision.undoReason,
    "RELEASE": ScratchDecision.undoReason, "EXPLAIN": ScratchDecision.queryReason,
    "VALUES": ScratchDecision.unknownReason, ".": "it is a command of the `sqlite3` shell, not SQL",
  ]

  private func definition(_ verb: String) -> ScratchDecision {
    var words = TokenReader(tokens.dropFirst())
    _ = words.skip("UNIQUE")
    guard let object = words.tokens.first, object.kind == .word else {
      return .refuse(kind: verb, reason: ScratchDecision.unknownReason)
    }
    let kind = object.text.uppercased()
    let label = "\(verb) \(kind)\(kind == "VIRTUAL" ? " TABLE" : "")"
    words.skipToken()
    switch kind {
    case "TABLE", "INDEX":
      if namesTemporarySchema(words) { return .refuse(kind: label, reason: ScratchDecision.temporaryReason) }
      return internalTable(words).map { .skip(kind: "\(label) \($0)") } ?? .run(statement.sql)
    case "VIEW", "TRIGGER": return .runUnmanaged(statement.sql, kind: label)
    case "VIRTUAL" where verb == "CREATE": return virtualTable(words, label)
    case "TEMP", "TEMPORARY": return .refuse(kind: label, reason: ScratchDecision.temporaryReason)
    default: return .refuse(kind: label, reason: ScratchDecision.unknownReason)
    }
  }

  private func namesTemporarySchema(_ rest: TokenReader) -> Bool {
    var words = rest
    _ = words.skip("IF", "NOT", "EXISTS") || words.skip("IF", "EXISTS")
    return words.qualifiedName()?.schema?.folded == "temp"
  }

  /// The name, if it is that of a table of SQLite's own, which `.schema` lists.
  /// https://sqlite.org/fileformat2.html#internal_schema_objects
  private func internalTable(_ rest: TokenReader) -> String? {
    var words = rest
    _ = words.skip("IF", "NOT", "EXISTS")
    return words.qualifiedName().flatMap { $0.name.folded.hasPrefix("sqlite_") ? $0.name : nil }
  }

  /// A table of a module that is part of SQLite runs, because its shadow tables must be recognised. Any other module may
  /// be missing here, and may read files.
  private func virtualTable(_ rest: TokenReader, _ label: String) -> ScratchDecision {
    var words = rest
    _ = words.skip("TABLE")
    _ = words.skip("IF", "NOT", "EXISTS")
    guard words.qualifiedName() != nil, words.skip("USING"), let module = words.name() else {
      return .refuse(kind: label, reason: ScratchDecision.unknownReason)
    }
    return Self.modules.contains(module.folded)
      ? .runUnmanaged(statement.sql, kind: label) : .skipUnmanaged(kind: label)
  }

  private static let modules: Set<String> = ["fts3", "fts4", "fts5", "rtree", "rtree_i32", "geopoly"]

  private var commonTableExpression: ScratchDecision {
    var words = TokenReader(tokens)
    words.skipCommonTableExpressions()
    guard let verb = words.tokens.first, verb.isWord(in: "INSERT", "REPLACE", "UPDATE", "DELETE") else {
      return .refuse(kind: "WITH", reason: ScratchDecision.queryReason)
    }
    return .skipUnmanaged(kind: verb.text.uppercased())
  }

  private var vacuum: ScratchDecision {
    guard tokens.contains(where: { $0.isWord("INTO") }) else { return .skip(kind: "VACUUM") }
    return .refuse(kind: "VACUUM INTO", reason: "it writes a file")
  }

  /// A query without calls defines nothing; one with calls may have been written for what they do.
  private var select: ScratchDecision {
    guard tokens.contains(where: { $0.isSymbol("(") }) else { return .skip(kind: "SELECT") }
    return .refuse(kind: "SELECT", reason: ScratchDecision.queryReason)
  }

  /// Settings of a connection or of a file do not concern definitions; those that open other files, act on the whole
  /// process or change what statements mean are refused.
  private var pragma: ScratchDecision {
    var words = TokenReader(tokens.dropFirst())
    let name = words.qualifiedName()?.name.folded ?? ""
    guard Self.pragmas.contains(name) else {
      return .refuse(kind: "PRAGMA \(name)", reason: ScratchDecision.unknownReason)
    }
    return .skip(kind: "PRAGMA")
  }

  /// https://sqlite.org/pragma.html
  private static let pragmas: Set<String> = [
    "analysis_limit", "application_id", "auto_vacuum", "automatic_index", "busy_timeout", "cache_size", "cache_spill",
    "case_sensitive_like", "checkpoint_fullfsync", "collation_list", "compile_options", "count_changes",
    "database_list", "defer_foreign_keys", "encoding", "foreign_key_check", "foreign_key_list", "foreign_keys",
    "freelist_count", "fullfsync", "function_list", "ignore_check_constraints", "incremental_vacuum", "index_info",
    "index_list", "index_xinfo", "integrity_check", "journal_mode", "journal_size_limit", "legacy_file_format",
    "locking_mode", "max_page_count", "mmap_size", "module_list", "optimize", "page_count", "page_size", "pragma_list",
    "query_only", "quick_check", "read_uncommitted", "recursive_triggers", "reverse_unordered_selects",
    "secure_delete", "synchronous", "table_info", "table_list", "table_xinfo", "temp_store", "threads", "user_version",
    "wal_autocheckpoint", "wal_checkpoint",
  ]
}

internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL

/// The list of statements that a scratch database of PostgreSQL runs, and those that it leaves out.
///
/// https://www.postgresql.org/docs/current/sql-commands.html
struct PostgreSQLScratchRules {
  let statement: ScannedStatement

  private var tokens: [SQLToken] { statement.tokens }

  var decision: ScratchDecision {
    guard let first = tokens.first else { return .skip(kind: ";") }
    if first.isSymbol("\\") { return psqlCommand }
    let verb = first.kind == .word ? first.text.uppercased() : String(first.text)
    switch verb {
    case "CREATE", "ALTER", "DROP": return PostgreSQLObjectRules(verb: verb, statement: statement).decision
    case "COMMENT": return comment
    case "SET", "RESET": return PostgreSQLSettingRules(statement: statement).decision
    case "SELECT": return PostgreSQLSettingRules(statement: statement).selectDecision ?? select
    case "BEGIN", "START", "COMMIT", "END": return transaction(verb)
    case "INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE", "GRANT", "REVOKE": return .skipUnmanaged(kind: verb)
    case "WITH": return commonTableExpression
    case "SECURITY": return .skipUnmanaged(kind: "SECURITY LABEL")
    case "DISCARD": return .restoreSettings
    default:
      if Self.skippedVerbs.contains(verb) { return .skip(kind: verb) }
      return .refuse(kind: kind(verb), reason: Self.reasons[verb] ?? ScratchDecision.unknownReason)
    }
  }

  /// Statements that a database executes, but that define nothing.
  private static let skippedVerbs: Set<String> = [
    "ANALYZE", "ANALYSE", "CHECKPOINT", "CLUSTER", "LISTEN", "LOCK", "NOTIFY", "REFRESH", "REINDEX", "SHOW", "UNLISTEN",
    "VACUUM",
  ]

  private static let reasons: [String: String] = [
    "DO": ScratchDecision.codeReason,
    "CALL": ScratchDecision.codeReason,
    "EXECUTE": ScratchDecision.codeReason,
    "PREPARE": ScratchDecision.codeReason,
    "EXPLAIN": ScratchDecision.queryReason,
    "LOAD": "it loads a library into the server",
    "COPY": "it reads or writes rows, files or programs of the server",
    "IMPORT": "it connects to another server",
    "REASSIGN": ScratchDecision.serverReason,
    "ROLLBACK": ScratchDecision.undoReason,
    "ABORT": ScratchDecision.undoReason,
    "SAVEPOINT": ScratchDecision.undoReason,
    "RELEASE": ScratchDecision.undoReason,
  ]

  /// The verb with the word after it where that is a keyword that belongs to it: `REASSIGN OWNED`.
  private func kind(_ verb: String) -> String {
    guard tokens.count > 1, ["OWNED", "FOREIGN", "TRANSACTION", "PREPARED"].contains(where: tokens[1].isWord) else {
      return verb
    }
    return "\(verb) \(tokens[1].text.uppercased())"
  }

  /// pg_dump writes `\restrict` and `\unrestrict`, which only restrict the commands of psql between them.
  private var psqlCommand: ScratchDecision {
    let name = tokens.dropFirst().first.map { "\\\($0.text)" } ?? "\\"
    if ["\\restrict", "\\unrestrict"].contains(name) { return .skip(kind: name) }
    return .refuse(kind: name, reason: "it is a command of psql, not SQL")
  }

  private func transaction(_ verb: String) -> ScratchDecision {
    guard tokens.contains(where: { $0.isWord("PREPARED") }) else {
      return verb == "COMMIT" || verb == "END" ? .endTransaction : .beginTransaction
    }
    return .refuse(kind: "\(verb) PREPARED", reason: ScratchDecision.serverReason)
  }

  private var commonTableExpression: ScratchDecision {
    var words = TokenReader(tokens)
    words.skipCommonTableExpressions()
    guard let verb = words.tokens.first, verb.isWord(in: "INSERT", "UPDATE", "DELETE", "MERGE") else {
      return .refuse(kind: "WITH", reason: ScratchDecision.queryReason)
    }
    return .skipUnmanaged(kind: verb.text.uppercased())
  }

  /// A query without calls defines nothing; one with calls may have been written for what they do.
  private var select: ScratchDecision {
    if tokens.contains(where: { $0.isWord("INTO") }) {
      return .refuse(kind: "SELECT INTO", reason: "write it as `CREATE TABLE … AS`")
    }
    guard let call = FunctionCall.all(in: tokens[...]).first else { return .skip(kind: "SELECT") }
    return .refuse(kind: "SELECT \(call.name)", reason: ScratchDecision.queryReason)
  }

  private var comment: ScratchDecision {
    let managed = ["TABLE", "COLUMN", "INDEX", "CONSTRAINT", "TYPE", "SEQUENCE", "POLICY"]
    guard tokens.count > 2, tokens[1].isWord("ON") else { return .run(statement.sql) }
    if managed.contains(where: tokens[2].isWord) { return .run(statement.sql) }
    let kind = "COMMENT ON \(tokens[2].text.uppercased())"
    let isPublic = tokens[2].isWord("SCHEMA") && tokens.count > 3 && tokens[3].value.folded == "public"
    return isPublic || tokens[2].isWord("EXTENSION") ? .skip(kind: kind) : .skipUnmanaged(kind: kind)
  }
}

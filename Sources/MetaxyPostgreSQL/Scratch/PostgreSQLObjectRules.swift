internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL

/// What a scratch database does with `CREATE`, `ALTER` and `DROP`, by the kind of object.
struct PostgreSQLObjectRules {
  let verb: String
  let statement: ScannedStatement

  private var tokens: [SQLToken] { statement.tokens }

  /// How the statements about a kind of object are treated.
  private enum Treatment {
    /// They run: tables, and what is managed with them.
    case managed
    /// They run, because the definitions of tables may refer to such objects.
    case unmanaged
    /// They run with a body that does nothing.
    case routine
    /// They are left out: no table depends on such objects.
    case leftOut
    /// They are refused.
    case refused(String)
  }

  private static let treatments: [String: Treatment] = {
    var treatments: [String: Treatment] = [:]
    func add(_ treatment: Treatment, _ kinds: String...) { for kind in kinds { treatments[kind] = treatment } }
    add(.managed, "TABLE", "INDEX", "SEQUENCE", "TYPE", "SCHEMA", "POLICY")
    add(
      .unmanaged, "VIEW", "TRIGGER", "RULE", "DOMAIN", "COLLATION", "EXTENSION", "OPERATOR", "CAST",
      "STATISTICS", "TEXT SEARCH", "SERVER", "FOREIGN TABLE", "FOREIGN DATA")
    add(.routine, "FUNCTION", "PROCEDURE", "ROUTINE", "AGGREGATE")
    add(
      .leftOut, "EVENT TRIGGER", "PUBLICATION", "SUBSCRIPTION", "USER MAPPING", "CONVERSION", "DEFAULT CONVERSION",
      "TRANSFORM", "LANGUAGE", "DEFAULT PRIVILEGES", "LARGE OBJECT")
    add(.refused(ScratchDecision.serverReason), "DATABASE", "ROLE", "USER", "GROUP", "TABLESPACE", "SYSTEM", "OWNED")
    add(.refused(ScratchDecision.temporaryReason), "TEMPORARY", "TEMP", "GLOBAL", "LOCAL")
    return treatments
  }()

  /// Words before the kind of object that do not belong to it.
  private static let modifiers: Set<String> = [
    "OR", "REPLACE", "UNIQUE", "UNLOGGED", "MATERIALIZED", "RECURSIVE", "CONSTRAINT", "TRUSTED", "PROCEDURAL",
  ]

  /// The kind of object in upper case, and the number of tokens up to its end.
  private var object: (kind: String, end: Int) {
    var index = 1
    while index < tokens.count, Self.modifiers.contains(tokens[index].text.uppercased()) { index += 1 }
    let words = tokens.dropFirst(index).prefix(2).map { $0.kind == .word ? $0.text.uppercased() : "" }
    let long = words.joined(separator: " ")
    if Self.treatments[long] != nil { return (long, index + 2) }
    return (words.first ?? "", index + 1)
  }

  var decision: ScratchDecision {
    let (kind, end) = object
    let label = kind.isEmpty ? verb : "\(verb) \(kind == "FOREIGN DATA" ? "FOREIGN DATA WRAPPER" : kind)"
    guard let treatment = Self.treatments[kind] else {
      return .refuse(kind: label, reason: ScratchDecision.unknownReason)
    }
    if case .refused(let reason) = treatment { return .refuse(kind: label, reason: reason) }
    if verb == "ALTER", isOnlyOwner { return .skip(kind: "OWNER TO") }
    switch treatment {
    case .managed: return managed(kind, after: end, label)
    case .unmanaged: return unmanaged(kind, after: end, label)
    case .routine: return routine(kind, after: end, label)
    case .leftOut, .refused: return .skipUnmanaged(kind: label)
    }
  }

  /// Whether the statement only changes the owner of an object, which is a role that a scratch server need not have.
  private var isOnlyOwner: Bool {
    let end = tokens.suffix(3)
    return end.first?.isWord("OWNER") == true && end.dropFirst().first?.isWord("TO") == true
      && !tokens.contains { $0.isSymbol(",") && $0.position.isAfter(lastParenthesis) }
  }

  /// The position of the last `)`, before which commas separate arguments of a function and not actions.
  private var lastParenthesis: SQLPosition? { tokens.last { $0.isSymbol(")") }?.position }

  private func managed(_ kind: String, after end: Int, _ label: String) -> ScratchDecision {
    if namesTemporarySchema(after: end) { return .refuse(kind: label, reason: ScratchDecision.temporaryReason) }
    switch (verb, kind) {
    case ("CREATE", "TABLE"):
      guard let start = ScratchQuery.start(in: tokens) else { return .run(statement.sql) }
      if tokens[start...].first?.isWord("EXECUTE") == true {
        return .refuse(kind: "\(label) AS EXECUTE", reason: ScratchDecision.codeReason)
      }
      return .run(ScratchQuery.withoutData(statement))
    case ("CREATE", "TYPE"):
      let isEnum = zip(tokens, tokens.dropFirst()).contains { $0.isWord("AS") && $1.isWord("ENUM") }
      return isEnum ? .run(statement.sql) : .runUnmanaged(statement.sql, kind: label)
    case ("CREATE", "SCHEMA"): return schema(after: end)
    case (_, "INDEX"): return .run(withoutConcurrently)
    default: return .run(statement.sql)
    }
  }

  private func unmanaged(_ kind: String, after end: Int, _ label: String) -> ScratchDecision {
    switch (verb, kind) {
    case ("CREATE", "VIEW"):
      if tokens.prefix(end).contains(where: { $0.isWord("MATERIALIZED") }) {
        return .runUnmanaged(ScratchQuery.withoutData(statement), kind: label)
      }
    case ("CREATE", "EXTENSION"):
      // A dedicated scratch database has the extensions that only an administrator can create.
      if !tokens.dropFirst(end).starts(with: ["IF", "NOT", "EXISTS"], by: { $0.isWord($1) }) {
        return .runUnmanaged(statement.text(replacing: [(end..<end, "IF NOT EXISTS ")]), kind: label)
      }
    case ("ALTER", "EXTENSION"):
      // A member of an extension is not a table of the project.
      if tokens.contains(where: { $0.isWord(in: "ADD", "DROP") }) {
        return .refuse(kind: label, reason: ScratchDecision.unknownReason)
      }
      return .skipUnmanaged(kind: label)
    default: break
    }
    return .runUnmanaged(statement.sql, kind: label)
  }

  private func routine(_ kind: String, after end: Int, _ label: String) -> ScratchDecision {
    switch verb {
    case "CREATE" where kind != "AGGREGATE":
      guard let stub = RoutineStub(statement) else {
        return .refuse(kind: label, reason: "its body is in a library of the server: make it part of an extension")
      }
      return .runUnmanaged(stub.sql, kind: label)
    case "ALTER":
      // A function that the engine may evaluate early, or whose name changes, is one that a definition can depend on;
      // its other properties matter only when it runs.
      let isRenamed =
        tokens.suffix(3).starts(with: ["RENAME", "TO"], by: { $0.isWord($1) })
        || tokens.suffix(3).starts(with: ["SET", "SCHEMA"], by: { $0.isWord($1) })
      return isRenamed ? .runUnmanaged(statement.sql, kind: label) : .skipUnmanaged(kind: label)
    default: return .runUnmanaged(statement.sql, kind: label)
    }
  }

  /// `public` exists in every database, and the role after `AUTHORIZATION` need not exist on a scratch server.
  private func schema(after end: Int) -> ScratchDecision {
    var start = end
    if tokens.dropFirst(end).starts(with: ["IF", "NOT", "EXISTS"], by: { $0.isWord($1) }) { start += 3 }
    guard start < tokens.count else { return .run(statement.sql) }
    if tokens[start].isWord("AUTHORIZATION"), start + 1 < tokens.count,
      !tokens[start + 1].isWord(in: "CURRENT_USER", "SESSION_USER", "CURRENT_ROLE")
    {
      return .run(statement.text(removing: [start..<(start + 1)]))
    }
    let rest = tokens.dropFirst(start + 1)
    // Not left out: the file may have dropped it.
    if rest.isEmpty, start == end, tokens[start].name(foldsNames: true) == "public" {
      return .run(statement.text(replacing: [(end..<end, "IF NOT EXISTS ")]))
    }
    guard rest.first?.isWord("AUTHORIZATION") == true, rest.count >= 2 else { return .run(statement.sql) }
    return .run(statement.text(removing: [(start + 1)..<(start + 3)]))
  }

  private func namesTemporarySchema(after end: Int) -> Bool {
    tokens.dropFirst(end).prefix(5).contains { $0.name(foldsNames: true).hasPrefix("pg_temp") }
  }

  /// An index is the same whether it was built beside other sessions or not.
  private var withoutConcurrently: String {
    guard let index = tokens.prefix(4).firstIndex(where: { $0.isWord("CONCURRENTLY") }) else { return statement.sql }
    return statement.text(removing: [index..<(index + 1)])
  }
}

extension SQLPosition {
  fileprivate func isAfter(_ other: SQLPosition?) -> Bool {
    guard let other else { return true }
    return (line, column) > (other.line, other.column)
  }
}

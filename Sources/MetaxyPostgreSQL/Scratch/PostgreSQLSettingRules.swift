internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL

/// What a scratch database does with settings: those that decide where and how an object is defined, and what its
/// literals mean, are made; all others are left out.
struct PostgreSQLSettingRules {
  let statement: ScannedStatement

  private static let definingSettings: Set<String> = [
    "search_path", "default_tablespace", "default_table_access_method", "check_function_bodies",
  ]

  /// The settings that decide what a literal or an expression means, with their values outside the files; nil for the
  /// server's. https://www.postgresql.org/docs/current/runtime-config-client.html#RUNTIME-CONFIG-CLIENT-FORMAT
  private static let meanings: [String: String?] = [
    "datestyle": "'ISO, MDY'", "intervalstyle": "'postgres'", "timezone": "'UTC'", "transform_null_equals": "off",
    "timezone_abbreviations": nil, "lc_monetary": nil, "xmloption": nil, "array_nulls": nil,
  ]

  /// Returns the statement that gives a setting of a literal's meaning the value that it has outside the files.
  private static func reset(_ name: String, to value: String?) -> ScratchDecision {
    .run(value.map { "SET \(name) TO \($0)" } ?? "RESET \(name)")
  }

  private static func isMade(_ name: String) -> Bool {
    definingSettings.contains(name) || meanings.keys.contains(name)
  }

  /// Reads the name of a setting, which `SCHEMA`, `TIME ZONE` and `XML OPTION` spell with other words.
  private static func name(_ words: inout TokenReader) -> String {
    if words.skip("SCHEMA") { return "search_path" }
    if words.skip("TIME", "ZONE") { return "timezone" }
    if words.skip("XML", "OPTION") { return "xmloption" }
    return words.name()?.folded ?? ""
  }

  /// The decision on `SET` and `RESET`.
  var decision: ScratchDecision {
    var words = TokenReader(statement.tokens, foldsNames: true)
    if words.skip("RESET") {
      let name = Self.name(&words)
      if let value = Self.meanings[name] { return Self.reset(name, to: value) }
      return name == "all" || Self.definingSettings.contains(name) ? .restoreSettings : .skip(kind: "RESET")
    }
    _ = words.skip("SET")
    if words.skip("SESSION", "AUTHORIZATION") { return .skip(kind: "SET SESSION AUTHORIZATION") }
    let isLocal = words.skip("LOCAL")
    _ = words.skip("SESSION")
    let name = Self.name(&words)
    _ = words.skip("TO") || words.skip(symbol: "=")
    let value = words.tokens.first
    if name == "standard_conforming_strings", value.map({ !["on", "true", "1"].contains($0.value.folded) }) ?? true {
      return .refuse(kind: "SET \(name)", reason: "with it, every string after it has another meaning")
    }
    guard Self.isMade(name) else { return .skip(kind: "SET") }
    if statement.tokens.contains(where: Self.namesTemporarySchema) {
      return .refuse(kind: "SET \(name)", reason: ScratchDecision.temporaryReason)
    }
    if isLocal { return .runLocally(statement.text(removing: [1..<2]), setting: name) }
    guard value?.isWord(in: "DEFAULT", "LOCAL") == true else { return .run(statement.sql) }
    return Self.meanings[name].map { Self.reset(name, to: $0) } ?? .restoreSettings
  }

  /// The decision on `SELECT set_config('name', 'value', false)`; nil for any other query.
  var selectDecision: ScratchDecision? {
    var words = TokenReader(statement.tokens, foldsNames: true)
    guard words.skip("SELECT") else { return nil }
    if words.skip("pg_catalog") { _ = words.skip(symbol: ".") }
    guard words.skip("set_config"), words.skip(symbol: "("), let name = string(&words), words.skip(symbol: ","),
      string(&words) != nil, words.skip(symbol: ",")
    else { return nil }
    let isLocal = words.skip("TRUE")
    guard isLocal || words.skip("FALSE"), words.skip(symbol: ")"), words.tokens.isEmpty else { return nil }
    guard Self.isMade(name.folded) else { return .skip(kind: "SET") }
    if statement.tokens.contains(where: Self.namesTemporarySchema) {
      return .refuse(kind: "SELECT set_config", reason: ScratchDecision.temporaryReason)
    }
    guard isLocal, let end = statement.tokens.lastIndex(where: { $0.isWord("TRUE") }) else {
      return .run(statement.sql)
    }
    return .runLocally(statement.text(replacing: [(end..<(end + 1), "false")]), setting: name.folded)
  }

  /// A search path that names this schema makes every new table a temporary one.
  private static func namesTemporarySchema(_ token: SQLToken) -> Bool { token.value.folded.contains("pg_temp") }

  private func string(_ words: inout TokenReader) -> String? {
    guard let token = words.tokens.first, token.kind == .string else { return nil }
    words.skipToken()
    return token.value
  }
}

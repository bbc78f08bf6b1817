internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL

/// What a scratch database does with settings: those that decide where and how an object is defined are made, all others
/// are left out.
struct PostgreSQLSettingRules {
  let statement: ScannedStatement

  private static let definingSettings: Set<String> = [
    "search_path", "default_tablespace", "default_table_access_method", "check_function_bodies",
  ]

  /// The decision on `SET` and `RESET`.
  var decision: ScratchDecision {
    var words = TokenReader(statement.tokens, foldsNames: true)
    if words.skip("RESET") {
      let name = words.name() ?? ""
      return name == "all" || Self.definingSettings.contains(name) ? .restoreSettings : .skip(kind: "RESET")
    }
    _ = words.skip("SET")
    if words.skip("SESSION", "AUTHORIZATION") { return .skip(kind: "SET SESSION AUTHORIZATION") }
    let isLocal = words.skip("LOCAL")
    _ = words.skip("SESSION")
    // `SET SCHEMA 'app'` is `SET search_path TO app`.
    let name = words.skip("SCHEMA") ? "search_path" : words.name() ?? ""
    _ = words.skip("TO") || words.skip(symbol: "=")
    let value = words.tokens.first
    if name == "standard_conforming_strings", value.map({ !["on", "true", "1"].contains($0.value.folded) }) ?? true {
      return .refuse(kind: "SET \(name)", reason: "with it, every string after it has another meaning")
    }
    guard Self.definingSettings.contains(name) else { return .skip(kind: "SET") }
    if statement.tokens.contains(where: Self.namesTemporarySchema) {
      return .refuse(kind: "SET \(name)", reason: ScratchDecision.temporaryReason)
    }
    if isLocal { return .runLocally(statement.text(removing: [1..<2]), setting: name) }
    return value?.isWord("DEFAULT") == true ? .restoreSettings : .run(statement.sql)
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
    guard Self.definingSettings.contains(name.folded) else { return .skip(kind: "SET") }
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

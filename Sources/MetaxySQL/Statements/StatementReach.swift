package import MetaxyNames

/// The tables and other named objects that a statement changes, read from its tokens, and the names that it mentions.
package struct StatementReach: Sendable, Hashable {
  /// The tables, views, types, sequences and schemas that it changes; nil if its text does not show them.
  package private(set) var changed: [TableName]?
  /// Every name in it, in lower case.
  package let mentioned: Set<String>
  /// The index that it creates.
  package private(set) var createdIndex: String?
  /// The indexes that it drops. Their tables are not part of the statement.
  package private(set) var droppedIndexes: [String] = []
  /// Whether it may run code whose effect no name in it shows.
  package let runsCode: Bool

  package init(_ tokens: [SQLToken], lexicon: Lexicon) {
    mentioned = Set(tokens.filter { $0.kind == .word || $0.kind == .quotedIdentifier }.map { $0.value.folded })
    runsCode =
      tokens.first?.isWord(in: "DO", "CALL", "EXECUTE", "SELECT", "VALUES") ?? false
      || tokens.contains { $0.kind == .string && $0.text.hasPrefix("$") }
    changed = nil
    changed = read(TokenReader(tokens, foldsNames: lexicon.foldsNames))
  }

  private mutating func read(_ words: TokenReader) -> [TableName]? {
    var words = words
    if words.skip("CREATE") { return created(&words) }
    if words.skip("ALTER") { return altered(&words) }
    if words.skip("DROP") { return dropped(&words) }
    if words.skip("COMMENT", "ON") { return commented(&words) }
    if words.skip("TRUNCATE") || words.skip("LOCK") {
      _ = words.skip("TABLE")
      return names(&words)
    }
    return changedRows(words)
  }

  private mutating func created(_ words: inout TokenReader) -> [TableName]? {
    while let next = words.tokens.first,
      next.isWord(in: "OR", "REPLACE", "TEMP", "TEMPORARY", "UNLOGGED", "UNIQUE", "MATERIALIZED", "RECURSIVE")
    {
      words.skipToken()
    }
    if words.skip("INDEX") {
      _ = words.skip("CONCURRENTLY")
      _ = words.skip("IF", "NOT", "EXISTS")
      if words.tokens.first?.isWord("ON") == false { createdIndex = words.qualifiedName()?.name.folded }
      guard words.skip("ON") else { return nil }
      _ = words.skip("ONLY")
      return words.qualifiedName().map { [$0] }
    }
    guard Self.skipKind(&words) else { return nil }
    _ = words.skip("IF", "NOT", "EXISTS")
    return words.qualifiedName().map { [$0] }
  }

  private func altered(_ words: inout TokenReader) -> [TableName]? {
    guard Self.skipKind(&words) else { return nil }
    _ = words.skip("IF", "EXISTS")
    _ = words.skip("ONLY")
    guard let name = words.qualifiedName() else { return nil }
    _ = words.skip(symbol: "*")
    if words.skip("RENAME", "TO") { return words.name().map { [name, TableName($0, schema: name.schema)] } }
    if words.skip("SET", "SCHEMA") { return words.name().map { [name, TableName(name.name, schema: $0)] } }
    if words.skip("ATTACH", "PARTITION") || words.skip("DETACH", "PARTITION") || words.skip("INHERIT")
      || words.skip("NO", "INHERIT")
    {
      return words.qualifiedName().map { [name, $0] }
    }
    return [name]
  }

  private mutating func dropped(_ words: inout TokenReader) -> [TableName]? {
    if words.skip("INDEX") {
      _ = words.skip("CONCURRENTLY")
      _ = words.skip("IF", "EXISTS")
      droppedIndexes = (names(&words) ?? []).map { $0.name.folded }
      return nil
    }
    _ = words.skip("MATERIALIZED")
    guard Self.skipKind(&words) else { return nil }
    _ = words.skip("IF", "EXISTS")
    return names(&words)
  }

  private func commented(_ words: inout TokenReader) -> [TableName]? {
    if words.skip("COLUMN") {
      var parts: [String] = []
      repeat { if let part = words.name() { parts.append(part) } } while words.skip(symbol: ".")
      guard parts.count > 1 else { return nil }
      return [TableName(parts[parts.count - 2], schema: parts.count > 2 ? parts[parts.count - 3] : nil)]
    }
    guard Self.skipKind(&words) else { return nil }
    return words.qualifiedName().map { [$0] }
  }

  private func changedRows(_ words: TokenReader) -> [TableName]? {
    var words = words
    let whole = words
    words.skipCommonTableExpressions()
    let before = whole.tokens.prefix(whole.tokens.count - words.tokens.count)
    guard !before.contains(where: { $0.isWord(in: "INSERT", "UPDATE", "DELETE", "MERGE") }) else { return nil }
    if words.skip("INSERT") || words.skip("REPLACE") {
      if words.skip("OR") { _ = words.name() }
      guard words.skip("INTO") else { return nil }
    } else if words.skip("UPDATE") {
      if words.skip("OR") { _ = words.name() }
    } else {
      guard words.skip("DELETE", "FROM") || words.skip("MERGE", "INTO") else { return nil }
    }
    _ = words.skip("ONLY")
    return words.qualifiedName().map { [$0] }
  }

  /// Reads `a, ONLY b, c *`; nil if more than these goes, by `CASCADE`.
  private func names(_ words: inout TokenReader) -> [TableName]? {
    var names: [TableName] = []
    repeat {
      _ = words.skip("ONLY")
      guard let name = words.qualifiedName() else { return nil }
      names.append(name)
      _ = words.skip(symbol: "*")
    } while words.skip(symbol: ",")
    return words.hasWordAtTopLevel("CASCADE") ? nil : names
  }

  private static func skipKind(_ words: inout TokenReader) -> Bool {
    guard let kind = words.tokens.first, kind.isWord(in: "TABLE", "VIEW", "SEQUENCE", "TYPE", "SCHEMA", "DOMAIN")
    else { return words.skip("VIRTUAL", "TABLE") || words.skip("MATERIALIZED", "VIEW") }
    words.skipToken()
    return true
  }
}

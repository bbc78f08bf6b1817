package import MetaxyNames

extension ScannedStatement {
  /// The kind of statement, as the words that it starts with: `CREATE TABLE`, `COMMENT ON TABLE`, `INSERT`.
  ///
  /// Words between `CREATE` and the kind of object are left out, except `TEMPORARY` and `VIRTUAL`, which make it a
  /// different kind.
  package var subject: String {
    var words = tokens[...].prefix { $0.kind == .word }.map { $0.text.uppercased() }[...]
    guard let verb = words.popFirst() else { return "" }
    if verb == "COMMENT" { return ([verb] + words.prefix(2)).joined(separator: " ") }
    guard ["CREATE", "ALTER", "DROP"].contains(verb) else { return verb }
    let plain: Set<String> = ["OR", "REPLACE", "UNIQUE", "UNLOGGED", "MATERIALIZED", "RECURSIVE", "CONSTRAINT"]
    words = words.drop(while: plain.contains)
    guard let kind = words.popFirst() else { return verb }
    switch kind {
    case "TEMP", "TEMPORARY": return "\(verb) TEMPORARY \(words.first ?? "")"
    case "VIRTUAL": return "\(verb) VIRTUAL \(words.first ?? "")"
    default: return "\(verb) \(kind)"
    }
  }

  /// The table that the statement creates permanently, with its schema if it names one; nil if it creates none.
  package func createdTable(_ lexicon: Lexicon) -> TableName? {
    guard subject == "CREATE TABLE", let start = tokens.firstIndex(where: { $0.isWord("TABLE") }) else { return nil }
    var words = TokenReader(tokens[(start + 1)...], foldsNames: lexicon.foldsNames)
    _ = words.skip("IF", "NOT", "EXISTS")
    return words.qualifiedName()
  }
}

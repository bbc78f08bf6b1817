internal import MetaxyNames
internal import MetaxySQL

/// Reads one action of `ALTER TABLE`.
struct TableChangeReader {
  private var words: TokenReader
  private let table: TableName

  init(_ words: TokenReader, table: TableName) {
    self.words = words
    self.table = table
  }

  func change() -> TableChange {
    var reader = self
    return reader.read()
  }

  private mutating func read() -> TableChange {
    if words.skip("ADD") { return added() }
    if words.skip("DROP") { return dropped() }
    if words.skip("ALTER") { return altered() }
    if words.skip("RENAME") { return renamed() }
    if words.skip("VALIDATE", "CONSTRAINT") { return words.name().map { .validate($0) } ?? .other }
    if words.skip("SET", "SCHEMA") {
      return words.name().map { .renameTable(to: TableName(table.name, schema: $0)) } ?? .other
    }
    if words.skip("DETACH", "PARTITION") {
      _ = words.qualifiedName()
      return .detachPartition(isConcurrent: words.skip("CONCURRENTLY"))
    }
    for rewriting in ["TABLESPACE", "LOGGED", "UNLOGGED"] where words.skip("SET", rewriting) {
      return .rewrite("SET \(rewriting)")
    }
    if words.skip("SET", "ACCESS", "METHOD") { return .rewrite("SET ACCESS METHOD") }
    return .other
  }

  private mutating func added() -> TableChange {
    if let constraint = DefinitionReader(words).tableConstraint() { return .addConstraint(constraint) }
    _ = words.skip("COLUMN")
    _ = words.skip("IF", "NOT", "EXISTS")
    return DefinitionReader(words).column().map { .addColumn($0) } ?? .other
  }

  private mutating func dropped() -> TableChange {
    let cascades = words.hasWordAtTopLevel("CASCADE")
    let isConstraint = words.skip("CONSTRAINT")
    if !isConstraint { _ = words.skip("COLUMN") }
    _ = words.skip("IF", "EXISTS")
    guard let name = words.name() else { return .other }
    return isConstraint ? .dropConstraint(name, cascades: cascades) : .dropColumn(name, cascades: cascades)
  }

  private mutating func altered() -> TableChange {
    if words.tokens.first?.isWord("CONSTRAINT") == true { return .other }
    _ = words.skip("COLUMN")
    guard let column = words.name() else { return .other }
    if words.skip("SET", "NOT", "NULL") { return .setNotNull(column) }
    if words.skip("DROP", "NOT", "NULL") { return .dropNotNull(column) }
    if words.skip("SET", "DEFAULT") { return .setDefault(column) }
    if words.skip("DROP", "DEFAULT") { return .dropDefault(column) }
    if words.skip("SET", "EXPRESSION") { return .rewrite("SET EXPRESSION") }
    guard words.skip("TYPE") || words.skip("SET", "DATA", "TYPE") else { return .other }
    var type: [SQLToken] = []
    while let next = words.tokens.first, !next.isWord(in: "USING", "COLLATE") {
      type.append(next)
      words.skipToken()
    }
    while let next = words.tokens.first, !next.isWord("USING") { words.skipToken() }
    let using = words.skip("USING") ? Array(words.tokens) : []
    return .changeType(column, to: WrittenType(type.sourceText, using: using))
  }

  private mutating func renamed() -> TableChange {
    if words.skip("CONSTRAINT") { return .other }
    if words.skip("TO") { return words.name().map { .renameTable(to: TableName($0, schema: table.schema)) } ?? .other }
    _ = words.skip("COLUMN")
    guard let old = words.name(), words.skip("TO"), let new = words.name() else { return .other }
    return .renameColumn(old, to: new)
  }
}

extension [SQLToken] {
  /// The text from the first token to the last.
  var sourceText: String {
    guard let first, let last else { return "" }
    return String(first.text.base[first.text.startIndex..<last.text.endIndex])
  }
}

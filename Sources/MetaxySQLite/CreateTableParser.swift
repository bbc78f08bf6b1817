internal import MetaxyErrors
internal import MetaxyScript

/// What the text of a `CREATE TABLE` says and SQLite's catalog does not: names of constraints, checks, collations,
/// generated expressions.
struct CreateTableText {
  struct Check {
    var name: String?
    var expression: String
    /// The column in whose definition it stands; nil in the table's.
    var column: String?
  }

  /// A constraint that the catalog knows by its columns.
  struct Named {
    var name: String?
    var columns: [String]
    var column: String?
  }

  var columns: [String] = []
  var checks: [Check] = []
  var primaryKey: Named?
  var uniques: [Named] = []
  /// In the order in which they are written; the catalog lists them backwards.
  var foreignKeys: [Named] = []
  /// By the folded names of their columns.
  var collations: [String: String] = [:]
  var generated: [String: String] = [:]
  var isStrict = false
  var isWithoutRowID = false
  var hasAutoincrement = false

  /// Reads the text as SQLite keeps it.
  init(_ sql: String) throws(MetaxyError) {
    let tokens = try SQLTokenizer.tokens(of: sql, lexicon: .sqlite)
    var parser = CreateTableParser(sql: sql, reader: TokenReader(tokens))
    parser.parse()
    self = parser.text
  }

  fileprivate init() {}
}

/// Walks through a `CREATE TABLE`, element by element. https://sqlite.org/lang_createtable.html
private struct CreateTableParser {
  let sql: String
  var reader: TokenReader
  var text = CreateTableText()

  init(sql: String, reader: TokenReader) {
    self.sql = sql
    self.reader = reader
  }

  mutating func parse() {
    while let next = reader.tokens.first, !next.isSymbol("(") { reader.skipAny() }
    let elements = TokenReader(reader.parenthesised())
    let options = reader.tokens
    reader = elements
    while !reader.tokens.isEmpty {
      parseElement()
      while let next = reader.tokens.first, !next.isSymbol(",") { reader.skipAny() }
      _ = reader.skip(symbol: ",")
    }
    text.isStrict = options.contains { $0.isWord("STRICT") }
    text.isWithoutRowID = options.contains { $0.isWord("ROWID") }
  }

  private mutating func parseElement() {
    if let first = reader.tokens.first,
      first.isWord(in: "CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN")
    {
      parseConstraints(of: nil)
    } else if let column = reader.name() {
      text.columns.append(column)
      parseConstraints(of: column)
    }
  }

  /// The constraints up to the next comma; of a column, its type stands before them.
  private mutating func parseConstraints(of column: String?) {
    var name: String?
    while let next = reader.tokens.first, !next.isSymbol(",") {
      if reader.skip("CONSTRAINT") {
        name = reader.name()
        continue
      }
      if parseConstraint(named: name, of: column) { name = nil } else { reader.skipAny() }
    }
  }

  /// Reads one constraint; false when none begins here.
  private mutating func parseConstraint(named name: String?, of column: String?) -> Bool {
    if reader.skip("CHECK") {
      let expression = SQLSource.text(of: reader.parenthesised())
      text.checks.append(.init(name: name, expression: expression, column: column))
    } else if reader.skip("PRIMARY", "KEY") {
      let columns = column.map { [$0] } ?? columnNames()
      while reader.skip("ASC") || reader.skip("DESC") {}
      text.primaryKey = .init(name: name, columns: columns, column: column)
    } else if reader.skip("AUTOINCREMENT") {
      text.hasAutoincrement = true
    } else if reader.skip("UNIQUE") {
      text.uniques.append(.init(name: name, columns: column.map { [$0] } ?? columnNames(), column: column))
    } else if reader.skip("FOREIGN", "KEY") {
      let columns = columnNames()
      if reader.skip("REFERENCES") { _ = reader.name() }
      text.foreignKeys.append(.init(name: name, columns: columns, column: nil))
    } else if reader.skip("NOT", "NULL") || reader.skip("NULL") {
      // A name before it is its own, and not that of what follows.
    } else if let column {
      return parseColumnConstraint(named: name, of: column)
    } else {
      return false
    }
    return true
  }

  private mutating func parseColumnConstraint(named name: String?, of column: String) -> Bool {
    if reader.skip("REFERENCES") {
      _ = reader.name()
      text.foreignKeys.append(.init(name: name, columns: [column], column: column))
    } else if reader.skip("SET", "DEFAULT") {
      // An action of a foreign key, and no default.
    } else if reader.skip("COLLATE") {
      text.collations[column.lowercased()] = reader.name()
    } else if reader.skip("GENERATED", "ALWAYS", "AS") || reader.skip("AS") {
      text.generated[column.lowercased()] = SQLSource.text(of: reader.parenthesised())
    } else if reader.skip("DEFAULT") {
      reader.skipAny()  // a default may be a word that begins a constraint elsewhere
    } else {
      return false
    }
    return true
  }

  /// `(a, b COLLATE NOCASE, c DESC)`, the names alone.
  private mutating func columnNames() -> [String] {
    var names: [String] = []
    var isAtStart = true
    for token in reader.parenthesised() {
      if isAtStart { names.append(token.value) }
      isAtStart = token.isSymbol(",")
    }
    return names
  }
}

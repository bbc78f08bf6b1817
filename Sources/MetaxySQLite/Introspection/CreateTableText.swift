internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxySQL
internal import MetaxySchema

/// The parts of a `CREATE TABLE` text that SQLite's catalog does not contain: names of constraints, checks, collations,
/// generated expressions.
struct CreateTableText {
  struct Check {
    var name: String?
    var expression: String
    /// The column whose definition contains it; nil for the table's definition.
    var column: String?
  }

  /// A key or a unique constraint.
  struct Key {
    var name: String?
    var elements: [IndexElement]
    var onConflict: ConflictResolution?
  }

  struct Reference {
    var name: String?
    var deferral: ConstraintDeferral
    var match: String?
    var column: String?
  }

  var columns: [String] = []
  var checks: [Check] = []
  var primaryKey: Key?
  var uniques: [Key] = []
  /// The foreign keys in the order of the text; the catalog lists them in reverse.
  var foreignKeys: [Reference] = []
  /// Collations by folded column name.
  var collations: [String: String] = [:]
  var generated: [String: String] = [:]
  /// The `ON CONFLICT` clauses of `NOT NULL`.
  var nullConflicts: [String: ConflictResolution] = [:]
  var isStrict = false
  var hasAutoincrement = false
  var isWithoutRowID = false

  /// Parses the text that SQLite stores.
  init(_ sql: String) throws(MetaxyError) {
    self.init(try SQLTokenizer.tokens(of: sql, lexicon: .sqlite))
  }

  /// Parses the tokens of one statement, which may be those of a whole file's text.
  init(_ tokens: [SQLToken]) {
    var parser = CreateTableParser(reader: TokenReader(tokens))
    parser.parse()
    self = parser.text
  }

  fileprivate init() {}

  /// Returns the text with its expressions in canonical form.
  func plain(_ expressions: TableExpression) throws(MetaxyError) -> CreateTableText {
    var text = self
    for index in checks.indices {
      text.checks[index].expression = try expressions.plain(checks[index].expression)
    }
    for (column, expression) in generated { text.generated[column] = try expressions.plain(expression) }
    return text
  }
}

/// Parses a `CREATE TABLE` element by element. https://sqlite.org/lang_createtable.html
private struct CreateTableParser {
  var reader: TokenReader
  var text = CreateTableText()

  init(reader: TokenReader) { self.reader = reader }

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

  /// Parses the constraints up to the next comma; in a column's definition, the type precedes them.
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

  /// Parses one constraint; returns false if none starts here.
  private mutating func parseConstraint(named name: String?, of column: String?) -> Bool {
    if reader.skip("CHECK") {
      let expression = parenthesisedText()
      text.checks.append(.init(name: name, expression: expression, column: column))
    } else if reader.skip("PRIMARY", "KEY") {
      text.primaryKey = key(named: name, of: column)
    } else if reader.skip("AUTOINCREMENT") {
      text.hasAutoincrement = true
    } else if reader.skip("UNIQUE") {
      text.uniques.append(key(named: name, of: column))
    } else if reader.skip("FOREIGN", "KEY") {
      reader.skipParentheses()
      if reader.skip("REFERENCES") { readReference(named: name, of: nil) }
    } else if reader.skip("NOT", "NULL") {
      // A name before it belongs to it, not to the next constraint.
      let resolution = conflictResolution()
      if let column { text.nullConflicts[column.folded] = resolution }
    } else if reader.skip("NULL") {
      _ = conflictResolution()
    } else if let column {
      return parseColumnConstraint(named: name, of: column)
    } else {
      return false
    }
    return true
  }

  private mutating func parseColumnConstraint(named name: String?, of column: String) -> Bool {
    if reader.skip("REFERENCES") {
      readReference(named: name, of: column)
    } else if reader.skip("COLLATE") {
      text.collations[column.folded] = reader.name()
    } else if reader.skip("GENERATED", "ALWAYS", "AS") || reader.skip("AS") {
      text.generated[column.folded] = parenthesisedText()
    } else if reader.skip("DEFAULT") {
      reader.skipAny()  // a default can be a word that otherwise starts a constraint
    } else {
      return false
    }
    return true
  }

  private mutating func key(named name: String?, of column: String?) -> CreateTableText.Key {
    var elements: [IndexElement]
    if let column {
      elements = [IndexElement(.column(column))]
      readDirection(of: &elements[0])
    } else {
      elements = keyElements()
    }
    return .init(name: name, elements: elements, onConflict: conflictResolution())
  }

  /// Parses `(a, b COLLATE NOCASE, c DESC)`.
  private mutating func keyElements() -> [IndexElement] {
    let outer = reader
    reader = TokenReader(reader.parenthesised())
    var elements: [IndexElement] = []
    while let column = reader.name() {
      var element = IndexElement(.column(column))
      if reader.skip("COLLATE") { element.collation = reader.name() }
      readDirection(of: &element)
      elements.append(element)
      _ = reader.skip(symbol: ",")
    }
    reader = outer
    reader.skipParentheses()
    return elements
  }

  private mutating func readDirection(of element: inout IndexElement) {
    if reader.skip("DESC") { element.isDescending = true } else { _ = reader.skip("ASC") }
  }

  /// Parses `ON CONFLICT REPLACE`; nil for `ABORT`, which is the default.
  private mutating func conflictResolution() -> ConflictResolution? {
    guard reader.skip("ON", "CONFLICT") else { return nil }
    return reader.name().flatMap { ConflictResolution(rawValue: $0.uppercased()) }
  }

  /// Parses the clause after `REFERENCES`. https://sqlite.org/syntax/foreign-key-clause.html
  private mutating func readReference(named name: String?, of column: String?) {
    _ = reader.name()
    reader.skipParentheses()
    var match: String?
    while skipAction() || readMatch(&match) {}
    text.foreignKeys.append(.init(name: name, deferral: deferral(), match: match, column: column))
  }

  private mutating func skipAction() -> Bool {
    guard reader.skip("ON", "DELETE") || reader.skip("ON", "UPDATE") else { return false }
    // The words of an action can otherwise start a constraint.
    return reader.skip("SET", "NULL") || reader.skip("SET", "DEFAULT") || reader.skip("NO", "ACTION")
      || reader.skip("CASCADE") || reader.skip("RESTRICT")
  }

  private mutating func readMatch(_ match: inout String?) -> Bool {
    guard reader.skip("MATCH") else { return false }
    let word = reader.name()?.uppercased()
    match = ["SIMPLE", "PARTIAL", "FULL"].first { $0 == word }
    return word != nil
  }

  private mutating func deferral() -> ConstraintDeferral {
    let isDeferrable = !reader.skip("NOT", "DEFERRABLE")
    guard !isDeferrable || reader.skip("DEFERRABLE") else { return .notDeferrable }
    let isDeferred = reader.skip("INITIALLY", "DEFERRED")
    _ = reader.skip("INITIALLY", "IMMEDIATE")
    guard isDeferrable else { return .notDeferrable }
    return isDeferred ? .initiallyDeferred : .initiallyImmediate
  }

  /// Returns the text in the next parentheses, as written.
  private mutating func parenthesisedText() -> String {
    let outer = reader.tokens
    reader.skipParentheses()
    let all = outer[..<reader.tokens.startIndex]
    return String(SQLSource.text(of: all).dropFirst().dropLast())
  }
}

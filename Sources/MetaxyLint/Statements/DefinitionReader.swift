internal import MetaxySQL

/// Reads the definition of a column or of a constraint.
struct DefinitionReader {
  private var words: TokenReader

  init(_ words: TokenReader) { self.words = words }

  // MARK: Constraints of tables

  /// Returns the constraint; nil if the words do not begin one.
  func tableConstraint() -> WrittenConstraint? {
    var reader = self
    return reader.readTableConstraint()
  }

  private mutating func readTableConstraint() -> WrittenConstraint? {
    let name = words.skip("CONSTRAINT") ? words.name() : nil
    var constraint: WrittenConstraint
    if words.skip("PRIMARY", "KEY") {
      constraint = WrittenConstraint(.primaryKey)
      constraint.columns = indexOrColumns(&constraint)
    } else if words.skip("UNIQUE") {
      constraint = WrittenConstraint(.unique)
      if words.skip("NULLS") {
        _ = words.skip("NOT")
        _ = words.skip("DISTINCT")
      }
      constraint.columns = indexOrColumns(&constraint)
    } else if words.skip("CHECK") {
      constraint = WrittenConstraint(.check)
      constraint.expression = Array(words.parenthesised())
    } else if words.skip("FOREIGN", "KEY") {
      constraint = WrittenConstraint(.foreignKey)
      constraint.columns = columnList()
      if words.skip("REFERENCES") { constraint.referencedTable = words.qualifiedName() }
    } else if words.skip("EXCLUDE") {
      constraint = WrittenConstraint(.exclusion)
    } else if words.skip("NOT", "NULL") {
      constraint = WrittenConstraint(.notNull)
      constraint.columns = words.name().map { [$0] } ?? []
    } else {
      return nil
    }
    constraint.name = name
    while let next = words.tokens.first {
      if next.isWord("NOT"), words.skip("NOT", "VALID") { constraint.isNotValid = true } else { words.skipAny() }
    }
    return constraint
  }

  private mutating func indexOrColumns(_ constraint: inout WrittenConstraint) -> [String] {
    if words.skip("USING", "INDEX") {
      constraint.index = words.name()
      return []
    }
    return columnList()
  }

  /// Reads `(a, b DESC)`.
  private mutating func columnList() -> [String] {
    let inside = words.parenthesised()
    return words.over(inside).parts(separatedBy: ",").compactMap { part in
      var element = words.over(part)
      return element.name()
    }
  }

  // MARK: Columns

  /// The words that end the type or the default of a column.
  private static func endsValue(_ token: SQLToken) -> Bool {
    token.isWord(
      in: "CONSTRAINT", "NOT", "NULL", "DEFAULT", "CHECK", "PRIMARY", "UNIQUE", "REFERENCES", "GENERATED", "AS",
      "COLLATE", "STORAGE", "COMPRESSION", "DEFERRABLE", "INITIALLY", "ON")
  }

  func column() -> WrittenColumn? {
    var reader = self
    return reader.readColumn()
  }

  private mutating func readColumn() -> WrittenColumn? {
    guard let name = words.name() else { return nil }
    var type: [SQLToken] = []
    while let next = words.tokens.first, !Self.endsValue(next) {
      type.append(next)
      words.skipToken()
    }
    var column = WrittenColumn(name: name, type: type.sourceText)
    var constraintName: String?
    while !words.tokens.isEmpty {
      if words.skip("CONSTRAINT") {
        constraintName = words.name()
        continue
      }
      readClause(of: &column, named: constraintName)
      constraintName = nil
    }
    return column
  }

  private mutating func readClause(of column: inout WrittenColumn, named name: String?) {
    if words.skip("NOT", "NULL") {
      column.isNotNull = true
    } else if words.skip("DEFAULT") {
      column.defaultValue = defaultValue()
    } else if words.skip("PRIMARY", "KEY") {
      column.isPrimaryKey = true
      column.isNotNull = true
    } else if words.skip("UNIQUE") {
      column.isUnique = true
    } else if words.skip("CHECK") {
      var check = WrittenConstraint(.check, name: name)
      check.expression = Array(words.parenthesised())
      column.constraints.append(check)
    } else if words.skip("REFERENCES") {
      var key = WrittenConstraint(.foreignKey, name: name)
      key.columns = [column.name]
      key.referencedTable = words.qualifiedName()
      column.constraints.append(key)
    } else if words.skip("GENERATED") {
      _ = words.skip("ALWAYS") || words.skip("BY", "DEFAULT")
      guard words.skip("AS") else { return }
      if words.skip("IDENTITY") { column.isIdentity = true } else { readGenerated(&column) }
    } else if words.skip("AS") {
      readGenerated(&column)
    } else {
      words.skipAny()
    }
  }

  private mutating func readGenerated(_ column: inout WrittenColumn) {
    words.skipParentheses()
    if words.skip("STORED") { column.isStoredGenerated = true } else { column.isVirtualGenerated = true }
    _ = words.skip("VIRTUAL")
  }

  private mutating func defaultValue() -> [SQLToken] {
    let start = words.tokens
    // The first token is the value, also `NULL`.
    words.skipAny()
    while let next = words.tokens.first, !Self.endsValue(next) { words.skipAny() }
    return Array(start[..<words.tokens.startIndex])
  }
}

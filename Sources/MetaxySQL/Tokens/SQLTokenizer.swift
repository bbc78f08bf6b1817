package import MetaxyErrors

/// Splits SQL text into tokens, in linear time and without an engine.
///
/// The text need not be valid SQL: the only errors are a quote or comment that never closes, and a NUL.
package struct SQLTokenizer {
  package let bytes: [UInt8]
  package private(set) var lexicon: Lexicon
  package let text: String
  /// The offset of the next token or of the white space before it.
  package var index = 0
  private var line = 1
  private var lineStart = 0
  private var reachedForLine = 0
  private let firstNUL: Int

  package init(_ text: String, lexicon: Lexicon) {
    var text = text
    text.makeContiguousUTF8()
    self.text = text
    self.bytes = Array(text.utf8)
    self.lexicon = lexicon
    self.firstNUL = bytes.firstIndex(of: 0) ?? bytes.count
  }

  /// Returns the tokens of `text` in order.
  ///
  /// - Throws: `unterminated_sql` with the line of a quote or comment that never closes; `nul_in_sql`.
  package static func tokens(
    of text: String, lexicon: Lexicon, includingComments: Bool = false
  ) throws(MetaxyError) -> [SQLToken] {
    var tokenizer = SQLTokenizer(text, lexicon: lexicon)
    var tokens: [SQLToken] = []
    do {
      while let token = try tokenizer.next() {
        if includingComments || !token.isComment { tokens.append(token) }
      }
    } catch {
      throw error.error
    }
    return tokens
  }

  /// Returns the next token, comments included; nil at the end.
  package mutating func next() throws(SQLProblem) -> SQLToken? {
    skipWhiteSpace()
    guard index < bytes.count else { return nil }
    let start = index
    let position = position(of: start)
    let kind = try scan(at: position)
    // The C interfaces of engines stop at a NUL and would silently ignore the text after it.
    guard index <= firstNUL else {
      throw SQLProblem(error: .nulInSQL(line: position.line), position: position)
    }
    return SQLToken(kind: kind, text: slice(start..<index), position: position)
  }

  /// Returns the text at an offset range.
  package func slice(_ range: Range<Int>) -> Substring {
    let start = text.utf8.index(text.startIndex, offsetBy: range.lowerBound)
    return text[start..<text.utf8.index(start, offsetBy: range.count)]
  }

  /// Returns the text from one token to another, including both.
  package func text(from first: SQLToken, to last: SQLToken) -> String {
    String(text[first.text.startIndex..<last.text.endIndex])
  }

  /// Returns whether only white space precedes the token in its line.
  package func isFirstInLine(_ token: SQLToken) -> Bool {
    let before = text.utf8[..<token.text.startIndex].reversed().prefix { $0 != UInt8(ascii: "\n") }
    return before.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
  }

  /// Returns a tokenizer that continues from here with another lexicon.
  package func reading(_ lexicon: Lexicon) -> SQLTokenizer {
    var tokenizer = self
    tokenizer.lexicon = lexicon
    return tokenizer
  }

  package func byte(_ offset: Int = 0) -> UInt8 {
    index + offset < bytes.count ? bytes[index + offset] : 0
  }

  private mutating func skipWhiteSpace() {
    while index < bytes.count, bytes[index] == 0x20 || (0x09...0x0D).contains(bytes[index]) { index += 1 }
  }

  /// Returns the line and column of `offset`, which never decreases from call to call.
  private mutating func position(of offset: Int) -> SQLPosition {
    while reachedForLine < offset {
      let byte = bytes[reachedForLine]
      reachedForLine += 1
      if byte == UInt8(ascii: "\n") {
        line += 1
        lineStart = reachedForLine
      }
    }
    return SQLPosition(line: line, column: offset - lineStart + 1)
  }
}

/// An error in SQL text, with its position.
package struct SQLProblem: Error {
  package var error: MetaxyError
  package var position: SQLPosition

  /// Returns the same problem, with the dialect in which it occurs.
  package func reading(_ dialect: String?) -> SQLProblem {
    var problem = self
    if let dialect { problem.error.message += ", as `\(dialect)` reads it" }
    return problem
  }
}

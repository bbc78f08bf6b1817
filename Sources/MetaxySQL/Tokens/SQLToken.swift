/// A position in SQL text. Lines and columns start at 1; columns count UTF-8 bytes.
package struct SQLPosition: Sendable, Hashable {
  package var line: Int
  package var column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// The smallest meaningful piece of SQL, with its position.
package struct SQLToken: Sendable, Hashable {
  /// The kinds of token.
  package enum Kind: Sendable, Hashable {
    /// A keyword or an unquoted identifier; only a parser can distinguish them.
    case word
    case quotedIdentifier
    case string
    case blob
    case number
    case parameter
    /// An operator or a piece of punctuation.
    case symbol
    case lineComment
    case blockComment
  }

  package var kind: Kind
  /// The token as written, with its quotes.
  package var text: Substring
  package var position: SQLPosition

  package init(kind: Kind, text: Substring, position: SQLPosition) {
    self.kind = kind
    self.text = text
    self.position = position
  }

  package var isComment: Bool { kind == .lineComment || kind == .blockComment }

  /// Returns whether this is the unquoted word `word`, in upper or lower case.
  package func isWord(_ word: String) -> Bool {
    kind == .word && text.utf8.elementsEqual(word.utf8) { $0.asciiLowercased == $1.asciiLowercased }
  }

  /// Returns whether this is one of the unquoted words, in upper or lower case.
  package func isWord(in words: String...) -> Bool {
    words.contains { isWord($0) }
  }

  /// Returns whether this is the operator or punctuation `symbol`.
  package func isSymbol(_ symbol: String) -> Bool {
    kind == .symbol && text == symbol
  }
}

extension UInt8 {
  package var asciiLowercased: UInt8 {
    self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") ? self | 0x20 : self
  }
}

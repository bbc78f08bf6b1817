/// A place in SQL text: lines and columns start at 1, columns count UTF-8 bytes.
public struct SQLPosition: Sendable, Hashable {
  public var line: Int
  public var column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// The smallest piece of SQL that means something, with the place where it stands.
public struct SQLToken: Sendable, Hashable {
  /// What a token is.
  public enum Kind: Sendable, Hashable {
    /// A keyword or an unquoted identifier: which of the two, only a parser can tell.
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

  public var kind: Kind
  /// The token as it was written, with its quotes.
  public var text: Substring
  public var position: SQLPosition

  public init(kind: Kind, text: Substring, position: SQLPosition) {
    self.kind = kind
    self.text = text
    self.position = position
  }

  public var isComment: Bool { kind == .lineComment || kind == .blockComment }

  /// Tells whether this is the unquoted word `word`, in upper or lower case.
  public func isWord(_ word: String) -> Bool {
    kind == .word && text.utf8.elementsEqual(word.utf8) { $0.asciiLowercased == $1.asciiLowercased }
  }

  /// Tells whether this is one of the unquoted words, in upper or lower case.
  public func isWord(in words: String...) -> Bool {
    words.contains { isWord($0) }
  }

  /// Tells whether this is the operator or piece of punctuation `symbol`.
  public func isSymbol(_ symbol: String) -> Bool {
    kind == .symbol && text == symbol
  }
}

extension UInt8 {
  var asciiLowercased: UInt8 {
    self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") ? self | 0x20 : self
  }
}

extension SQLTokenizer {
  /// Operators of more than one character, the longest first.
  private static let operators = ["->>", "||", "->", "<=", ">=", "<>", "!=", "==", "::", "<<", ">>"].map {
    Array($0.utf8)
  }

  /// Moves past the token at `index` and returns its kind.
  package mutating func scan(at position: SQLPosition) throws(SQLProblem) -> SQLToken.Kind {
    let first = byte()
    switch first {
    case UInt8(ascii: "'"):
      try skipQuoted("string", closing: first, at: position)
      return .string
    case UInt8(ascii: "\""):
      try skipQuoted("quoted identifier", closing: first, at: position)
      return .quotedIdentifier
    case UInt8(ascii: "`") where lexicon.backtickIdentifiers:
      try skipQuoted("quoted identifier", closing: first, at: position)
      return .quotedIdentifier
    case UInt8(ascii: "[") where lexicon.bracketIdentifiers:
      try skipQuoted("quoted identifier", closing: UInt8(ascii: "]"), doubling: false, at: position)
      return .quotedIdentifier
    case UInt8(ascii: "-") where byte(1) == first:
      skipLineComment()
      return .lineComment
    case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "*"):
      try skipBlockComment(at: position)
      return .blockComment
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      skipNumber()
      return .number
    case UInt8(ascii: ".") where byte(1).isDigit:
      skipNumber()
      return .number
    case UInt8(ascii: "$") where lexicon.dollarQuotes:
      if let tag = dollarTag() {
        try skipDollarQuoted(tag, at: position)
        return .string
      }
    default:
      if first.isIdentifierStart { return try scanWord(at: position) }
    }
    return skipParameter() ? .parameter : skipSymbol()
  }

  /// Scans a word, or the string of which it is the prefix.
  private mutating func scanWord(at position: SQLPosition) throws(SQLProblem) -> SQLToken.Kind {
    let quote = UInt8(ascii: "'")
    switch byte().asciiLowercased {
    case UInt8(ascii: "e") where lexicon.escapeStrings && byte(1) == quote:
      try skipEscapeString(at: position)
      return .string
    case UInt8(ascii: "x") where lexicon.blobLiterals && byte(1) == quote:
      try skipPrefixed(1, "blob", at: position)
      return .blob
    case UInt8(ascii: "b") where lexicon.prefixedStrings && byte(1) == quote,
      UInt8(ascii: "n") where lexicon.prefixedStrings && byte(1) == quote:
      try skipPrefixed(1, "string", at: position)
      return .string
    case UInt8(ascii: "u") where lexicon.unicodeStrings && byte(1) == UInt8(ascii: "&"):
      if byte(2) == quote {
        try skipPrefixed(2, "string", at: position)
        return .string
      }
      if byte(2) == UInt8(ascii: "\"") {
        try skipPrefixed(2, "quoted identifier", at: position)
        return .quotedIdentifier
      }
    default:
      break
    }
    skipIdentifier()
    return .word
  }

  private mutating func skipPrefixed(_ prefix: Int, _ what: String, at position: SQLPosition) throws(SQLProblem) {
    index += prefix
    try skipQuoted(what, closing: byte(), at: position)
  }

  private mutating func skipIdentifier() {
    while index < bytes.count, isIdentifierPart(bytes[index]) { index += 1 }
  }

  package func isIdentifierPart(_ byte: UInt8) -> Bool {
    byte.isIdentifierStart || byte.isDigit || (byte == UInt8(ascii: "$") && lexicon.dollarInIdentifiers)
  }

  /// Skips `0x1F`, `1_000`, `1.5e-3`; letters are included because no engine allows a word directly after a number.
  private mutating func skipNumber() {
    let isHexadecimal = byte() == UInt8(ascii: "0") && byte(1).asciiLowercased == UInt8(ascii: "x")
    while index < bytes.count {
      let current = bytes[index]
      let isExponent = current.asciiLowercased == UInt8(ascii: "e") && !isHexadecimal
      if isExponent, byte(1) == UInt8(ascii: "+") || byte(1) == UInt8(ascii: "-"), byte(2).isDigit {
        index += 2
      } else if !current.isDigit, !current.isIdentifierStart, current != UInt8(ascii: ".") {
        return
      } else if current == UInt8(ascii: "."), byte(1) == current {
        return  // `1..10` is a range
      }
      index += 1
    }
  }

  /// Skips `?`, `?1`, `:name`, `@name`, `$1`.
  private mutating func skipParameter() -> Bool {
    let marker = byte()
    guard lexicon.parameterMarkers.contains(Character(Unicode.Scalar(marker))) else { return false }
    guard marker == UInt8(ascii: "?") || byte(1).isDigit || byte(1).isIdentifierStart else { return false }
    index += 1
    skipIdentifier()
    return true
  }

  private mutating func skipSymbol() -> SQLToken.Kind {
    let known = Self.operators.first { bytes[index...].starts(with: $0) }
    index += known?.count ?? 1
    return .symbol
  }
}

extension UInt8 {
  package var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

  /// Whether the byte starts an identifier; any byte of a non-ASCII character counts as a letter, as in the engines.
  package var isIdentifierStart: Bool {
    (asciiLowercased >= UInt8(ascii: "a") && asciiLowercased <= UInt8(ascii: "z")) || self == UInt8(ascii: "_")
      || self >= 0x80
  }
}

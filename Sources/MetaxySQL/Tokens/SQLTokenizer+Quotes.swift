extension SQLTokenizer {
  /// Moves past quoted text whose opening quote is at `index`; two closing quotes in a row stand for one inside.
  package mutating func skipQuoted(
    _ what: String, closing: UInt8, doubling: Bool = true, at position: SQLPosition
  ) throws(SQLProblem) {
    index += 1
    while index < bytes.count {
      guard bytes[index] == closing else {
        index += 1
        continue
      }
      let isDoubled = doubling && byte(1) == closing
      index += isDoubled ? 2 : 1
      if !isDoubled { return }
    }
    throw unterminated(what, at: position)
  }

  /// Moves past `E'…'`, where a backslash escapes a quote, and past its continuations on later lines.
  package mutating func skipEscapeString(at position: SQLPosition) throws(SQLProblem) {
    index += 2
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\\"):
        index += 2
      case UInt8(ascii: "'") where byte(1) == UInt8(ascii: "'"):
        index += 2
      case UInt8(ascii: "'"):
        guard let next = EscapedString.continuation(in: bytes, from: index + 1) else {
          index += 1
          return
        }
        index = next
      default:
        index += 1
      }
    }
    index = bytes.count
    throw unterminated("string", at: position)
  }

  /// Returns the tag of the dollar quote that opens at `index`, including both dollar signs.
  package func dollarTag() -> ArraySlice<UInt8>? {
    var end = index + 1
    while end < bytes.count, bytes[end].isIdentifierStart || (end > index + 1 && bytes[end].isDigit) { end += 1 }
    guard end < bytes.count, bytes[end] == UInt8(ascii: "$") else { return nil }
    return bytes[index...end]
  }

  /// Moves past `$tag$…$tag$`.
  package mutating func skipDollarQuoted(_ tag: ArraySlice<UInt8>, at position: SQLPosition) throws(SQLProblem) {
    index += tag.count
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "$"), bytes[index...].starts(with: tag) {
        index += tag.count
        return
      }
      index += 1
    }
    throw unterminated("dollar-quoted string", at: position)
  }

  /// Moves to the end of the line; the line end is not part of the comment.
  package mutating func skipLineComment() {
    while index < bytes.count, bytes[index] != UInt8(ascii: "\n") {
      if bytes[index] == UInt8(ascii: "\r"), lexicon.carriageReturnEndsLine || byte(1) == UInt8(ascii: "\n") { return }
      index += 1
    }
  }

  package mutating func skipBlockComment(at position: SQLPosition) throws(SQLProblem) {
    var depth = 1
    index += 2
    while index < bytes.count {
      if byte() == UInt8(ascii: "*"), byte(1) == UInt8(ascii: "/") {
        index += 2
        depth -= 1
        if depth == 0 { return }
      } else if lexicon.nestedComments, byte() == UInt8(ascii: "/"), byte(1) == UInt8(ascii: "*") {
        index += 2
        depth += 1
      } else {
        index += 1
      }
    }
    throw unterminated("comment", at: position)
  }

  private func unterminated(_ what: String, at position: SQLPosition) -> SQLProblem {
    SQLProblem(error: .unterminatedSQL(what, line: position.line), position: position)
  }
}

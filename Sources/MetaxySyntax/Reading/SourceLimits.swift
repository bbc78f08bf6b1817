/// What a file may hold at most, found without parsing it: the parser needs stack for each level of nesting, twice the time
/// for each level of brackets, and its tree is as deep as what it read.
///
/// The bytes are read once. Text in strings and comments does not count.
struct SourceLimits {
  /// A construct that is too deep or too long, and where it is.
  struct Problem {
    var message: String
    var offset: Int
  }

  private static let brackets = 16
  private static let nesting = 200
  private static let conditions = 100
  private static let marks = 16
  private static let digits = 1000

  private let bytes: [UInt8]
  private var offset = 0
  private var open: [UInt8] = []
  private var squareBrackets = 0
  private var angles = 0
  private var conditions = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Returns the first construct of a source that is too deep or too long.
  static func problem(in bytes: [UInt8]) -> Problem? {
    var scan = SourceLimits(bytes)
    return scan.firstProblem()
  }

  private mutating func firstProblem() -> Problem? {
    while offset < bytes.count {
      let start = offset
      let byte = bytes[offset]
      switch byte {
      case UInt8(ascii: "/") where next == UInt8(ascii: "/"): skipLine()
      case UInt8(ascii: "/") where next == UInt8(ascii: "*"): skipComment()
      case UInt8(ascii: "\""): skipString(hashes: 0)
      case UInt8(ascii: "#"): if let problem = readHash() { return problem }
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
        if let problem = readOpening(byte) { return problem }
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): readClosing(byte)
      case UInt8(ascii: "<"): if let problem = readAngle() { return problem }
      case UInt8(ascii: ">"): if angles > 0, start > 0, bytes[start - 1] != UInt8(ascii: "-") { angles -= 1 }
      case UInt8(ascii: ";"): angles = 0
      case UInt8(ascii: "?"), UInt8(ascii: "!"): if let problem = readMarks() { return problem }
      case _ where Self.isWord(byte): if let problem = readWord() { return problem }
      default: break
      }
      if offset == start { offset += 1 }
    }
    return nil
  }

  private var next: UInt8? { offset + 1 < bytes.count ? bytes[offset + 1] : nil }

  private func tooDeep(_ what: String, _ limit: Int) -> Problem {
    Problem(message: "\(what) are nested more than \(limit) deep, which metaxy does not read", offset: offset)
  }
}

// Nesting.
extension SourceLimits {
  private mutating func readOpening(_ byte: UInt8) -> Problem? {
    open.append(byte)
    if byte == UInt8(ascii: "[") { squareBrackets += 1 }
    if byte == UInt8(ascii: "{") { angles = 0 }
    if squareBrackets > Self.brackets { return tooDeep("brackets", Self.brackets) }
    return open.count > Self.nesting ? tooDeep("parentheses and braces", Self.nesting) : nil
  }

  /// Closes the innermost bracket, of whatever kind: a file with errors is read as far as it can be.
  private mutating func readClosing(_ byte: UInt8) {
    if byte == UInt8(ascii: "}") { angles = 0 }
    guard let last = open.popLast() else { return }
    if last == UInt8(ascii: "[") { squareBrackets -= 1 }
  }

  /// `A<B` opens a list of generic arguments, `a < b` compares.
  private mutating func readAngle() -> Problem? {
    guard offset > 0, Self.isWord(bytes[offset - 1]), let next,
      Self.isWord(next) || next == UInt8(ascii: "[") || next == UInt8(ascii: "(")
    else {
      return nil
    }
    angles += 1
    return angles > Self.nesting ? tooDeep("generic arguments", Self.nesting) : nil
  }

  private mutating func readHash() -> Problem? {
    var end = offset
    while end < bytes.count, bytes[end] == UInt8(ascii: "#") { end += 1 }
    if end < bytes.count, bytes[end] == UInt8(ascii: "\"") {
      let hashes = end - offset
      offset = end
      skipString(hashes: hashes)
      return nil
    }
    offset = end
    let word = word(at: end)
    offset += word.count
    if word.elementsEqual("if".utf8) { conditions += 1 }
    if word.elementsEqual("endif".utf8), conditions > 0 { conditions -= 1 }
    return conditions > Self.conditions ? tooDeep("`#if`s", Self.conditions) : nil
  }

  /// `Int???` is a type of three levels.
  private mutating func readMarks() -> Problem? {
    let start = offset
    while offset < bytes.count, bytes[offset] == UInt8(ascii: "?") || bytes[offset] == UInt8(ascii: "!") { offset += 1 }
    return offset - start > Self.marks ? tooDeep("optionals", Self.marks) : nil
  }
}

// Words, strings and comments.
extension SourceLimits {
  private mutating func readWord() -> Problem? {
    let word = word(at: offset)
    let isNumber = word.first.map { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") } ?? false
    guard !isNumber || word.count <= Self.digits else {
      return Problem(
        message: "a number of \(word.count) digits is longer than the \(Self.digits) that metaxy reads", offset: offset)
    }
    offset += word.count
    return nil
  }

  private func word(at start: Int) -> ArraySlice<UInt8> {
    var end = start
    while end < bytes.count, Self.isWord(bytes[end]) { end += 1 }
    return bytes[start..<end]
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }

  private mutating func skipLine() {
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "\n") { offset += 1 }
  }

  private mutating func skipComment() {
    var depth = 0
    while offset < bytes.count {
      if bytes[offset] == UInt8(ascii: "/"), next == UInt8(ascii: "*") {
        depth += 1
        offset += 2
      } else if bytes[offset] == UInt8(ascii: "*"), next == UInt8(ascii: "/") {
        depth -= 1
        offset += 2
        if depth == 0 { return }
      } else {
        offset += 1
      }
    }
  }

  /// Skips a string, with what is interpolated into it. One on one line ends with the line at the latest.
  private mutating func skipString(hashes: Int) {
    let isMultiline = bytes[offset...].prefix(3).elementsEqual("\"\"\"".utf8)
    let quotes = isMultiline ? 3 : 1
    offset += quotes
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "\\"), hashes == 0 {
        offset += 2
      } else if byte == UInt8(ascii: "\n"), !isMultiline {
        return
      } else if byte == UInt8(ascii: "\""), endsString(quotes, hashes) {
        offset += quotes + hashes
        return
      } else {
        offset += 1
      }
    }
  }

  private func endsString(_ quotes: Int, _ hashes: Int) -> Bool {
    let end = bytes[offset...].prefix(quotes + hashes)
    return end.count == quotes + hashes && end.prefix(quotes).allSatisfy { $0 == UInt8(ascii: "\"") }
      && end.dropFirst(quotes).allSatisfy { $0 == UInt8(ascii: "#") }
  }
}

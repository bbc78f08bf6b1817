import MetaxyErrors
import MetaxyFeatures

/// Reads the atomic parts of a JSON text: strings, numbers, literals and the white space between them.
struct JSONScanner {
  let bytes: [UInt8]
  let file: String
  /// Whether Python's literals for non-finite numbers are accepted.
  let allowsNonFinite: Bool
  private(set) var position = 0

  init(bytes: [UInt8], file: String, allowsNonFinite: Bool = false) {
    self.bytes = bytes
    self.file = file
    self.allowsNonFinite = allowsNonFinite
  }

  var isAtEnd: Bool { position == bytes.count }
  /// The byte at `position`; nil at the end.
  var current: UInt8? { isAtEnd ? nil : bytes[position] }

  mutating func advance() { position += 1 }

  /// Skips `byte` if it comes next.
  mutating func skip(_ byte: UInt8) -> Bool {
    guard current == byte else { return false }
    position += 1
    return true
  }

  mutating func skipWhitespace() {
    while let current, current == 0x20 || current == 0x0A || current == 0x0D || current == 0x09 { position += 1 }
  }

  /// Reads a string, a number, `true`, `false` or `null`.
  mutating func scalar() throws(MetaxyError) -> JSONValue {
    if allowsNonFinite, let word = JSONNode.nonFinite.first(where: { bytes[position...].starts(with: $0.utf8) }) {
      position += word.utf8.count
      return .number(word)
    }
    switch current {
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "-"): return .number(try number())
    case let byte? where Self.isDigit(byte): return .number(try number())
    default: break
    }
    for (word, value) in [("true", JSONValue.boolean(true)), ("false", .boolean(false)), ("null", .null)]
    where bytes[position...].starts(with: word.utf8) {
      position += word.utf8.count
      return value
    }
    throw error("expected a value")
  }

  /// Reads `-`? (`0` or digits without a leading zero) (`.` digits)? ((`e` or `E`) (`+` or `-`)? digits)?
  private mutating func number() throws(MetaxyError) -> String {
    let start = position
    _ = skip(UInt8(ascii: "-"))
    if !skip(UInt8(ascii: "0")) { try digits() }
    if skip(UInt8(ascii: ".")) { try digits() }
    if skip(UInt8(ascii: "e")) || skip(UInt8(ascii: "E")) {
      if !skip(UInt8(ascii: "+")) { _ = skip(UInt8(ascii: "-")) }
      try digits()
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func digits() throws(MetaxyError) {
    let start = position
    while let current, Self.isDigit(current) { position += 1 }
    guard position > start else { throw error("expected a digit") }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}

extension JSONScanner {
  /// Reads a string including its quotation marks.
  mutating func string() throws(MetaxyError) -> String {
    let start = position
    position += 1
    var text = try plainText()
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return text
      case UInt8(ascii: "\\"): text.unicodeScalars.append(try escape())
      case ..<0x20: throw error("a string holds a control character that is not escaped")
      default: text += try plainText()
      }
    }
    throw error("the string does not end", at: start)
  }

  /// Reads characters up to an escape, a control character or the end of the string.
  private mutating func plainText() throws(MetaxyError) -> String {
    let start = position
    var end = start
    while end < bytes.count, bytes[end] >= 0x20, bytes[end] != UInt8(ascii: "\""), bytes[end] != UInt8(ascii: "\\") {
      end += 1
    }
    let run = bytes[start..<end]
    guard let text = String(validating: run, as: UTF8.self) else {
      // Decoding replaces invalid bytes, so the comparison finds the first one.
      let decoded = String(decoding: run, as: UTF8.self)
      let wrong = zip(run.indices, zip(run, decoded.utf8)).first { $1.0 != $1.1 }?.0
      throw error("the text is not UTF-8", at: wrong ?? start)
    }
    position = end
    return text
  }

  /// Reads an escape, starting at its backslash.
  private mutating func escape() throws(MetaxyError) -> Unicode.Scalar {
    let start = position
    position += 1
    guard let letter = current else { throw error("the string does not end") }
    position += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try codePoint(from: start)
    default: throw error("unknown escape", at: start)
    }
  }

  /// Reads the digits of a `\u` escape and the second half of a surrogate pair.
  private mutating func codePoint(from start: Int) throws(MetaxyError) -> Unicode.Scalar {
    let first = try codeUnit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    if UTF16.isLeadSurrogate(first), skip(UInt8(ascii: "\\")), skip(UInt8(ascii: "u")) {
      let second = try codeUnit()
      let scalar = Unicode.Scalar(0x10000 + UInt32(first & 0x3FF) << 10 + UInt32(second & 0x3FF))
      if UTF16.isTrailSurrogate(second), let scalar { return scalar }
    }
    throw error("the escape is half of a surrogate pair", at: start)
  }

  private mutating func codeUnit() throws(MetaxyError) -> UInt16 {
    let digits = bytes[position...].prefix(4)
    // Digits only: the initializer would accept a sign too.
    guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw error("expected four hexadecimal digits") }
    position += 4
    return unit
  }
}

extension JSONScanner {
  /// Returns the error for `problem` at an offset; by default at the scanner's position.
  func error(_ problem: String, at place: Int? = nil) -> MetaxyError {
    let lines = LineTable(bytes)
    let place = lines.location(of: place ?? position, in: file)
    let line = lines.lines(of: bytes)[place.line - 1]
    // A text on a single line can be very long, so it is not quoted.
    return .invalidJSON(
      problem, at: place, sourceLine: line.count <= 240 ? String(decoding: line, as: UTF8.self) : nil)
  }
}

import MetaxyErrors

extension TOMLReader {
  /// Reads a boolean, a number, a date or a time.
  mutating func readScalar() throws(MetaxyError) -> TOMLValue.Content {
    let start = position
    let word = takeWord()
    switch word {
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    case "": throw failure("expected a value", at: start)
    default: break
    }
    if let kind = TOMLDateTime.kind(of: word) { return .dateTime(TOMLDateTime(kind: kind, text: word)) }
    if let content = try TOMLNumber.content(of: word, failure: { failure($0, at: start) }) { return content }
    throw failure(Self.problem(with: word), at: start)
  }

  /// Takes a possible number or date: everything up to a separator, and also a time that follows a date and a space.
  private mutating func takeWord() -> String {
    let start = position
    takeWordBytes()
    let isDate = TOMLDateTime.kind(of: String(decoding: bytes[start..<position], as: UTF8.self)) == .localDate
    if isDate, bytes[position...].first == UInt8(ascii: " "),
      bytes[position...].dropFirst().first?.isASCIIDigit ?? false
    {
      position += 1
      takeWordBytes()
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func takeWordBytes() {
    while let byte = peek, byte.isBareKeyByte || byte > 0x7F || "+.:".utf8.contains(byte) { position += 1 }
  }

  private static func problem(with word: String) -> String {
    switch word.lowercased() {
    case "true", "false": "booleans are written in lower case"
    case "null", "nil", "none": "there is no such value; leave the key out instead"
    case _ where word.utf8.first?.isASCIIDigit ?? false: "not a number, a date or a time"
    default: "expected a value; text needs quotes"
    }
  }
}

/// Parses the forms of TOML's numbers.
enum TOMLNumber {
  /// Returns the number that a word denotes; nil if the word is not a number.
  static func content(
    of word: String, failure: (String) -> MetaxyError
  ) throws(MetaxyError) -> TOMLValue.Content? {
    if let special = special(word) { return .float(special) }
    if let number = Prefixed(word) {
      guard let value = Int64(number.digits, radix: number.radix) else { throw failure("integer is too large") }
      return .integer(value)
    }
    guard let number = Decimal(word) else { return nil }
    if number.isInteger {
      guard let value = Int64(number.digits) else { throw failure("integer is too large") }
      return .integer(value)
    }
    return Double(number.digits).map { .float($0) }
  }

  private static func special(_ word: String) -> Double? {
    switch word {
    case "inf", "+inf": .infinity
    case "-inf": -.infinity
    case "nan", "+nan", "-nan": .nan
    default: nil
    }
  }

  /// `0xFF`, `0o17`, `0b1010`, without a sign.
  private struct Prefixed {
    var digits: String
    var radix: Int

    init?(_ word: String) {
      switch word.prefix(2) {
      case "0x": radix = 16
      case "0o": radix = 8
      case "0b": radix = 2
      default: return nil
      }
      let radix = self.radix
      var rest = Array(word.utf8.dropFirst(2))[...]
      guard
        let digits = takeDigits(
          &rest, where: { $0.isHexDigit && Int(String(UnicodeScalar($0)), radix: radix) != nil }),
        rest.isEmpty
      else { return nil }
      self.digits = digits
    }
  }

  /// An integer or a float in decimal digits.
  private struct Decimal {
    var digits: String
    var isInteger = true

    init?(_ word: String) {
      var rest = Array(word.utf8)[...]
      digits = takeSign(&rest)
      guard let whole = takeDigits(&rest, where: \.isASCIIDigit), whole == "0" || !whole.hasPrefix("0") else {
        return nil
      }
      digits += whole
      if rest.first == UInt8(ascii: ".") {
        rest.removeFirst()
        guard let fraction = takeDigits(&rest, where: \.isASCIIDigit) else { return nil }
        digits += "." + fraction
        isInteger = false
      }
      if let byte = rest.first, byte | 0x20 == UInt8(ascii: "e") {
        rest.removeFirst()
        let sign = takeSign(&rest)
        guard let exponent = takeDigits(&rest, where: \.isASCIIDigit) else { return nil }
        digits += "e" + sign + exponent
        isInteger = false
      }
      guard rest.isEmpty else { return nil }
    }
  }

  private static func takeSign(_ rest: inout ArraySlice<UInt8>) -> String {
    guard let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return "" }
    rest.removeFirst()
    return sign == UInt8(ascii: "-") ? "-" : ""
  }

  /// Takes digits with single underscores between them; nil if there is no digit, or if an underscore is not between
  /// two digits.
  private static func takeDigits(
    _ rest: inout ArraySlice<UInt8>, where isDigit: (UInt8) -> Bool
  ) -> String? {
    let run = rest.prefix { isDigit($0) || $0 == UInt8(ascii: "_") }
    let groups = run.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
    guard groups.allSatisfy({ !$0.isEmpty }) else { return nil }
    rest = rest[run.endIndex...]
    return String(decoding: groups.joined(), as: UTF8.self)
  }
}

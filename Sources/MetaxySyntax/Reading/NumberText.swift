/// Converts Swift's number literals to the form that SQL and JSON accept.
enum NumberText {
  /// Returns the decimal digits of an integer literal of any size, without `_`, `0x` or leading zeros.
  static func integer(_ literal: String) -> String? {
    let text = literal.filter { $0 != "_" }
    let radixes: [(prefix: String, radix: Int)] = [("0x", 16), ("0o", 8), ("0b", 2)]
    let (prefix, radix) = radixes.first { text.hasPrefix($0.prefix) } ?? ("", 10)
    if radix == 10 {
      guard text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
      let digits = text.drop { $0 == "0" }
      return digits.isEmpty ? "0" : String(digits)
    }
    var decimal: [Int] = [0]  // the least significant digit first
    for character in text.dropFirst(prefix.count) {
      guard var carry = character.hexDigitValue, carry < radix else { return nil }
      for position in decimal.indices {
        let sum = decimal[position] * radix + carry
        decimal[position] = sum % 10
        carry = sum / 10
      }
      while carry > 0 {
        decimal.append(carry % 10)
        carry /= 10
      }
    }
    return decimal.reversed().map(String.init).joined()
  }

  /// Returns the text of a float literal without `_`; a hexadecimal literal becomes decimal.
  static func float(_ literal: String) -> String? {
    let text = literal.filter { $0 != "_" }
    if text.hasPrefix("0x") { return Double(text).map(String.init(describing:)) }
    // JSON does not allow the leading zeros that Swift allows.
    let zeros = text.prefix { $0 == "0" }.count
    let next = text.dropFirst(zeros).first
    return zeros == 0 ? text : String(text.dropFirst(next?.isNumber == true ? zeros : zeros - 1))
  }
}

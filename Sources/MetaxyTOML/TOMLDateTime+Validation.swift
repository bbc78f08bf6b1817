internal import MetaxyTime

extension TOMLDateTime {
  /// Returns the kind of date or time that a word is; nil if it is not one.
  ///
  /// Years start at 1 and minutes have 60 seconds, as in Python's `tomllib`.
  static func kind(of word: String) -> Kind? {
    var rest = Array(word.utf8)[...]
    if takeTime(&rest) { return rest.isEmpty ? .localTime : nil }
    guard takeDate(&rest) else { return nil }
    if rest.isEmpty { return .localDate }
    guard let separator = rest.popFirst(), "Tt ".utf8.contains(separator), takeTime(&rest) else { return nil }
    if rest.isEmpty { return .localDateTime }
    return takeOffset(&rest) && rest.isEmpty ? .offsetDateTime : nil
  }

  /// Takes `2026-11-22`.
  private static func takeDate(_ rest: inout ArraySlice<UInt8>) -> Bool {
    var scan = rest
    guard let year = takeNumber(&scan, digits: 4, in: 1...9999), takeByte(&scan, "-"),
      let month = takeNumber(&scan, digits: 2, in: 1...12), takeByte(&scan, "-"),
      let day = takeNumber(&scan, digits: 2, in: 1...31), CivilDate(year: year, month: month, day: day) != nil
    else { return false }
    rest = scan
    return true
  }

  /// Takes `10:07:31` or `10:07:31.123456`.
  private static func takeTime(_ rest: inout ArraySlice<UInt8>) -> Bool {
    var scan = rest
    guard takeNumber(&scan, digits: 2, in: 0...23) != nil, takeByte(&scan, ":"),
      takeNumber(&scan, digits: 2, in: 0...59) != nil, takeByte(&scan, ":"),
      takeNumber(&scan, digits: 2, in: 0...59) != nil
    else { return false }
    if takeByte(&scan, ".") {
      let fraction = scan.prefix(while: \.isASCIIDigit)
      guard !fraction.isEmpty else { return false }
      scan = scan[fraction.endIndex...]
    }
    rest = scan
    return true
  }

  /// Takes `Z` or `+02:00`.
  private static func takeOffset(_ rest: inout ArraySlice<UInt8>) -> Bool {
    guard let first = rest.popFirst() else { return false }
    if first | 0x20 == UInt8(ascii: "z") { return true }
    guard first == UInt8(ascii: "+") || first == UInt8(ascii: "-") else { return false }
    return takeNumber(&rest, digits: 2, in: 0...23) != nil && takeByte(&rest, ":")
      && takeNumber(&rest, digits: 2, in: 0...59) != nil
  }

  private static func takeNumber(
    _ rest: inout ArraySlice<UInt8>, digits: Int, in range: ClosedRange<Int>
  ) -> Int? {
    let text = rest.prefix(digits)
    guard text.count == digits, text.allSatisfy(\.isASCIIDigit),
      let number = Int(String(decoding: text, as: UTF8.self)), range.contains(number)
    else { return nil }
    rest.removeFirst(digits)
    return number
  }

  private static func takeByte(_ rest: inout ArraySlice<UInt8>, _ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest.removeFirst()
    return true
  }
}

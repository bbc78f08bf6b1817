/// Reads durations in the format of PostgreSQL's settings.
enum Milliseconds {
  /// PostgreSQL's maximum.
  private static let most = Int(Int32.max)
  private static let units = ["ms": 1, "s": 1000, "min": 60_000, "h": 3_600_000]

  /// Returns the milliseconds of `250ms`, `5s`, `2min`, `1h` or `0`; nil for anything else.
  static func read(_ text: String) -> Int? {
    if text == "0" { return 0 }
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let count = Int(digits), let unit = units[text.dropFirst(digits.count).trimmingSpaces] else { return nil }
    let (product, overflow) = count.multipliedReportingOverflow(by: unit)
    return overflow || product > most ? nil : product
  }
}

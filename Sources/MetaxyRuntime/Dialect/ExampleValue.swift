internal import MetaxyDatabase
internal import MetaxyNames

/// A value of a row, for display: as a literal on one line, without the rest of a long one.
enum ExampleValue {
  private static let limit = 60

  static func text(of value: SQLValue) -> String {
    switch value {
    case .null: "NULL"
    case .integer(let number): String(number)
    case .real(let number): String(number)
    case .text(let text): SQLText.literal(shortened(text))
    case .blob(let bytes):
      "x'\(hexadecimal(bytes.prefix(limit / 2)))'\(bytes.count > limit / 2 ? "…" : "")"
    }
  }

  private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private static func shortened(_ text: String) -> String {
    let line = String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit + 1).map { $0.value < 32 ? " " : $0 }))
    return line.unicodeScalars.count > limit
      ? String(String.UnicodeScalarView(line.unicodeScalars.prefix(limit))) + "…" : line
  }
}

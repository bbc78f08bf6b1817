/// A value in a statement or a result.
package enum SQLValue: Sendable, Hashable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])

  /// The text, or an integer's digits; nil for NULL and every other value.
  package var text: String? {
    switch self {
    case .text(let text): text
    case .integer(let number): String(number)
    default: nil
    }
  }

  package var integer: Int64? {
    switch self {
    case .integer(let number): number
    case .text(let text): Int64(text)
    default: nil
    }
  }

  /// A text, or NULL.
  package init(_ text: String?) { self = text.map(SQLValue.text) ?? .null }
  package init(_ number: Int) { self = .integer(Int64(number)) }
}

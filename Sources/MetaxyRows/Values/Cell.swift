/// A value in a file of rows.
package enum Cell: Sendable, Hashable {
  case null
  case text(String)
  /// The digits of a number of JSON.
  case number(String)
  case truth(Bool)
  /// A JSON text, as it is stored.
  case json(String)

  /// The value for messages.
  package var displayText: String {
    switch self {
    case .null: "NULL"
    case .text(let text), .number(let text), .json(let text): "`\(text.prefix(60))`"
    case .truth(let value): "`\(value)`"
    }
  }
}

/// Why a stored value has no form in a file, or why a value of a file cannot be stored.
package struct CellRefusal: Error, Hashable {
  package let reason: String

  package init(_ reason: String) { self.reason = reason }
}

extension SQLValue {
  /// The value for messages.
  package var displayText: String {
    switch self {
    case .null: "NULL"
    case .integer(let number): "`\(number)`"
    case .real(let number): "`\(number)`"
    case .text(let text): "`\(text)`"
    case .blob(let bytes): "of \(bytes.count) bytes"
    }
  }
}

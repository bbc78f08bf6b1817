import MetaxyTOML

/// How a variable holds several values.
enum VariableList {
  /// Returns the items of `a, b` or, as Metaxy writes lists, of `["a", "b"]`; nil where the brackets do not hold
  /// strings.
  static func items(_ text: String) -> [String]? {
    let trimmed = text.trimmingSpaces
    guard trimmed.hasPrefix("[\"") else {
      return trimmed.split(separator: ",").map { $0.trimmingSpaces }.filter { !$0.isEmpty }
    }
    do {
      return try TOMLDocument("list = \(trimmed)", file: "").root.strings("list")
    } catch {
      return nil  // the caller says what was expected
    }
  }
}

extension StringProtocol {
  /// The text without white space at its ends.
  var trimmingSpaces: String {
    let front = drop(while: \.isWhitespace)
    return String(front.reversed().drop(while: \.isWhitespace).reversed())
  }
}

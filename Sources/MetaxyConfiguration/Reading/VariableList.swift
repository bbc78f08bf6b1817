import MetaxyTOML

/// The formats of a list in a variable.
enum VariableList {
  /// Returns the items of `a, b` or, in Metaxy's format, of `["a", "b"]`; nil if the brackets contain other values than
  /// strings.
  static func items(_ text: String) -> [String]? {
    let trimmed = text.trimmingSpaces
    guard trimmed.hasPrefix("[\"") else {
      return trimmed.split(separator: ",").map { $0.trimmingSpaces }.filter { !$0.isEmpty }
    }
    do {
      return try TOMLDocument("list = \(trimmed)", file: "").root.strings("list")
    } catch {
      return nil  // the caller reports the expected format
    }
  }
}

extension StringProtocol {
  /// The text without leading and trailing white space.
  package var trimmingSpaces: String {
    let front = drop(while: \.isWhitespace)
    return String(front.reversed().drop(while: \.isWhitespace).reversed())
  }
}

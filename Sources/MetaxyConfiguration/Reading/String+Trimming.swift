extension StringProtocol {
  /// The text without leading and trailing white space.
  package var trimmingSpaces: String {
    let front = drop(while: \.isWhitespace)
    return String(front.reversed().drop(while: \.isWhitespace).reversed())
  }
}

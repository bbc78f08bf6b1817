/// Pieces of messages.
package enum Wording {
  /// Returns the values in backticks, separated by commas: `` `a`, `b` ``.
  package static func list(_ values: some Sequence<some CustomStringConvertible>) -> String {
    values.map { "`\($0)`" }.joined(separator: ", ")
  }

  /// Returns a number with its noun: `1 row`, `2 rows`.
  ///
  /// - Parameters:
  ///   - number: how many there are.
  ///   - singular: the noun for one.
  ///   - plural: the noun for several; nil for the singular with `s`.
  /// - Returns: the number and the noun that fits it.
  package static func count(_ number: some BinaryInteger, _ singular: String, plural: String? = nil) -> String {
    "\(number) \(number == 1 ? singular : plural ?? singular + "s")"
  }
}

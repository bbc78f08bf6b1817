/// Pieces of messages.
package enum Wording {
  /// `` `a`, `b` ``
  package static func list(_ values: some Sequence<some CustomStringConvertible>) -> String {
    values.map { "`\($0)`" }.joined(separator: ", ")
  }

  /// `1 row`, `2 rows`
  ///
  /// - Parameter plural: where it is not the singular with `s`.
  package static func count(_ number: Int, _ singular: String, plural: String? = nil) -> String {
    "\(number) \(number == 1 ? singular : plural ?? singular + "s")"
  }
}

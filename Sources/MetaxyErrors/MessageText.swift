/// Counts and lists as messages write them.
package enum MessageText {
  /// `1 row`, `3 rows`.
  package static func count(_ number: some BinaryInteger, _ noun: String) -> String {
    "\(number) \(plural(noun, number))"
  }

  /// `row` for one, `rows` for any other number.
  package static func plural(_ noun: String, _ number: some BinaryInteger) -> String { number == 1 ? noun : noun + "s" }

  /// Names in backticks, separated by commas.
  package static func list(_ names: some Sequence<some CustomStringConvertible>) -> String {
    names.map { "`\($0)`" }.joined(separator: ", ")
  }
}

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

  /// Returns two definitions of an object: `integer -> bigint`.
  ///
  /// - Parameters:
  ///   - old: the definition before; nil for an object that is new.
  ///   - new: the definition after; nil for an object that goes.
  /// - Returns: the text; nil without a definition.
  package static func change(from old: String?, to new: String?) -> String? {
    old == nil && new == nil ? nil : [old, new].compactMap(\.self).joined(separator: " -> ")
  }

  /// Returns an operation with the definitions of its object: `change_type video.size: integer -> bigint`.
  ///
  /// - Parameters:
  ///   - operation: the operation.
  ///   - old: the definition before; nil for an object that is new.
  ///   - new: the definition after; nil for an object that goes.
  /// - Returns: the text.
  package static func change(_ operation: String, from old: String?, to new: String?) -> String {
    operation + (change(from: old, to: new).map { ": \($0)" } ?? "")
  }
}

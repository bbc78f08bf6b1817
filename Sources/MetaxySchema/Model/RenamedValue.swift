/// A value of a column or of an enum type that gets another spelling.
package struct RenamedValue: Sendable, Hashable {
  package var old: String
  package var new: String

  package init(_ old: String, to new: String) {
    self.old = old
    self.new = new
  }

  package var reversed: RenamedValue { RenamedValue(new, to: old) }
}

extension RenamedValue {
  /// The values of former names by new names, in the order of the new ones.
  static func list(_ names: [String: String]) -> [RenamedValue] {
    names.sorted { $0.key < $1.key }.map { RenamedValue($0.value, to: $0.key) }
  }
}

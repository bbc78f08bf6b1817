/// New names of the columns that a dependency takes, by their old ones: `["path": "source_path"]`.
///
/// It is not a dictionary: the order is part of the stored text of a spec, and names are equal when their Unicode
/// scalars are.
public struct ColumnRenames: Sendable, ExpressibleByDictionaryLiteral {
  package struct Pair: Sendable {
    package var old: String
    package var new: String

    package init(_ old: String, to new: String) {
      self.old = old
      self.new = new
    }
  }

  /// In the order in which they are written.
  package var pairs: [Pair]

  package init(_ pairs: [Pair]) { self.pairs = pairs }

  /// Creates renames from old and new names, in the order in which they are written.
  public init(dictionaryLiteral pairs: (String, String)...) {
    self.pairs = pairs.map { Pair($0.0, to: $0.1) }
  }

  /// The new name of a column; nil when it keeps its name.
  package subscript(old: String) -> String? {
    pairs.first { $0.old.utf8.elementsEqual(old.utf8) }?.new
  }
}

extension ColumnRenames.Pair: Hashable {
  package static func == (left: Self, right: Self) -> Bool {
    ScalarString(left.old) == ScalarString(right.old) && ScalarString(left.new) == ScalarString(right.new)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(ScalarString(old))
    hasher.combine(ScalarString(new))
  }
}

extension ColumnRenames: Hashable {}

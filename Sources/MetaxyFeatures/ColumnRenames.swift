/// New names of columns by their old ones, in the order in which they are written: `["path": "source_path"]`.
///
/// Not a dictionary: the order is part of a spec's stored text, and names are the same when their scalars are.
public struct ColumnRenames: Sendable, ExpressibleByDictionaryLiteral {
  public struct Pair: Sendable {
    public var old: String
    public var new: String

    public init(_ old: String, to new: String) {
      self.old = old
      self.new = new
    }
  }

  public var pairs: [Pair]

  public init(_ pairs: [Pair]) { self.pairs = pairs }

  public init(dictionaryLiteral pairs: (String, String)...) {
    self.pairs = pairs.map { Pair($0.0, to: $0.1) }
  }

  /// The new name of a column; nil when it keeps its own.
  public subscript(old: String) -> String? {
    pairs.first { $0.old.utf8.elementsEqual(old.utf8) }?.new
  }
}

extension ColumnRenames.Pair: Hashable {
  public static func == (left: Self, right: Self) -> Bool {
    ScalarString(left.old) == ScalarString(right.old) && ScalarString(left.new) == ScalarString(right.new)
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(ScalarString(old))
    hasher.combine(ScalarString(new))
  }
}

extension ColumnRenames: Hashable {}

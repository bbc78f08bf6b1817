internal import MetaxyFeatures
internal import MetaxySchema

extension Index {
  /// The columns of a unique index, to which foreign keys may refer; nil for all others.
  var keyColumns: Set<String>? { isUnique ? elements.columns.map(Set.init) : nil }

  /// The index without its name and comment, which are specific to a table.
  var unnamed: Index {
    var index = self
    index.name = .derived("")
    index.comment = nil
    return index
  }

  var namedColumns: Set<String> { elements.names.union(includes).union(predicate?.names ?? []) }

  /// Whether it contains more than columns.
  var hasExpressions: Bool { predicate != nil || elements.columns == nil }
}

internal import MetaxyFeatures
internal import MetaxySchema

extension Constraint {
  var namedColumns: Set<String> {
    switch self {
    case .primaryKey(let key): key.elements.names.union(key.includes)
    case .unique(let unique): unique.elements.names.union(unique.includes)
    case .check(let check): check.expression.names
    case .foreignKey(let key): Set(key.columns)
    case .exclusion(let exclusion):
      exclusion.elements.map(\.element).names.union(exclusion.includes).union(exclusion.predicate?.names ?? [])
    }
  }

  /// Whether it contains more than columns.
  var hasExpressions: Bool {
    switch self {
    case .check, .exclusion: true
    case .primaryKey, .unique, .foreignKey: false
    }
  }

  /// The columns of a primary key or unique constraint, to which foreign keys can refer; nil for other constraints.
  var keyColumns: Set<String>? {
    switch self {
    case .primaryKey(let key): Set(key.columns)
    case .unique(let unique): Set(unique.columns)
    case .check, .foreignKey, .exclusion: nil
    }
  }
}

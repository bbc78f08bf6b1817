internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxySQL
internal import MetaxySchema

// The columns that an object names: those of its lists, and the words of its expressions; false positives do no harm.

extension SQLExpression {
  /// The names in the expression, as PostgreSQL reads them.
  var names: Set<String> {
    // A text that cannot be tokenised names nothing; the engine reports the error.
    guard
      let tokens = try? SQLTokenizer.tokens(of: text(for: PostgreSQLDialect.name), lexicon: .postgresql)
    else { return [] }
    return Set(
      tokens.compactMap { token in
        switch token.kind {
        case .word: token.value.folded
        case .quotedIdentifier: token.value
        default: nil
        }
      })
  }
}

extension [IndexElement] {
  fileprivate var names: Set<String> {
    reduce(into: []) { names, element in
      switch element.term {
      case .column(let name): names.insert(name)
      case .expression(let expression): names.formUnion(expression.names)
      }
    }
  }

  /// The columns, if the elements contain no expressions.
  var columns: [String]? {
    let columns = compactMap { element in if case .column(let name) = element.term { name } else { nil } }
    return columns.count == count ? columns : nil
  }
}

extension Index {
  var namedColumns: Set<String> { elements.names.union(includes).union(predicate?.names ?? []) }

  /// Whether it contains more than columns.
  var hasExpressions: Bool { predicate != nil || elements.columns == nil }
}

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

  /// Returns the constraint with its name, or with the generated one.
  func named(in table: TableName) -> Constraint {
    guard name == nil else { return self }
    switch self {
    case .primaryKey(var key):
      key.name = ObjectNames.primaryKey(of: table)
      return .primaryKey(key)
    case .unique(var unique):
      unique.name = ObjectNames.unique(of: table, columns: unique.columns)
      return .unique(unique)
    case .check(var check):
      check.name = ObjectNames.check(of: table, expression: check.expression.text)
      return .check(check)
    case .foreignKey(var key):
      key.name = ObjectNames.foreignKey(of: table, columns: key.columns, to: key.table)
      return .foreignKey(key)
    case .exclusion(var exclusion):
      exclusion.name = ObjectNames.check(of: table, expression: displayText)
      return .exclusion(exclusion)
    }
  }

  var comment: String? {
    switch self {
    case .primaryKey(let key): key.comment
    case .unique(let unique): unique.comment
    case .check(let check): check.comment
    case .foreignKey(let key): key.comment
    case .exclusion(let exclusion): exclusion.comment
    }
  }

  /// Whether rows that are older than the constraint satisfy it too.
  var isValidated: Bool {
    switch self {
    case .check(let check): check.isValidated
    case .foreignKey(let key): key.isValidated
    case .primaryKey, .unique, .exclusion: true
    }
  }
}

extension Table {
  var constraints: [Constraint] {
    (primaryKey.map { [.primaryKey($0)] } ?? []) + uniques.map(Constraint.unique) + checks.map(Constraint.check)
      + exclusions.map(Constraint.exclusion) + foreignKeys.map(Constraint.foreignKey)
  }
}

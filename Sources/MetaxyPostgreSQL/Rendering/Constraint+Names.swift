internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

extension Constraint {
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
      exclusion.name = ObjectNames.check(of: table, expression: SQLWriter(PostgreSQLDialect()).clause(self))
      return .exclusion(exclusion)
    }
  }

  /// The constraint without its name, comment and storage, which are specific to a table.
  var unnamed: Constraint {
    switch self {
    case .primaryKey(var key):
      (key.name, key.comment, key.storage) = (nil, nil, [:])
      return .primaryKey(key)
    case .unique(var unique):
      (unique.name, unique.comment, unique.storage) = (nil, nil, [:])
      return .unique(unique)
    case .check(var check):
      (check.name, check.comment, check.column) = (nil, nil, nil)
      return .check(check)
    case .foreignKey(var key):
      (key.name, key.comment, key.column) = (nil, nil, nil)
      return .foreignKey(key)
    case .exclusion(var exclusion):
      (exclusion.name, exclusion.comment, exclusion.storage) = (nil, nil, [:])
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

}

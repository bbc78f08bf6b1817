internal import MetaxyNames
internal import MetaxySQL
internal import MetaxySchema

/// Tells that an operation cannot be done in place.
struct NeedsRebuild: Error {}

/// The constraints that come and go with the columns in whose definitions they stand.
struct ColumnConstraints {
  private var constraints: [Key: [Constraint]] = [:]

  private struct Key: Hashable {
    var table: TableName
    var column: String
  }

  init(of operations: [any MigrationOperation]) {
    let columns = Set(
      operations.compactMap { operation -> Key? in
        guard operation is AddColumn || operation is DropColumn, let name = operation.object else { return nil }
        return Key(table: operation.table, column: name.folded)
      })
    for operation in operations {
      guard let (key, constraint) = Self.key(of: operation), columns.contains(key) else { continue }
      constraints[key, default: []].append(constraint)
    }
  }

  /// Whether an operation is done by that on its column.
  func contains(_ operation: any MigrationOperation) -> Bool {
    Self.key(of: operation).map { constraints[$0.0] != nil } ?? false
  }

  func with(_ column: String, of table: TableName) -> [Constraint] {
    constraints[Key(table: table, column: column.folded)] ?? []
  }

  private static func key(of operation: any MigrationOperation) -> (Key, Constraint)? {
    let constraint = (operation as? AddConstraint)?.constraint ?? (operation as? DropConstraint)?.constraint
    if case .primaryKey = constraint { return nil }  // no key comes or goes in place
    guard let constraint, let column = constraint.definingColumn else { return nil }
    return (Key(table: operation.table, column: column.folded), constraint)
  }
}

internal import MetaxyNames
internal import MetaxySchema

/// The constraints in the definitions of columns, which are added and dropped with their columns.
struct ColumnConstraints {
  private var constraints: [Key: [Constraint]] = [:]

  private struct Key: Hashable {
    var table: TableName
    var column: String
  }

  init(of operations: [MigrationOperation]) {
    let columns = Set(
      operations.compactMap { operation -> Key? in
        switch operation {
        case .addColumn(let addition): Key(table: addition.table, column: addition.column.name.folded)
        case .dropColumn(let removal): Key(table: removal.table, column: removal.column.name.folded)
        default: nil
        }
      })
    for operation in operations {
      guard let (key, constraint) = Self.key(of: operation), columns.contains(key) else { continue }
      constraints[key, default: []].append(constraint)
    }
  }

  /// Whether an operation is part of the operation on its column.
  func contains(_ operation: MigrationOperation) -> Bool {
    Self.key(of: operation).map { constraints[$0.0] != nil } ?? false
  }

  func with(_ column: String, of table: TableName) -> [Constraint] {
    constraints[Key(table: table, column: column.folded)] ?? []
  }

  private static func key(of operation: MigrationOperation) -> (Key, Constraint)? {
    let constraint: Constraint
    switch operation {
    case .addConstraint(let addition): constraint = addition.constraint
    case .dropConstraint(let removal): constraint = removal.constraint
    default: return nil
    }
    if case .primaryKey = constraint { return nil }  // a key cannot be added or dropped in place
    guard let column = constraint.definingColumn else { return nil }
    return (Key(table: operation.table, column: column.folded), constraint)
  }
}

internal import MetaxyNames
internal import MetaxySQL
internal import MetaxySchema

/// The constraints and indexes that a partition shares with its partitioned table.
struct PartitionInheritance {
  let start: Schema

  init(on start: Schema) { self.start = start }

  /// Leaves out the operations that PostgreSQL performs when it attaches a partition: shared constraints and indexes belong
  /// to the partitioned table, and remain when the partition is detached.
  func withoutInherited(_ operations: [MigrationOperation]) -> [MigrationOperation] {
    var inherited: [TableName: (constraints: Set<Constraint>, indexes: Set<Index>)] = [:]
    for case .changePartition(let change) in operations {
      for parent in [change.old, change.new].compactMap({ $0.flatMap { start[$0.parent] } }) {
        inherited[change.table, default: ([], [])].constraints.formUnion(parent.constraints.map(\.unnamed))
        inherited[change.table, default: ([], [])].indexes.formUnion(parent.indexes.map(\.unnamed))
      }
    }
    return operations.filter { operation in
      guard let (constraints, indexes) = inherited[operation.table] else { return true }
      switch operation {
      case .addConstraint(let addition): return !constraints.contains(addition.constraint.unnamed)
      case .dropConstraint(let removal): return !constraints.contains(removal.constraint.unnamed)
      case .createIndex(let creation): return !indexes.contains(creation.index.unnamed)
      case .dropIndex(let removal): return !indexes.contains(removal.index.unnamed)
      default: return true
      }
    }
  }
}

internal import MetaxySorting

/// Constraints and indexes that exchange their names: each rename needs a name that another one has, so none can be the
/// first.
///
/// They are dropped and created instead, which needs no free name and can keep the old index until the new one is built.
enum NameExchange {
  /// Returns the operations without renames that wait for each other.
  static func resolved(_ operations: [MigrationOperation]) -> [MigrationOperation] {
    let renames = operations.indices.filter { operations[$0].replacement != nil }
    guard renames.count > 1 else { return operations }
    var holders: [ObjectName: Int] = [:]
    for (number, place) in renames.enumerated() {
      for name in operations[place].releasedNames { holders[name] = number }
    }
    let needs = renames.map { place in operations[place].claimedNames.compactMap { holders[$0] } }
    let waiting = Set(DependencySort(needs: needs).cycles.joined().map { renames[$0] })
    return operations.enumerated().flatMap { place, operation in
      waiting.contains(place) ? operation.replacement ?? [operation] : [operation]
    }
  }
}

extension MigrationOperation {
  /// What has the effect of the rename of a constraint or index; nil for other operations.
  fileprivate var replacement: [MigrationOperation]? {
    switch self {
    case .renameConstraint(let rename):
      [
        .dropConstraint(.init(table: rename.table, constraint: rename.old)),
        .addConstraint(.init(table: rename.table, constraint: rename.new)),
      ]
    case .renameIndex(let rename):
      [
        .dropIndex(.init(table: rename.table, index: rename.old)),
        .createIndex(.init(table: rename.table, index: rename.new)),
      ]
    default: nil
    }
  }
}

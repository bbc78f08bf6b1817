internal import MetaxyNames

/// Compares partitions.
struct PartitionComparator<Rules: ComparisonRules> {
  let rules: Rules

  /// Partitions are detached before the partitioned table changes, because its changes would affect them, and attached when both
  /// have the same columns.
  func operations(for pairs: TablePairs) -> (first: [MigrationOperation], last: [MigrationOperation]) {
    let replaced = Set(pairs.replaced.map { rules.folded($0.live.name) })
    let changed = pairs.kept.filter { pair in
      !isSame(pair.live.partition, pair.desired.partition)
        || pair.live.partition.map { replaced.contains(rules.folded($0.parent)) } ?? false
    }
    let first = changed.filter { $0.live.partition != nil }.map {
      MigrationOperation.changePartition(.init(table: $0.live.name, from: $0.live.partition, to: nil))
    }
    let last = changed.filter { $0.desired.partition != nil }.map {
      MigrationOperation.changePartition(.init(table: $0.live.name, from: nil, to: $0.desired.partition))
    }
    return (first, last)
  }

  /// Returns the pairs with the live partitions as they are after the changes of their parents, which also change the
  /// partitions. The partitions come last, so that their own changes are not overwritten.
  ///
  /// - Parameter compare: returns the operations on a table.
  func followingWholes(
    _ pairs: [TablePair], compare: (TablePair) -> [MigrationOperation]
  ) -> [TablePair] {
    let byName = Dictionary(pairs.map { (rules.folded($0.live.name), $0) }) { first, _ in first }
    let parts = pairs.map { (pair: $0, wholes: wholes(of: $0, in: byName)) }
    return parts.enumerated().sorted { ($0.element.wholes.count, $0.offset) < ($1.element.wholes.count, $1.offset) }
      .map { following($0.element.wholes, $0.element.pair, compare) }
  }

  private func following(
    _ wholes: [TablePair], _ pair: TablePair, _ compare: (TablePair) -> [MigrationOperation]
  ) -> TablePair {
    // From the outermost table to the innermost: changes reach a nested partition through the partitions above it.
    let changes = wholes.reversed().reduce(into: [MigrationOperation]()) { changes, whole in
      changes += compare(whole.following(changes))
    }
    return pair.following(changes)
  }

  /// Returns the parents of a table that stays a partition, from the nearest outwards.
  private func wholes(of pair: TablePair, in pairs: [TableName: TablePair]) -> [TablePair] {
    var wholes: [TablePair] = []
    var part = pair
    // A table is never its own partition, but a hand-edited record may contain a cycle.
    while let partition = part.live.partition, isSame(partition, part.desired.partition),
      let whole = pairs[rules.folded(partition.parent)], !wholes.contains(whole)
    {
      wholes.append(whole)
      part = whole
    }
    return wholes
  }

  private func isSame(_ left: Partition?, _ right: Partition?) -> Bool {
    left?.bound == right?.bound && left.map { rules.folded($0.parent) } == right.map { rules.folded($0.parent) }
  }
}

extension TablePair {
  /// The pair with the live table as it is after the changes of the partitioned table.
  fileprivate func following(_ changes: [MigrationOperation]) -> TablePair {
    guard !changes.isEmpty else { return self }
    let followed = Schema([live]).applying(changes.compactMap { $0.following(onto: live.name) })
    return TablePair(live: followed[live.name] ?? live, desired: desired)
  }
}

extension MigrationOperation {
  /// The effect of a change of a partitioned table on a partition; nil for a change that stays on the
  /// partitioned table, or that the comparison of a partition does not depend on.
  fileprivate func following(onto part: TableName) -> MigrationOperation? {
    switch self {
    case .addColumn(let addition): .addColumn(.init(table: part, column: addition.column))
    case .dropColumn(let removal): .dropColumn(.init(table: part, column: removal.column))
    case .changeColumn(let change) where change.aspect != .comment && change.aspect != .storage:
      .changeColumn(.init(table: part, aspect: change.aspect, from: change.old, to: change.new))
    default: nil
    }
  }
}

/// Compares unique constraints and indexes, which share one namespace: an index's name may move to a constraint.
///
/// The order is Alembic's: drops by name; objects that are replaced under their name; additions by name.
struct UniquenessComparator<Rules: ComparisonRules> {
  let rules: Rules
  /// The live indexes that the engine does not use.
  var invalidIndexes: Set<String> = []

  func operations(from live: Table, to desired: Table) -> [MigrationOperation] {
    let uniques = UniqueComparator(rules: rules).differences(from: live, to: desired)
    let indexes = IndexComparator(rules: rules, invalidIndexes: invalidIndexes).differences(from: live, to: desired)
    let removed =
      uniques.removed.map { Change($0.constraint.name?.text, .dropConstraint($0)) }
      + indexes.removed.map { Change($0.index.name.text, .dropIndex($0)) }
    let added =
      uniques.added.map { Change($0.constraint.name?.text, .addConstraint($0)) }
      + indexes.added.map { Change($0.index.name.text, .createIndex($0)) }
    let coming = Set(added.compactMap(\.name))
    let going = Set(removed.compactMap(\.name))
    let isRemade = { (change: Change) in change.name.map { coming.contains($0) && going.contains($0) } ?? false }

    // The sort is stable, so the drop stays before the addition with the same name.
    let remade = (removed + added).filter(isRemade).sorted { ($0.name ?? "") < ($1.name ?? "") }
    return uniques.renamed.map(MigrationOperation.renameConstraint)
      + uniques.changed.map(MigrationOperation.changeConstraint)
      + indexes.renamed.map(MigrationOperation.renameIndex)
      + (removed.filter { !isRemade($0) }.sorted() + remade + added.filter { !isRemade($0) }.sorted())
      .map(\.operation)
  }

  private struct Change: Comparable {
    var name: String?
    var operation: MigrationOperation

    init(_ name: String?, _ operation: MigrationOperation) {
      self.name = name
      self.operation = operation
    }

    /// Sorts by name; objects without a name come last.
    static func < (left: Change, right: Change) -> Bool {
      switch (left.name, right.name) {
      case (let left?, let right?): left < right
      case (nil, nil): left.operation.description < right.operation.description
      case (let left, _): left != nil
      }
    }

    static func == (left: Change, right: Change) -> Bool { !(left < right) && !(right < left) }
  }
}

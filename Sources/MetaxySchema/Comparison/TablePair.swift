/// A table in its live and its desired form.
package struct TablePair: Sendable, Hashable {
  package var live: Table
  package var desired: Table

  package init(live: Table, desired: Table) {
    self.live = live
    self.desired = desired
  }
}

/// The tables of two schemas, matched by name.
struct TablePairs {
  private(set) var added: [Table] = []
  private(set) var removed: [Table] = []
  private(set) var kept: [TablePair] = []
  /// Tables whose rows cannot be kept, because the partitioning of an existing table cannot change.
  private(set) var replaced: [TablePair] = []

  init(from live: Schema, to desired: Schema, rules: some ComparisonRules) {
    let liveByName = Dictionary(live.sorted.map { (rules.folded($0.name), $0) }) { first, _ in first }
    let names = Set(desired.sorted.map { rules.folded($0.name) })
    removed = live.sorted.filter { !names.contains(rules.folded($0.name)) }
    for table in desired.sorted {
      guard let old = liveByName[rules.folded(table.name)] else {
        added.append(table)
        continue
      }
      let pair = TablePair(live: old, desired: table)
      if old.partitioning == table.partitioning { kept.append(pair) } else { replaced.append(pair) }
    }
    added = (added + replaced.map(\.desired)).sorted { $0.name < $1.name }
  }
}

/// A table in its live and its desired form.
package struct TablePair: Sendable, Hashable {
  package var live: Table
  package var desired: Table

  package init(live: Table, desired: Table) {
    self.live = live
    self.desired = desired
  }

  /// Whether both forms are the same without the rules of any engine. The order of indexes and constraints, which a catalog
  /// does not keep, does not count.
  var isUnchanged: Bool {
    var live = live
    Self.arrange(&live.uniques, as: desired.uniques)
    Self.arrange(&live.checks, as: desired.checks)
    Self.arrange(&live.foreignKeys, as: desired.foreignKeys)
    Self.arrange(&live.indexes, as: desired.indexes)
    return live == desired
  }

  /// Brings parts into another order, if they are the same.
  private static func arrange<Part: Hashable>(_ parts: inout [Part], as wanted: [Part]) {
    guard parts != wanted, parts.count == wanted.count, Set(wanted).count == wanted.count, Set(parts) == Set(wanted)
    else { return }
    parts = wanted
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
    let (liveTables, tables) = (live.sorted, desired.sorted)
    let liveByName = Dictionary(liveTables.map { (rules.folded($0.name), $0) }) { first, _ in first }
    let names = Set(tables.map { rules.folded($0.name) })
    removed = liveTables.filter { !names.contains(rules.folded($0.name)) }
    for table in tables {
      guard let old = liveByName[rules.folded(table.name)] else {
        added.append(table)
        continue
      }
      let pair = TablePair(live: old, desired: table)
      if old.partitioning == table.partitioning { kept.append(pair) } else { replaced.append(pair) }
    }
    if !replaced.isEmpty { added = (added + replaced.map(\.desired)).sorted { $0.name < $1.name } }
  }
}

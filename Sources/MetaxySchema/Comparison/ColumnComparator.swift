import MetaxyFeatures

/// Compares columns: added, changed, removed. Their order is never a difference.
struct ColumnComparator<Rules: ComparisonRules> {
  let rules: Rules

  struct Differences {
    var added: [MigrationOperation] = []
    var changed: [MigrationOperation] = []
    var removed: [MigrationOperation] = []
  }

  func differences(from live: Table, to desired: Table) -> Differences {
    var changed: [MigrationOperation] = []
    var added: [Column] = []
    let liveColumns = Dictionary(live.columns.map { (rules.folded($0.name), $0) }) { first, _ in first }
    let desiredNames = Set(desired.columns.map { rules.folded($0.name) })
    for column in desired.columns {
      guard let old = liveColumns[rules.folded(column.name)] else {
        added.append(column)
        continue
      }
      for aspect in Aspect.allCases where !isSame(in: aspect, old, column, options: desired.options) {
        let isWithoutEffect =
          aspect == .nullable && rules.neverHoldsNull(old, of: live) && rules.neverHoldsNull(column, of: desired)
        guard !isWithoutEffect, aspect != .storage || desired.specifiesSettings else { continue }
        changed.append(.changeColumn(.init(table: live.name, aspect: aspect, from: old, to: column)))
      }
    }
    let removed = live.columns.filter { !desiredNames.contains(rules.folded($0.name)) }
    return Differences(
      added: ColumnOrder.namedFirst(added, of: desired).map { .addColumn(.init(table: live.name, column: $0)) },
      changed: changed,
      // In reverse order, so that the downgrade adds them in their original order.
      removed: ColumnOrder.namedFirst(removed, of: live).reversed().map {
        .dropColumn(.init(table: live.name, column: $0))
      })
  }

  private typealias Aspect = ChangeColumn.Aspect

  func isSame(in aspect: ChangeColumn.Aspect, _ old: Column, _ new: Column, options: [TableOption]) -> Bool {
    switch aspect {
    case .type: rules.isSame(old.type, new.type, in: options)
    case .nullable: old.isNullable == new.isNullable && rules.isSame(old.onConflict, new.onConflict)
    case .default: rules.isSame(old.defaultValue, new.defaultValue)
    case .computed: rules.isSame(old.generated, new.generated)
    case .identity: rules.isSame(old.identity, new.identity)
    case .collation: rules.isSame(collation: old.collation, new.collation)
    case .comment: old.comment == new.comment
    case .storage: old.storage == new.storage
    }
  }
}

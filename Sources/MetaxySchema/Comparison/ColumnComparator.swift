import MetaxyFeatures

/// Compares columns: added, changed, removed. Their order is never a difference.
struct ColumnComparator<Rules: ComparisonRules> {
  let rules: Rules

  struct Differences {
    var added: [any MigrationOperation] = []
    var changed: [any MigrationOperation] = []
    var removed: [any MigrationOperation] = []
  }

  func differences(from live: Table, to desired: Table) -> Differences {
    var differences = Differences()
    for column in desired.columns {
      if let old = live.column(column.name) {
        differences.changed += Aspect.allCases
          .filter { !isSame(in: $0, old, column, options: desired.options) }
          .map { ChangeColumn(table: live.name, aspect: $0, from: old, to: column) }
      } else {
        differences.added.append(AddColumn(table: live.name, column: column))
      }
    }
    for column in live.columns where desired.column(column.name) == nil {
      differences.removed.append(DropColumn(table: live.name, column: column))
    }
    return differences
  }

  private typealias Aspect = ChangeColumn.Aspect

  private func isSame(in aspect: Aspect, _ old: Column, _ new: Column, options: [TableOption]) -> Bool {
    switch aspect {
    case .type: rules.isSame(old.type, new.type, in: options)
    case .nullable: old.isNullable == new.isNullable && rules.isSame(old.onConflict, new.onConflict)
    case .default: rules.isSame(old.defaultValue, new.defaultValue)
    case .computed: rules.isSame(old.generated, new.generated)
    case .collation: rules.isSame(collation: old.collation, new.collation)
    }
  }
}

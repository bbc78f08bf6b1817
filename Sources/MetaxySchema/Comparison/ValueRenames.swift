internal import MetaxyFeatures
internal import MetaxyNames

/// Adds the renames of values to the changes of a table: a declared one is part of the change of the check that lists the
/// values of its column.
struct ValueRenames<Rules: ComparisonRules> {
  let rules: Rules
  /// Former values by new ones, by the new names of tables and columns.
  let declared: [TableName: [String: [String: String]]]

  /// Returns the changes of a table with the renames of its values.
  func completing(_ changes: [MigrationOperation], of pair: TablePair) -> [MigrationOperation] {
    guard !declared.isEmpty,
      let ofTable = declared.first(where: { rules.folded($0.key) == rules.folded(pair.desired.name) })?.value
    else { return changes }
    return ofTable.sorted { $0.key < $1.key }.reduce(changes) { changes, declared in
      guard let old = rules.column(declared.key, of: pair.live), let new = rules.column(declared.key, of: pair.desired)
      else { return changes }
      let values = RenamedValue.list(declared.value).filter { isDue($0, old, new, pair) }
      return inserting(
        values.map { .renameValue(.init(table: pair.live.name, column: old.name, $0)) }, into: changes, old, new)
    }
  }

  /// Whether the live check allows the old value only, and the desired one the new value only.
  private func isDue(_ value: RenamedValue, _ old: Column, _ new: Column, _ pair: TablePair) -> Bool {
    guard let before = rules.allowedValues(of: old, in: pair.live),
      let after = rules.allowedValues(of: new, in: pair.desired)
    else { return false }
    return before.contains(value.old) && !before.contains(value.new) && after.contains(value.new)
      && !after.contains(value.old)
  }

  /// A longer column holds all the values before its type changes, or after it.
  private func inserting(
    _ renames: [MigrationOperation], into changes: [MigrationOperation], _ old: Column, _ new: Column
  ) -> [MigrationOperation] {
    let place = changes.firstIndex { operation in
      guard case .changeColumn(let change) = operation, change.aspect == .type else { return false }
      return change.new.name == new.name
    }
    guard let place else { return renames + changes }
    let isShorter = length(old).map { old in length(new).map { $0 < old } ?? false } ?? true
    return Array(changes[..<place]) + (isShorter ? renames + [changes[place]] : [changes[place]] + renames)
      + changes[(place + 1)...]
  }

  /// The number of characters that a column can hold; nil for any number.
  private func length(_ column: Column) -> Int? {
    switch column.type {
    case .string(let length): length
    case .raw(let type): type.text.split { !$0.isNumber }.first.flatMap { Int($0) }
    default: nil
    }
  }
}

extension ComparisonRules {
  /// Returns the values that a check of a table lists for a column; nil if none does.
  package func allowedValues(of column: Column, in table: Table) -> [String]? {
    table.checks.lazy.compactMap { allowedValues(of: $0.expression) }
      .first { isSame(name: $0.column, column.name) }?.values
  }
}

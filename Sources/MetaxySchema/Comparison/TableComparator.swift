import MetaxyFeatures

/// Compares the properties of tables as a whole.
struct TableComparator {
  func operations(from live: Table, to desired: Table) -> [any MigrationOperation] {
    var operations: [any MigrationOperation] = []
    if Set(live.options) != Set(desired.options) {
      operations.append(ChangeTableOptions(table: live.name, from: live.options, to: desired.options))
    }
    if live.storage != desired.storage {
      operations.append(ChangeStorage(table: live.name, from: live.storage, to: desired.storage))
    }
    return operations
  }
}

import MetaxyFeatures

/// Compares the properties of tables as a whole.
struct TableComparator {
  func operations(from live: Table, to desired: Table) -> [MigrationOperation] {
    var operations: [MigrationOperation] = []
    if Set(live.options) != Set(desired.options) {
      operations.append(
        .changeTableOptions(.init(table: live.name, from: live.options, to: desired.options)))
    }
    if live.storage != desired.storage {
      operations.append(.changeStorage(.init(table: live.name, from: live.storage, to: desired.storage)))
    }
    return operations
  }
}

internal import MetaxySchema

extension TableSettings {
  /// Reads the settings of a table.
  init(_ row: CatalogRow) {
    self.init()
    rowSecurity = RowSecurity(isEnabled: row.flag(10), isForced: row.flag(11))
    replicaIdentity =
      switch row.text(12) {
      case "f": .full
      // Without the index, which was dropped, no column is written.
      case "i": row.optionalText(13).map(ReplicaIdentity.index) ?? .nothing
      case "n": .nothing
      default: .primaryKey
      }
    clusteredIndex = row.optionalText(14)
  }
}

extension ColumnStorage {
  /// Reads the storage of a column.
  init(_ row: CatalogRow) {
    self.init(
      strategy: row.optionalText(10).flatMap { Self.strategies[$0] },
      compression: row.optionalText(12).flatMap { Self.methods[$0] }, statistics: row.number(13),
      options: row.parameters(14), usualStrategy: row.optionalText(11).flatMap { Self.strategies[$0] })
  }

  private static let strategies = ["p": "plain", "e": "external", "m": "main", "x": "extended"]
  private static let methods = ["p": "pglz", "l": "lz4"]
}

extension RowPolicy {
  /// Reads a row policy.
  init(_ row: CatalogRow) {
    self.init(
      row.text(1), for: Self.commands[row.text(2)] ?? .all, isPermissive: row.flag(3), to: row.optionalText(4),
      using: row.optionalText(5).map(ExpressionText.bare), check: row.optionalText(6).map(ExpressionText.bare),
      comment: row.optionalText(7))
  }

  private static let commands: [String: Command] = ["r": .select, "a": .insert, "w": .update, "d": .delete]
}

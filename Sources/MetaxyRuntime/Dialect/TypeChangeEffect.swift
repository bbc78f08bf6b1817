/// What a change of a column's type can do to existing rows.
package struct TypeChangeEffect: Sendable, Hashable {
  /// Whether the new type holds some values only changed, so that they do not come back.
  package var changesValues: Bool
  /// Whether the new type refuses some values.
  package var canFail: Bool
  /// Whether the engine rewrites the table, and locks other sessions out while it does.
  package var rewritesTable: Bool

  package init(changesValues: Bool, canFail: Bool, rewritesTable: Bool) {
    self.changesValues = changesValues
    self.canFail = canFail
    self.rewritesTable = rewritesTable
  }
}

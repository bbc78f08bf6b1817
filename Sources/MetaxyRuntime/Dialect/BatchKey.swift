/// The key that orders the rows of a table for an UPDATE in batches: the number or place of a row, or its primary key.
package struct BatchKey: Sendable {
  /// The number of rows of one transaction in a revision that metaxy writes.
  package static let standardRows = 10_000

  /// The columns of the key, as SQL.
  package var columns: [String]
  /// Whether a query must sort by it to read rows in this order; otherwise any rows do for a batch, and those between them.
  package var needsSorting: Bool
  /// Returns an expression for the text of a value as an SQL literal.
  package var literal: @Sendable (String) -> String

  package init(_ columns: [String], needsSorting: Bool, literal: @escaping @Sendable (String) -> String) {
    self.columns = columns
    self.needsSorting = needsSorting
    self.literal = literal
  }
}

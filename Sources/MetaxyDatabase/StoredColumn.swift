package import MetaxyFeatures

/// A column of a table in a database, as far as reading and writing rows depends on it.
package struct StoredColumn: Sendable, Hashable {
  package var name: String
  /// A raw type if no type of a feature matches.
  package var type: ColumnType
  package var isNullable: Bool
  /// Whether the database computes the column from others.
  package var isGenerated: Bool
  /// Whether the column has a default.
  package var hasDefault: Bool

  package init(name: String, type: ColumnType, isNullable: Bool, isGenerated: Bool, hasDefault: Bool) {
    self.name = name
    self.type = type
    self.isNullable = isNullable
    self.isGenerated = isGenerated
    self.hasDefault = hasDefault
  }
}

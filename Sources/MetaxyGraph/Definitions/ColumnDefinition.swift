package import MetaxyErrors
package import MetaxyFeatures

/// A stored property of a feature, as a column.
package struct ColumnDefinition: Sendable, Hashable {
  /// The property's name in Swift.
  package var property: String
  /// The column's name: explicit, or generated from the property's by ``ColumnName``.
  package var name: String
  package var type: ColumnType
  /// The raw values, if the property's type is an enumeration of strings.
  package var enumeration: [String]?
  package var isNullable: Bool
  package var isPrimaryKey: Bool
  package var isUnique: Bool
  package var isIndexed: Bool
  package var defaultValue: ColumnDefault?
  package var references: ColumnReference?
  package var generated: GeneratedValue?
  package var collation: String?
  /// The explicit comment, or the property's doc comment.
  package var comment: String?
  package var renamedFrom: String?
  /// The former spellings of values, by value.
  package var renamedValues: [String: String] = [:]
  /// The property's initial value, which existing rows get when the column is added.
  package var initialValue: LiteralValue?
  /// The value that existing rows get, before the initial value of the property and the default of the column.
  package var backfill: ColumnDefault?
  /// The expression that converts existing values to a new type.
  package var using: SQLExpression?
  package var source: SourceLocation
  /// The property's Swift declaration; nil for a column of a feature that another program exported.
  package var swift: SwiftProperty?

  package init(
    property: String, name: String, type: ColumnType, enumeration: [String]? = nil, isNullable: Bool = false,
    isPrimaryKey: Bool = false, isUnique: Bool = false, isIndexed: Bool = false, defaultValue: ColumnDefault? = nil,
    references: ColumnReference? = nil, generated: GeneratedValue? = nil, collation: String? = nil,
    comment: String? = nil, renamedFrom: String? = nil, initialValue: LiteralValue? = nil, source: SourceLocation
  ) {
    self.property = property
    self.name = name
    self.type = type
    self.enumeration = enumeration
    self.isNullable = isNullable
    self.isPrimaryKey = isPrimaryKey
    self.isUnique = isUnique
    self.isIndexed = isIndexed
    self.defaultValue = defaultValue
    self.references = references
    self.generated = generated
    self.collation = collation
    self.comment = comment
    self.renamedFrom = renamedFrom
    self.initialValue = initialValue
    self.source = source
  }
}

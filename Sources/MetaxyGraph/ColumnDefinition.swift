public import MetaxyErrors
public import MetaxyFeatures

/// A stored property of a feature, as the column it becomes.
public struct ColumnDefinition: Sendable, Hashable {
  /// The property's name in Swift.
  public var property: String
  /// The column's name: given, or made from the property by ``ColumnName``.
  public var name: String
  public var type: ColumnType
  /// The raw values, where the property's type is an enumeration of strings.
  public var enumeration: [String]?
  public var isNullable: Bool
  public var isPrimaryKey: Bool
  public var isUnique: Bool
  public var isIndexed: Bool
  public var defaultValue: ColumnDefault?
  public var references: ColumnReference?
  public var generated: GeneratedValue?
  public var collation: String?
  /// The property's doc comment, or the comment that is given.
  public var comment: String?
  public var renamedFrom: String?
  /// The property's initial value: what rows that exist get when the column is added.
  public var initialValue: LiteralValue?
  public var source: SourceLocation
  /// What a program sees of the property; nil for a column of a feature that another program exported.
  public var swift: SwiftProperty?

  public init(
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

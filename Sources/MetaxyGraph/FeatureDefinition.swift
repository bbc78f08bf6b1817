public import MetaxyErrors
public import MetaxyFeatures

/// A feature as its source declares it: what the graph and the tables are derived from.
public struct FeatureDefinition: Sendable, Hashable {
  public var key: FeatureKey
  /// The type's name, with the types it is nested in: `Crops.Face`; the class path of a feature that another program exported.
  public var typeName: String
  /// The project of a feature that another program exported; nil for the project at hand.
  public var project: String?
  /// Where the feature is declared: the position of its `@Feature`.
  public var source: SourceLocation

  /// From the feature or its base; `["sample_uid"]` when neither says.
  public var idColumns: [String]
  /// Whether the spec has its one ID column as a text, not in a list. Metaxy lets a base do so, and hashes what it finds.
  public var writesIDColumnAsText = false
  /// nil when the attribute gives none; distinct from an empty list, as in Metaxy.
  public var dependencies: [FeatureDependency]?
  /// Never empty by omission: a feature that names no field has the field `default`.
  public var fields: [FieldSpec]
  public var metadata: JSONValue?
  /// Further members of the spec: an object.
  public var attributes: JSONValue?

  /// A table name that is given; nil when it follows from the key.
  public var table: String?
  public var schema: String?
  public var tableRenamedFrom: String?
  public var comment: String?
  public var columns: [ColumnDefinition]
  /// nil when none is declared at the table.
  public var primaryKey: [String]?
  public var unique: [UniqueAttribute]
  public var indexes: [IndexAttribute]
  public var checks: [CheckAttribute]
  public var foreignKeys: [ForeignKeyAttribute]
  public var options: [TableOption]
  public var places: FeaturePlaces
  /// What a program sees of the type; nil for a feature that another program exported.
  public var swift: SwiftDeclaration?

  public init(
    key: FeatureKey, typeName: String, project: String? = nil, source: SourceLocation,
    idColumns: [String] = ["sample_uid"],
    dependencies: [FeatureDependency]? = nil, fields: [FieldSpec] = [FieldSpec(key: "default")],
    metadata: JSONValue? = nil, attributes: JSONValue? = nil, table: String? = nil, schema: String? = nil,
    tableRenamedFrom: String? = nil, comment: String? = nil, columns: [ColumnDefinition] = [],
    primaryKey: [String]? = nil, unique: [UniqueAttribute] = [], indexes: [IndexAttribute] = [],
    checks: [CheckAttribute] = [], foreignKeys: [ForeignKeyAttribute] = [], options: [TableOption] = [],
    places: FeaturePlaces = FeaturePlaces()
  ) {
    self.key = key
    self.typeName = typeName
    self.project = project
    self.source = source
    self.idColumns = idColumns
    self.dependencies = dependencies
    self.fields = fields
    self.metadata = metadata
    self.attributes = attributes
    self.table = table
    self.schema = schema
    self.tableRenamedFrom = tableRenamedFrom
    self.comment = comment
    self.columns = columns
    self.primaryKey = primaryKey
    self.unique = unique
    self.indexes = indexes
    self.checks = checks
    self.foreignKeys = foreignKeys
    self.options = options
    self.places = places
  }
}

package import MetaxyErrors
package import MetaxyFeatures

/// A feature as its source declares it: what the graph and the tables are derived from.
package struct FeatureDefinition: Sendable, Hashable {
  package var key: FeatureKey
  /// The type's name, with the types it is nested in: `Crops.Face`; the class path of a feature that another program exported.
  package var typeName: String
  /// The project of a feature that another program exported; nil for the project at hand.
  package var project: String?
  /// Where the feature is declared: the position of its `@Feature`.
  package var source: SourceLocation

  /// From the feature or its base; `["sample_uid"]` when neither says.
  package var idColumns: [String]
  /// Whether the spec has its one ID column as a text, not in a list. Metaxy lets a base do so, and hashes what it finds.
  package var writesIDColumnAsText = false
  /// nil when the attribute gives none; distinct from an empty list, as in Metaxy.
  package var dependencies: [FeatureDependency]?
  /// Never empty by omission: a feature that names no field has the field `default`.
  package var fields: [FieldSpec]
  package var metadata: JSONValue?
  /// Further members of the spec: an object.
  package var attributes: JSONValue?

  /// A table name that is given; nil when it follows from the key.
  package var table: String?
  package var schema: String?
  package var tableRenamedFrom: String?
  package var comment: String?
  package var columns: [ColumnDefinition]
  /// nil when none is declared at the table.
  package var primaryKey: [String]?
  package var unique: [UniqueAttribute]
  package var indexes: [IndexAttribute]
  package var checks: [CheckAttribute]
  package var foreignKeys: [ForeignKeyAttribute]
  package var options: [TableOption]
  package var places: FeaturePlaces
  /// What a program sees of the type; nil for a feature that another program exported.
  package var swift: SwiftDeclaration?

  package init(
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

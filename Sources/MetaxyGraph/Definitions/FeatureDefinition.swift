package import MetaxyErrors
package import MetaxyFeatures
package import MetaxyNames

/// A feature as declared in its source; the graph and the tables are derived from it.
package struct FeatureDefinition: Sendable, Hashable {
  /// The generation whose rules the definition follows.
  package var generation = Generation.seed
  package var key: FeatureKey
  /// The type's name with its enclosing types, `Crops.Face`; the class path of a feature that another program exported.
  package var typeName: String
  /// The module of the type; nil for a class path that already has one.
  package var module: String?
  /// The project of a feature that another program exported; nil for the current project.
  package var project: String?
  /// The location of the feature's `@Feature`.
  package var source: SourceLocation

  /// The ID columns of the feature or its base; `["sample_uid"]` if neither declares any.
  package var idColumns: [String]
  /// Whether the spec stores its one ID column as a string instead of a list. Metaxy allows this in a base and hashes
  /// the spec as it is.
  package var writesIDColumnAsText = false
  /// The dependencies; nil if the attribute has none, which Metaxy distinguishes from an empty list.
  package var dependencies: [FeatureDependency]?
  /// The fields; a feature that declares none has the field `default`.
  package var fields: [FieldSpec]
  package var metadata: JSONValue?
  /// Additional members of the spec: an object.
  package var attributes: JSONValue?
  /// What only a definition of generation 0.1 has.
  package var details01 = Details01()

  /// The explicit table name; nil if it is generated from the key.
  package var table: String?
  package var schema: String?
  package var tableRenamedFrom: String?
  package var comment: String?
  package var columns: [ColumnDefinition]
  /// The primary key declared at the table; nil if there is none.
  package var primaryKey: [String]?
  package var unique: [UniqueAttribute]
  package var indexes: [IndexAttribute]
  package var checks: [CheckAttribute]
  package var foreignKeys: [ForeignKeyAttribute]
  package var options: [TableOption]
  package var places: FeaturePlaces
  /// Whether the feature has a table of its own; false if another definition has it, or none.
  package var definesTable = true
  /// The type's Swift declaration; nil for a feature that another program exported.
  package var swift: SwiftDeclaration?
  /// The column whose greatest value marks the newest row of a sample, outside the spec; nil for none.
  package var order: String?

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

extension FeatureDefinition {
  /// The path of the type as Metaxy records it: `Features.Crops.Face`.
  package var classPath: String { module.map { "\($0).\(typeName)" } ?? typeName }
}

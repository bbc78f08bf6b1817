/// The arguments of one `@Feature`, as they are written: nil for what is left out.
///
/// ``Feature(_:idColumns:order:dependencies:fields:metadata:attributes:table:schema:renamedFrom:primaryKey:unique:indexes:checks:foreignKeys:options:)``
/// describes them.
public struct FeatureDeclaration: Sendable, Hashable {
  /// The name of the feature, unique in the graph.
  public var key: FeatureKey
  /// The columns that name a sample; nil for those of the base, or else `sample_uid`.
  public var idColumns: [String]?
  /// The column whose greatest value marks the newest row of a sample; nil for none.
  public var order: String?
  /// The features that this one is computed from; nil and empty have different spec versions, as in Metaxy.
  public var dependencies: [FeatureDependency]?
  /// The parts of the data of the feature; nil for one field `default` with code version `"1"`.
  public var fields: [FieldSpec]?
  /// Any JSON, outside the version of the feature.
  public var metadata: JSONValue?
  /// Further members of the spec, which enter its version.
  public var attributes: JSONValue?
  /// The name of the table; nil for the one derived from the key.
  public var table: String?
  /// The PostgreSQL schema of the table; nil for the one of the connection.
  public var schema: String?
  /// The former name of the table.
  public var renamedFrom: String?
  /// The columns of the primary key; nil for none.
  public var primaryKey: [String]?
  /// The unique constraints over several columns.
  public var unique: [UniqueAttribute]
  /// The indexes.
  public var indexes: [IndexAttribute]
  /// The check constraints.
  public var checks: [CheckAttribute]
  /// The foreign keys over several columns.
  public var foreignKeys: [ForeignKeyAttribute]
  /// Options that only one engine has.
  public var options: [TableOption]

  /// Creates a declaration from the arguments of `@Feature`, which describes them.
  public init(
    _ key: FeatureKey,
    idColumns: [String]? = nil,
    order: String? = nil,
    dependencies: [FeatureDependency]? = nil,
    fields: [FieldSpec]? = nil,
    metadata: JSONValue? = nil,
    attributes: JSONValue? = nil,
    table: String? = nil,
    schema: String? = nil,
    renamedFrom: String? = nil,
    primaryKey: [String]? = nil,
    unique: [UniqueAttribute] = [],
    indexes: [IndexAttribute] = [],
    checks: [CheckAttribute] = [],
    foreignKeys: [ForeignKeyAttribute] = [],
    options: [TableOption] = []
  ) {
    self.key = key
    self.idColumns = idColumns
    self.order = order
    self.dependencies = dependencies
    self.fields = fields
    self.metadata = metadata
    self.attributes = attributes
    self.table = table
    self.schema = schema
    self.renamedFrom = renamedFrom
    self.primaryKey = primaryKey
    self.unique = unique
    self.indexes = indexes
    self.checks = checks
    self.foreignKeys = foreignKeys
    self.options = options
  }
}

/// The arguments of one `@FeatureBase`, as they are written: nil for what is left out.
public struct FeatureBaseDeclaration: Sendable, Hashable {
  /// The columns that name a sample, for every feature of the base; nil for `sample_uid`.
  public var idColumns: [String]?
  /// Further members of the spec of each feature, which enter its version.
  public var attributes: JSONValue?

  /// Creates a declaration from the arguments of `@FeatureBase`, which describes them.
  public init(idColumns: [String]? = nil, attributes: JSONValue? = nil) {
    self.idColumns = idColumns
    self.attributes = attributes
  }
}

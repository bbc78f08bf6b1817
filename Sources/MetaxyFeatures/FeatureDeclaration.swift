/// The arguments of one `@Feature`, as the attribute writes them: nil for what it leaves out.
public struct FeatureDeclaration: Sendable, Hashable {
  public var key: FeatureKey
  public var idColumns: [String]?
  public var dependencies: [FeatureDependency]?
  public var fields: [FieldSpec]?
  public var metadata: JSONValue?
  public var attributes: JSONValue?
  public var table: String?
  public var schema: String?
  public var renamedFrom: String?
  public var primaryKey: [String]?
  public var unique: [UniqueAttribute]
  public var indexes: [IndexAttribute]
  public var checks: [CheckAttribute]
  public var foreignKeys: [ForeignKeyAttribute]
  public var options: [TableOption]

  /// Takes what `@Feature` takes; the parameters are described there.
  public init(
    _ key: FeatureKey,
    idColumns: [String]? = nil,
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

/// The arguments of one `@FeatureBase`.
public struct FeatureBaseDeclaration: Sendable, Hashable {
  public var idColumns: [String]?
  public var attributes: JSONValue?

  /// Takes what `@FeatureBase` takes; the parameters are described there.
  public init(idColumns: [String]? = nil, attributes: JSONValue? = nil) {
    self.idColumns = idColumns
    self.attributes = attributes
  }
}

/// The features of a project as a program sees them: for each type its table, its columns and its versions.
///
/// `metaxy generate` writes it, from the sources that the tables are derived from. A program can therefore tell, before it
/// writes a row, whether it was built from the features that the database was migrated to.
public struct FeatureRegistry: Sendable {
  public let project: String
  /// The version of the graph; `empty` without features.
  public let snapshotVersion: String
  /// How many characters of a hash are kept; nil for all 64.
  public let hashTruncationLength: Int?
  /// The statements that create the tables of the project's own features, as JSON: for each engine a list of objects with
  /// a table, type or schema and the lines of its SQL. Nil if no store of the project creates tables by itself.
  public let definitions: String?
  /// In the order of their keys.
  public let features: [RegisteredFeature]

  public init(
    project: String, snapshotVersion: String, hashTruncationLength: Int?, definitions: String? = nil,
    features: [RegisteredFeature]
  ) {
    self.project = project
    self.snapshotVersion = snapshotVersion
    self.hashTruncationLength = hashTruncationLength
    self.definitions = definitions
    self.features = features
  }
}

/// One feature of a ``FeatureRegistry``.
public struct RegisteredFeature: Sendable {
  public let key: FeatureKey
  /// nil for a feature that another program exported, and for one whose type is private: its rows are only looked at, as
  /// parents.
  public let type: (any Feature.Type)?
  /// The project whose feature it is.
  public let project: String
  /// The name of its table.
  public let table: String
  /// The PostgreSQL schema of the table; nil for the connection's own.
  public let schema: String?
  /// The columns that name a sample.
  public let idColumns: [String]
  /// The columns of the stored properties, in their order. The system columns are not among them.
  public let columns: [RegisteredColumn]
  /// In the order of their declaration.
  public let fields: [RegisteredField]
  public let featureVersion: String
  public let specVersion: String

  public init(
    _ key: FeatureKey, type: (any Feature.Type)?, project: String, table: String, schema: String? = nil,
    idColumns: [String], columns: [RegisteredColumn], fields: [RegisteredField], featureVersion: String,
    specVersion: String
  ) {
    self.key = key
    self.type = type
    self.project = project
    self.table = table
    self.schema = schema
    self.idColumns = idColumns
    self.columns = columns
    self.fields = fields
    self.featureVersion = featureVersion
    self.specVersion = specVersion
  }
}

/// A column, and the member of the coded row that it holds.
public struct RegisteredColumn: Sendable, Hashable {
  public let name: String
  /// The name under which the type codes the property: the property's own, or that of its `CodingKeys`.
  public let codingKey: String
  /// What the column holds, and so the form in which a value is stored.
  public let type: ColumnType
  public let isNullable: Bool
  /// Whether the database computes it: it is read, never written.
  public let isGenerated: Bool

  public init(
    _ name: String, codingKey: String, type: ColumnType, isNullable: Bool = false, isGenerated: Bool = false
  ) {
    self.name = name
    self.codingKey = codingKey
    self.type = type
    self.isNullable = isNullable
    self.isGenerated = isGenerated
  }
}

/// A field of a feature, and what it is computed from.
public struct RegisteredField: Sendable, Hashable {
  public let key: FieldKey
  public let codeVersion: String
  /// The upstream features by their keys as lists of parts, each with those of its fields that this one depends on, sorted likewise.
  public let parents: [RegisteredParent]

  public init(_ key: FieldKey, codeVersion: String, parents: [RegisteredParent] = []) {
    self.key = key
    self.codeVersion = codeVersion
    self.parents = parents
  }
}

/// The fields of one upstream feature that a field is computed from.
public struct RegisteredParent: Sendable, Hashable {
  public let feature: FeatureKey
  public let fields: [FieldKey]

  public init(_ feature: FeatureKey, fields: [FieldKey]) {
    self.feature = feature
    self.fields = fields
  }
}

/// The name of a feature's column, with the type of its values: what a query compares and sorts by.
public struct FeatureColumn<Root: Feature, Value>: Sendable {
  public let name: String

  /// The path says which types `Root` and `Value` are, and is not kept.
  public init(_ path: KeyPath<Root, Value>, _ name: String) {
    self.name = name
  }
}

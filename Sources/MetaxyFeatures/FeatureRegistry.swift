/// The features of a project as a program sees them: for each type its table, columns and versions.
///
/// `metaxy generate` writes it, from the sources that the tables are derived from. So a program can detect, before it
/// writes a row, that it was not built from the features that the database was migrated to.
public struct FeatureRegistry: Sendable {
  /// The name of the project.
  public let project: String
  /// The version of the graph, `empty` without features.
  ///
  /// Since Metaxy 0.1 it is that of the project.
  public let snapshotVersion: String
  /// The version of the project's definitions since Metaxy 0.1; nil for the rules of Metaxy's first releases.
  public let projectVersion: String?
  /// The number of characters that are kept of each hash; nil for all 64.
  public let hashTruncationLength: Int?
  /// The tables of the project's own features, in the form of a revision's record; nil if no store of the project
  /// creates tables itself.
  public let definitions: String?
  /// The features, sorted by key.
  public let features: [RegisteredFeature]

  /// Creates a registry; `metaxy generate` writes the call.
  ///
  /// - Parameters:
  ///   - project: The name of the project.
  ///   - snapshotVersion: The version of the graph.
  ///   - hashTruncationLength: The number of characters that are kept of each hash; nil for all.
  ///   - definitions: The tables as the record of a revision holds them, for stores that create them.
  ///   - features: The features, sorted by key.
  public init(
    project: String, snapshotVersion: String, hashTruncationLength: Int?, definitions: String? = nil,
    features: [RegisteredFeature]
  ) {
    self.project = project
    self.snapshotVersion = snapshotVersion
    projectVersion = nil
    self.hashTruncationLength = hashTruncationLength
    self.definitions = definitions
    self.features = features
  }

  /// Creates a registry of the generation since Metaxy 0.1; `metaxy generate` writes the call.
  ///
  /// - Parameters:
  ///   - project: The name of the project.
  ///   - projectVersion: The version of the project.
  ///   - hashTruncationLength: The number of characters that are kept of each hash; nil for all.
  ///   - definitions: The tables as the record of a revision holds them, for stores that create them.
  ///   - features: The features, sorted by key.
  public init(
    project: String, projectVersion: String, hashTruncationLength: Int?, definitions: String? = nil,
    features: [RegisteredFeature]
  ) {
    self.project = project
    snapshotVersion = projectVersion
    self.projectVersion = projectVersion
    self.hashTruncationLength = hashTruncationLength
    self.definitions = definitions
    self.features = features
  }
}

/// One feature of a ``FeatureRegistry``.
public struct RegisteredFeature: Sendable {
  /// The key of the feature.
  public let key: FeatureKey
  /// The type of its rows; nil for a feature from an exported graph and for a private type, whose rows are only read as
  /// parents.
  public let type: (any Feature.Type)?
  /// The project that the feature belongs to.
  public let project: String
  /// The name of its table.
  public let table: String
  /// The PostgreSQL schema of the table; nil for the one of the connection.
  public let schema: String?
  /// The columns that name a sample.
  public let idColumns: [String]
  /// The column whose greatest value marks the newest row of a sample; nil for none.
  public let order: String?
  /// The columns of the stored properties, in their order, without the system columns.
  public let columns: [RegisteredColumn]
  /// The fields, in the order of their declaration.
  public let fields: [RegisteredField]
  /// The dependencies, in the order of their declaration, since Metaxy 0.1; none before, where the parents of the fields are all
  /// that rows are computed from.
  public let dependencies: [RegisteredDependency]
  /// The version of the feature, which rows are written with and read by.
  public let featureVersion: String
  /// The version of the spec.
  public let specVersion: String
  /// The version of the spec with the columns, since Metaxy 0.1.
  public let definitionVersion: String?

  /// Creates a feature of a registry; `metaxy generate` writes the call.
  ///
  /// - Parameters:
  ///   - key: The key of the feature.
  ///   - type: The type of its rows; nil if the program has none.
  ///   - project: The project that the feature belongs to.
  ///   - table: The name of its table.
  ///   - schema: The PostgreSQL schema of the table; nil for the one of the connection.
  ///   - idColumns: The columns that name a sample.
  ///   - order: The column whose greatest value marks the newest row of a sample; nil for none.
  ///   - columns: The columns of the stored properties, in their order.
  ///   - fields: The fields, in the order of their declaration.
  ///   - dependencies: The dependencies, in the order of their declaration, since Metaxy 0.1.
  ///   - featureVersion: The version of the feature.
  ///   - specVersion: The version of the spec.
  ///   - definitionVersion: The version of the spec with the columns, since Metaxy 0.1.
  public init(
    _ key: FeatureKey, type: (any Feature.Type)?, project: String, table: String, schema: String? = nil,
    idColumns: [String], order: String? = nil, columns: [RegisteredColumn], fields: [RegisteredField],
    dependencies: [RegisteredDependency] = [], featureVersion: String, specVersion: String,
    definitionVersion: String? = nil
  ) {
    self.key = key
    self.type = type
    self.project = project
    self.table = table
    self.schema = schema
    self.idColumns = idColumns
    self.order = order
    self.columns = columns
    self.fields = fields
    self.dependencies = dependencies
    self.featureVersion = featureVersion
    self.specVersion = specVersion
    self.definitionVersion = definitionVersion
  }
}

/// A column, and the member of the coded row that it holds.
public struct RegisteredColumn: Sendable, Hashable {
  /// The name of the column.
  public let name: String
  /// The name under which the type codes the property: the name of the property, or its `CodingKeys` case.
  public let codingKey: String
  /// The type of the column, which decides how a value is stored.
  public let type: ColumnType
  /// Whether the column accepts NULL.
  public let isNullable: Bool
  /// Whether the database computes it: it is read, never written.
  public let isGenerated: Bool

  /// Creates a column of a registry; `metaxy generate` writes the call.
  ///
  /// - Parameters:
  ///   - name: The name of the column.
  ///   - codingKey: The name under which the type codes the property.
  ///   - type: The type of the column.
  ///   - isNullable: Whether the column accepts NULL.
  ///   - isGenerated: Whether the database computes it.
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

/// A field of a feature, with its dependencies.
public struct RegisteredField: Sendable, Hashable {
  /// The key of the field.
  public let key: FieldKey
  /// The version of the code that computes it.
  public let codeVersion: String
  /// The upstream features with the fields that this one depends on, both in the order in which they are hashed.
  public let parents: [RegisteredParent]

  /// Creates a field of a registry; `metaxy generate` writes the call.
  ///
  /// - Parameters:
  ///   - key: The key of the field.
  ///   - codeVersion: The version of the code that computes it.
  ///   - parents: The upstream features with the fields that this one depends on, in the order in which they are hashed.
  public init(_ key: FieldKey, codeVersion: String, parents: [RegisteredParent] = []) {
    self.key = key
    self.codeVersion = codeVersion
    self.parents = parents
  }
}

/// The fields of one upstream feature that a field is computed from.
public struct RegisteredParent: Sendable, Hashable {
  /// The key of the upstream feature.
  public let feature: FeatureKey
  /// The keys of its fields, in the order in which they are hashed.
  public let fields: [FieldKey]

  /// Creates a parent of a field; `metaxy generate` writes the call.
  ///
  /// - Parameters:
  ///   - feature: The key of the upstream feature.
  ///   - fields: The keys of its fields, in the order in which they are hashed.
  public init(_ feature: FeatureKey, fields: [FieldKey]) {
    self.feature = feature
    self.fields = fields
  }
}

/// A dependency of a feature, and the columns that find the rows that its own rows are computed from, since Metaxy 0.1.
public struct RegisteredDependency: Sendable, Hashable {
  /// The key of the upstream feature.
  public let feature: FeatureKey
  /// The columns of the feature's own rows that find those of the upstream feature.
  public let columns: [String]
  /// Their names in the table of the upstream feature.
  public let upstreamColumns: [String]
  /// Whether a row is computed from all rows that are found, instead of from one.
  public let isAggregated: Bool
  /// Whether a row may be without a row of the upstream feature.
  public let isOptional: Bool
  /// The SQL conditions on the rows of the upstream feature, by the new names of its columns.
  public let filters: [String]
  /// The new names of columns of the upstream feature, where conditions need them.
  public let rename: ColumnRenames?

  /// Creates a dependency of a registered feature; `metaxy generate` writes the call.
  ///
  /// - Parameters:
  ///   - feature: The key of the upstream feature.
  ///   - columns: The columns of the feature's own rows that find those of the upstream feature.
  ///   - upstreamColumns: Their names in the table of the upstream feature. Default: the same.
  ///   - isAggregated: Whether a row is computed from all rows that are found.
  ///   - isOptional: Whether a row may be without a row of the upstream feature.
  ///   - filters: The SQL conditions on the rows of the upstream feature, by the new names of its columns.
  ///   - rename: The new names of its columns, by their old ones.
  public init(
    _ feature: FeatureKey, on columns: [String], upstreamColumns: [String]? = nil, isAggregated: Bool = false,
    isOptional: Bool = false, filters: [String] = [], rename: ColumnRenames? = nil
  ) {
    self.feature = feature
    self.columns = columns
    self.upstreamColumns = upstreamColumns ?? columns
    self.isAggregated = isAggregated
    self.isOptional = isOptional
    self.filters = filters
    self.rename = rename
  }
}

/// The name of a column with the type of its values, for conditions and sorting in queries.
///
/// ```swift
/// store.read(RawVideo.self).where(RawVideo.Columns.durationSeconds > 5)
/// ```
public struct FeatureColumn<Root: Feature, Value>: Sendable {
  /// The name of the column; for a value within its JSON, with the way to it: `words[0]["start"]`.
  public let name: String
  /// The name of the column in its table.
  package let column: String
  /// The value within the JSON of the column; nil for the column itself.
  package let json: JSONAccess?

  /// Creates the column of a property; `metaxy generate` writes the call.
  ///
  /// - Parameters:
  ///   - path: The path to the property. It determines `Root` and `Value`, and is not stored.
  ///   - name: The name of the column.
  public init(_ path: KeyPath<Root, Value>, _ name: String) {
    self.name = name
    column = name
    json = nil
  }

  /// Creates a column, or a value within its JSON.
  package init(_ column: String, _ json: JSONAccess?) {
    name = column + (json?.path ?? "")
    self.column = column
    self.json = json
  }
}

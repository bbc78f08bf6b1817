/// The fields of one upstream feature that a field depends on.
public struct FieldDependency: Sendable, Hashable {
  /// The upstream feature, one of the feature's dependencies.
  public var feature: FeatureReference
  /// Its fields; nil for all of them.
  public var fields: [FieldKey]?

  package init(feature: FeatureReference, fields: [FieldKey]?) {
    self.feature = feature
    self.fields = fields
  }

  /// Returns a dependency on some fields of a feature: `.fields(of: "video", ["frames"])`.
  public static func fields(of feature: FeatureReference, _ fields: [FieldKey]) -> FieldDependency {
    FieldDependency(feature: feature, fields: fields)
  }
  /// Returns a dependency on some fields of a feature: `.fields(of: Video.self, ["frames"])`.
  public static func fields(of feature: any Feature.Type, _ fields: [FieldKey]) -> FieldDependency {
    FieldDependency(feature: .type(feature), fields: fields)
  }
  /// Returns a dependency on every field of a feature: `.allFields(of: "video")`.
  public static func allFields(of feature: FeatureReference) -> FieldDependency {
    FieldDependency(feature: feature, fields: nil)
  }
  /// Returns a dependency on every field of a feature: `.allFields(of: Video.self)`.
  public static func allFields(of feature: any Feature.Type) -> FieldDependency {
    FieldDependency(feature: .type(feature), fields: nil)
  }
}

/// A field: a part of the data of a feature, with its own code version.
public struct FieldSpec: Sendable, Hashable {
  /// The name of the field, unique in its feature.
  public var key: FieldKey
  /// Any text; it changes when the code that computes the field changes.
  public var codeVersion: String
  /// The upstream fields; nil for every field of every dependency, empty for none.
  public var dependencies: [FieldDependency]?

  package init(key: FieldKey, codeVersion: String = "1", dependencies: [FieldDependency]? = nil) {
    self.key = key
    self.codeVersion = codeVersion
    self.dependencies = dependencies
  }

  /// Returns a field.
  ///
  /// - Parameters:
  ///   - key: The name of the field, unique in its feature.
  ///   - codeVersion: Any text; change it when the code that computes the field changes.
  ///   - dependencies: The upstream fields. Default: every field of every dependency, and since Metaxy 0.1 those that the
  ///     mappings of the dependencies give; `[]`: none.
  /// - Returns: The field.
  public static func field(
    _ key: FieldKey, codeVersion: String = "1", dependencies: [FieldDependency]? = nil
  ) -> FieldSpec {
    FieldSpec(key: key, codeVersion: codeVersion, dependencies: dependencies)
  }
  /// Returns a field that is computed from every field of every dependency: `.field("frames", dependencies: .all)`.
  ///
  /// - Parameters:
  ///   - key: The name of the field, unique in its feature.
  ///   - codeVersion: Any text; change it when the code that computes the field changes.
  ///   - dependencies: `.all`.
  /// - Returns: The field.
  public static func field(
    _ key: FieldKey, codeVersion: String = "1", dependencies: AllFields
  ) -> FieldSpec {
    FieldSpec(key: key, codeVersion: codeVersion, dependencies: nil)
  }
}

/// Every field of every dependency, whatever their mappings of fields are.
public enum AllFields: Sendable, Hashable {
  /// The only value.
  case all
}

/// A feature that another one is computed from: lineage, never a foreign key.
public struct FeatureDependency: Sendable, Hashable {
  /// The upstream feature.
  public var feature: FeatureReference
  /// The columns taken from it; nil for all, empty for the system columns only.
  public var columns: [String]?
  /// New names of columns taken, by their old ones.
  public var rename: ColumnRenames?
  /// The fields that those without dependencies of their own are computed from.
  public var fieldsMapping = FieldsMapping.standard
  /// SQL conditions on the rows taken; nil and an empty list have different spec versions.
  public var filters: [String]?
  /// The relation of the rows.
  public var lineage = Lineage.identity
  /// Whether a row does not need a row of this dependency.
  public var isOptional = false

  package init(feature: FeatureReference, columns: [String]? = nil, rename: ColumnRenames? = nil) {
    self.feature = feature
    self.columns = columns
    self.rename = rename
  }

  private init(
    _ feature: FeatureReference, _ columns: [String]?, _ rename: ColumnRenames?, _ fieldsMapping: FieldsMapping,
    _ filters: [String]?, _ lineage: Lineage, _ isOptional: Bool
  ) {
    self.init(feature: feature, columns: columns, rename: rename)
    self.fieldsMapping = fieldsMapping
    self.filters = filters
    self.lineage = lineage
    self.isOptional = isOptional
  }

  /// Returns a dependency on a feature, by its key.
  ///
  /// - Parameters:
  ///   - feature: The key: `"video/crop"` or `["video", "crop"]`.
  ///   - columns: The columns taken. Default: all; `[]`: the system columns only.
  ///   - rename: New names of columns taken, by their old ones.
  ///   - fieldsMapping: The fields that those without dependencies of their own are computed from, since Metaxy 0.1.
  ///     Default: the field of the same name, or else all.
  ///   - filters: SQL conditions on the rows taken, with the new names of columns, since Metaxy 0.1.
  ///   - lineage: The relation of the rows, since Metaxy 0.1. Default: one row from one row.
  ///   - isOptional: Whether a row does not need a row of this dependency, since Metaxy 0.1.
  /// - Returns: The dependency.
  public static func feature(
    _ feature: FeatureReference, columns: [String]? = nil, rename: ColumnRenames? = nil,
    fieldsMapping: FieldsMapping = .sameName(), filters: [String]? = nil, lineage: Lineage = .identity,
    optional isOptional: Bool = false
  ) -> FeatureDependency {
    FeatureDependency(feature, columns, rename, fieldsMapping, filters, lineage, isOptional)
  }
  /// Returns a dependency on a feature, by its type.
  ///
  /// - Parameters:
  ///   - feature: The type: `Video.self`.
  ///   - columns: The columns taken. Default: all; `[]`: the system columns only.
  ///   - rename: New names of columns taken, by their old ones.
  ///   - fieldsMapping: The fields that those without dependencies of their own are computed from, since Metaxy 0.1.
  ///     Default: the field of the same name, or else all.
  ///   - filters: SQL conditions on the rows taken, with the new names of columns, since Metaxy 0.1.
  ///   - lineage: The relation of the rows, since Metaxy 0.1. Default: one row from one row.
  ///   - isOptional: Whether a row does not need a row of this dependency, since Metaxy 0.1.
  /// - Returns: The dependency.
  public static func feature(
    _ feature: any Feature.Type, columns: [String]? = nil, rename: ColumnRenames? = nil,
    fieldsMapping: FieldsMapping = .sameName(), filters: [String]? = nil, lineage: Lineage = .identity,
    optional isOptional: Bool = false
  ) -> FeatureDependency {
    FeatureDependency(.type(feature), columns, rename, fieldsMapping, filters, lineage, isOptional)
  }
}

/// A feature named by its key, or by the type that declares it.
public enum FeatureReference: Sendable, ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
  /// The feature with a key.
  case key(FeatureKey)
  /// The feature of a type.
  case type(any Feature.Type)

  /// Creates a reference from a key: `"video/crop"`.
  public init(stringLiteral key: String) { self = .key(FeatureKey(key)) }
  /// Creates a reference from the parts of a key: `["video", "crop"]`.
  public init(arrayLiteral parts: String...) { self = .key(FeatureKey(parts)) }

  /// The key of the feature.
  public var key: FeatureKey {
    switch self {
    case .key(let key): key
    case .type(let type): type.feature.key
    }
  }
}

extension FeatureReference: Hashable {
  /// Whether two references name features with the same key.
  public static func == (left: FeatureReference, right: FeatureReference) -> Bool { left.key == right.key }
  /// Hashes the key of the feature.
  public func hash(into hasher: inout Hasher) { hasher.combine(key) }
}

/// Which fields of one upstream feature a field depends on.
public struct FieldDependency: Sendable, Hashable {
  public var feature: FeatureReference
  /// nil for every field of the feature.
  public var fields: [FieldKey]?

  public init(feature: FeatureReference, fields: [FieldKey]?) {
    self.feature = feature
    self.fields = fields
  }

  /// Some fields of a feature: `.fields(of: Video.self, ["frames"])`.
  public static func fields(of feature: FeatureReference, _ fields: [FieldKey]) -> FieldDependency {
    FieldDependency(feature: feature, fields: fields)
  }
  public static func fields(of feature: any Feature.Type, _ fields: [FieldKey]) -> FieldDependency {
    FieldDependency(feature: .type(feature), fields: fields)
  }
  /// Every field of a feature.
  public static func allFields(of feature: FeatureReference) -> FieldDependency {
    FieldDependency(feature: feature, fields: nil)
  }
  public static func allFields(of feature: any Feature.Type) -> FieldDependency {
    FieldDependency(feature: .type(feature), fields: nil)
  }
}

/// A field: a part of a feature's data that has a code version of its own.
public struct FieldSpec: Sendable, Hashable {
  public var key: FieldKey
  /// Changes when the code that computes the field does; any text.
  public var codeVersion: String
  /// nil when the field depends on everything upstream; empty when on nothing.
  public var dependencies: [FieldDependency]?

  public init(key: FieldKey, codeVersion: String = "1", dependencies: [FieldDependency]? = nil) {
    self.key = key
    self.codeVersion = codeVersion
    self.dependencies = dependencies
  }

  public static func field(
    _ key: FieldKey, codeVersion: String = "1", dependencies: [FieldDependency]? = nil
  ) -> FieldSpec {
    FieldSpec(key: key, codeVersion: codeVersion, dependencies: dependencies)
  }
}

/// A feature that another one is computed from. It is lineage, never a foreign key.
public struct FeatureDependency: Sendable, Hashable {
  public var feature: FeatureReference
  /// The columns taken: nil for all, empty for only the system columns.
  public var columns: [String]?
  /// New names of columns taken, by their old ones.
  public var rename: ColumnRenames?

  public init(feature: FeatureReference, columns: [String]? = nil, rename: ColumnRenames? = nil) {
    self.feature = feature
    self.columns = columns
    self.rename = rename
  }

  public static func feature(
    _ feature: FeatureReference, columns: [String]? = nil, rename: ColumnRenames? = nil
  ) -> FeatureDependency {
    FeatureDependency(feature: feature, columns: columns, rename: rename)
  }
  public static func feature(
    _ feature: any Feature.Type, columns: [String]? = nil, rename: ColumnRenames? = nil
  ) -> FeatureDependency {
    FeatureDependency(feature: .type(feature), columns: columns, rename: rename)
  }
}

/// A feature named by its key, or by the type that declares it.
public enum FeatureReference: Sendable, ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
  case key(FeatureKey)
  case type(any Feature.Type)

  public init(stringLiteral key: String) { self = .key(FeatureKey(key)) }
  public init(arrayLiteral parts: String...) { self = .key(FeatureKey(parts)) }

  /// The key of the feature named.
  public var key: FeatureKey {
    switch self {
    case .key(let key): key
    case .type(let type): type.feature.key
    }
  }
}

extension FeatureReference: Hashable {
  public static func == (left: FeatureReference, right: FeatureReference) -> Bool { left.key == right.key }
  public func hash(into hasher: inout Hasher) { hasher.combine(key) }
}

/// A versioned feature and the model of its table; `@Feature` adds the conformance.
///
/// The command reads features from their sources. What is here serves the compiler, which checks the attribute's
/// arguments, and programs, which ask a type for its key.
public protocol Feature: Codable, Sendable {
  /// What the type's `@Feature` says.
  static var feature: FeatureDeclaration { get }
}

/// The arguments of one `@Feature`.
public struct FeatureDeclaration: Sendable {
  public var key: FeatureKey
  public var idColumns: [String]?
  public var dependencies: [FeatureDependency]?
  public var fields: [FieldSpec]?

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
  }
}

/// The arguments of one `@FeatureBase`.
public struct FeatureBaseDeclaration: Sendable {
  public var idColumns: [String]?
  public var attributes: JSONValue?

  public init(idColumns: [String]? = nil, attributes: JSONValue? = nil) {
    self.idColumns = idColumns
    self.attributes = attributes
  }
}

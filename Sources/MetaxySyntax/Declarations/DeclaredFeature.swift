import MetaxyErrors
import MetaxyFeatures
internal import MetaxyGraph

/// A struct marked `@Feature`, as declared in its file.
struct DeclaredFeature: Sendable {
  /// The struct's name, preceded by its enclosing types.
  var path: [String]
  /// The location of the attribute.
  var location: SourceLocation
  /// The type's access level, as far as its own file shows.
  var access: AccessLevel
  var inherited: [Located<[String]>]
  var arguments: FeatureArguments
  var properties: [DeclaredProperty]
  var comment: String?
  /// Whether part of the declaration could not be read, so that no definition can be derived from it.
  var isBroken: Bool

  var typeName: String { path.joined(separator: ".") }
}

/// The arguments of a `@Feature`.
struct FeatureArguments: Sendable {
  /// nil only if it is missing or invalid.
  var key: Located<FeatureKey>?
  var idColumns: [Located<String>]?
  var order: Located<String>?
  var dependencies: [DeclaredDependency]?
  var fields: [DeclaredField]?
  var metadata: JSONValue?
  var attributes: JSONValue?
  var table: String?
  var schema: String?
  var renamedFrom: String?
  var primaryKey: Located<[String]>?
  var unique: [UniqueAttribute] = []
  var indexes: [IndexAttribute] = []
  var checks: [CheckAttribute] = []
  var foreignKeys: [ForeignKeyAttribute] = []
  var options: [Located<TableOption>] = []

  /// The columns named anywhere in the arguments above; they must exist.
  var namedColumns: [Located<String>] = []
  /// The explicit names of tables, constraints and indexes; they must not be too long.
  var explicitNames: [Located<String>] = []
}

/// A feature named in a dependency: by key, or by a type that is not resolved yet.
enum DeclaredReference: Sendable {
  case key(FeatureKey)
  case type([String])
}

struct DeclaredDependency: Sendable {
  var feature: Located<DeclaredReference>
  var columns: [String]?
  var rename: ColumnRenames?
  var location: SourceLocation
}

struct DeclaredField: Sendable {
  struct Dependency: Sendable {
    var feature: Located<DeclaredReference>
    var fields: [FieldKey]?
  }

  var key: FieldKey
  /// nil if the field has none; the generation decides about the default.
  var codeVersion: String?
  var dependencies: [Dependency]?
  var location: SourceLocation
}

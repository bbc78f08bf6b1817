import MetaxyErrors
import MetaxyFeatures
internal import MetaxyGraph

/// The types that enclose a declaration, outermost first, and their effect on it.
struct Scope: Sendable {
  var path: [String] = []
  /// Whether an enclosing type is generic.
  var isGeneric = false
  /// The highest access level that a declaration here can have.
  var access = AccessLevel.everywhere
  /// The access level of a declaration here without an access modifier.
  var memberAccess = AccessLevel.module
  /// The location of the enclosing `#if`, if any.
  var condition: SourceLocation?

  /// Whether declarations here are invisible to other files.
  var isFilePrivate: Bool { access == .file }
}

/// A type of the sources that a name can refer to.
struct DeclaredType: Sendable {
  enum Kind: Sendable {
    /// nil if the key could not be read; the feature reports that.
    case feature(FeatureKey?)
    case enumeration(DeclaredEnumeration)
    case baseProtocol(DeclaredProtocol)
    /// The types of a composition, under a new name.
    case alias([Located<[String]>])
    /// A `struct`, `class` or `actor`, with its keyword.
    case other(String)
  }

  var kind: Kind
  /// The name, preceded by the enclosing types.
  var path: [String]
  var scope: Scope
  var location: SourceLocation
}

/// An enumeration that can be the type of a column.
struct DeclaredEnumeration: Sendable {
  struct Case: Sendable, Hashable {
    var name: String
    var rawValue: String
  }

  var hasStringRawValues: Bool
  var cases: [Case]
  /// Why the cases cannot be determined.
  var problem: Located<String>?
}

/// A protocol that can be the base of features.
struct DeclaredProtocol: Sendable {
  /// The arguments of its `@FeatureBase`; nil without one.
  var base: BaseArguments?
  var inherited: [Located<[String]>]
}

/// The arguments of a `@FeatureBase`.
struct BaseArguments: Sendable {
  var idColumns: [Located<String>]?
  var attributes: JSONValue?
}

/// An extension that adds conformances.
struct DeclaredExtension: Sendable {
  var path: [String]
  var inherited: [Located<[String]>]
}

import MetaxyErrors
import MetaxyFeatures
import MetaxyGraph

/// The types that a declaration stands in, outermost first, and what that means for it.
struct Scope: Sendable {
  var path: [String] = []
  /// Whether one of the types around has parameters.
  var isGeneric = false
  /// Who may name what is declared here, at most.
  var access = AccessLevel.everywhere
  /// Who may name what is declared here without saying.
  var memberAccess = AccessLevel.module
  /// The `#if` around, if any.
  var condition: SourceLocation?

  /// Whether other files cannot see what is declared here.
  var isFilePrivate: Bool { access == .file }
}

/// A type of the sources that a name can lead to.
struct DeclaredType: Sendable {
  enum Kind: Sendable {
    /// nil where the key could not be read, which is reported there.
    case feature(FeatureKey?)
    case enumeration(DeclaredEnumeration)
    case baseProtocol(DeclaredProtocol)
    /// The types composed under a new name.
    case alias([Located<[String]>])
    /// A `struct`, `class` or `actor`, by its keyword.
    case other(String)
  }

  var kind: Kind
  /// The name, with the types around it.
  var path: [String]
  var scope: Scope
  var location: SourceLocation
}

/// An enumeration that may be a column's type.
struct DeclaredEnumeration: Sendable {
  struct Case: Sendable, Hashable {
    var name: String
    var rawValue: String
  }

  var hasStringRawValues: Bool
  var cases: [Case]
  /// Why the cases cannot be known.
  var problem: Located<String>?
}

/// A protocol that may be the base of features.
struct DeclaredProtocol: Sendable {
  /// What its `@FeatureBase` says; nil without one.
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

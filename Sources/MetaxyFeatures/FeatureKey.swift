/// The name of a feature: a path of parts, written `"video/crop"` or `["video", "crop"]`.
///
/// Keys are compared by Unicode scalars, as in Metaxy: `é` as one scalar and as two are different keys, although
/// `String` treats them as equal.
public struct FeatureKey: Sendable {
  /// The parts of the path, from the outermost.
  public var parts: [String]

  /// Creates a key from its parts.
  public init(_ parts: [String]) { self.parts = parts }

  /// Creates a key from a text that is split at its slashes.
  public init(_ text: String) {
    self.parts = Self.parts(of: text)
  }

  /// The table name that Metaxy derives from the key: `video/crop` → `video__crop`.
  public var tableName: String { parts.joined(separator: "__") }
}

/// The name of a field of a feature, written like a ``FeatureKey``.
public struct FieldKey: Sendable {
  /// The parts of the path, from the outermost.
  public var parts: [String]

  /// Creates a key from its parts.
  public init(_ parts: [String]) { self.parts = parts }

  /// Creates a key from a text that is split at its slashes.
  public init(_ text: String) {
    self.parts = Self.parts(of: text)
  }
}

/// A feature key or a field key: parts, compared scalar by scalar.
public protocol PathKey: Sendable, Hashable, Comparable, CustomStringConvertible, ExpressibleByStringLiteral,
  ExpressibleByArrayLiteral
{
  /// The parts of the path, from the outermost.
  var parts: [String] { get }
  /// Creates a key from its parts.
  init(_ parts: [String])
  /// Creates a key from a text that is split at its slashes.
  init(_ text: String)
}

extension FeatureKey: PathKey {}
extension FieldKey: PathKey {}

extension PathKey {
  /// The key as Metaxy stores, hashes and reports it: its parts joined by `/`.
  public var text: String { parts.joined(separator: "/") }

  /// The key for display, which is ``text``.
  public var description: String { text }

  /// Splits at scalars: a slash followed by a combining mark is one `Character`, and still a slash.
  fileprivate static func parts(of text: String) -> [String] {
    text.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false).map { String($0) }
  }

  /// Creates a key from a literal: `"video/crop"`.
  public init(stringLiteral text: String) { self.init(text) }
  /// Creates a key from its parts: `["video", "crop"]`.
  public init(arrayLiteral parts: String...) { self.init(parts) }

  /// Whether two keys have the same parts, scalar by scalar.
  public static func == (left: Self, right: Self) -> Bool {
    left.parts.count == right.parts.count
      && zip(left.parts, right.parts).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
  }

  /// Hashes the scalars of the parts.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(parts.count)
    for part in parts { hasher.combine(ScalarString(part)) }
  }

  /// Whether a key sorts before another: part by part, by Unicode scalars.
  public static func < (left: Self, right: Self) -> Bool {
    left.parts.lexicographicallyPrecedes(right.parts) { ScalarString($0) < ScalarString($1) }
  }
}

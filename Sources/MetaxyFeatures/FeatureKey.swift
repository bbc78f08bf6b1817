/// The name of a feature: a path of parts, written `"video/crop"` or `["video", "crop"]`.
///
/// Keys compare by Unicode scalars, as Metaxy's do: `é` as one scalar and as two are different keys, although Swift's
/// `String` calls them equal.
public struct FeatureKey: Sendable {
  public var parts: [String]

  public init(_ parts: [String]) { self.parts = parts }

  /// Splits `text` at its slashes.
  public init(_ text: String) {
    self.parts = Self.parts(of: text)
  }

  /// The table name that Metaxy derives from the key: `video/crop` → `video__crop`.
  public var tableName: String { parts.joined(separator: "__") }
}

/// The name of a field of a feature, written like a ``FeatureKey``.
public struct FieldKey: Sendable {
  public var parts: [String]

  public init(_ parts: [String]) { self.parts = parts }

  /// Splits `text` at its slashes.
  public init(_ text: String) {
    self.parts = Self.parts(of: text)
  }
}

/// What feature keys and field keys have in common: parts, compared scalar by scalar.
public protocol PathKey: Sendable, Hashable, Comparable, CustomStringConvertible, ExpressibleByStringLiteral,
  ExpressibleByArrayLiteral
{
  var parts: [String] { get }
  init(_ parts: [String])
  init(_ text: String)
}

extension FeatureKey: PathKey {}
extension FieldKey: PathKey {}

extension PathKey {
  /// The parts joined by `/`.
  public var description: String { parts.joined(separator: "/") }

  /// Splits at scalars: a slash with a combining mark behind it is one `Character`, and a slash all the same.
  fileprivate static func parts(of text: String) -> [String] {
    text.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false).map { String($0) }
  }

  public init(stringLiteral text: String) { self.init(text) }
  public init(arrayLiteral parts: String...) { self.init(parts) }

  public static func == (left: Self, right: Self) -> Bool {
    left.parts.count == right.parts.count
      && zip(left.parts, right.parts).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(parts.count)
    for part in parts { hasher.combine(ScalarString(part)) }
  }

  /// Orders part by part, by code points.
  public static func < (left: Self, right: Self) -> Bool {
    left.parts.lexicographicallyPrecedes(right.parts) { ScalarString($0) < ScalarString($1) }
  }
}

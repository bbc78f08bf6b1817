public import MetaxyFeatures

/// A row of a feature's table: the value, and what the system columns say of it.
@dynamicMemberLookup
public struct StoredRow<Root: Feature>: Sendable {
  public let value: Root
  /// The hash of each field's data.
  public let dataVersion: [FieldKey: String]
  /// The version of the feature that the row was written for; nil where it was written without one.
  public let featureVersion: String?
  public let featureSpecVersion: String?
  public let snapshotVersion: String?

  /// A property of the value: `row.path` for `row.value.path`.
  public subscript<Value>(dynamicMember path: KeyPath<Root, Value>) -> Value { value[keyPath: path] }
}

extension StoredRow: Equatable where Root: Equatable {}
extension StoredRow: Hashable where Root: Hashable {}

/// Two rows of the same sample.
public struct JoinedRows<First: Feature, Second: Feature>: Sendable {
  public let first: StoredRow<First>
  public let second: StoredRow<Second>
}

extension JoinedRows: Equatable where First: Equatable, Second: Equatable {}
extension JoinedRows: Hashable where First: Hashable, Second: Hashable {}

/// Which rows of a table are read: those of one version of the feature, or of all of them.
public enum VersionChoice: Sendable, Hashable, ExpressibleByStringLiteral {
  /// Those of the version that the program was built for.
  case current
  /// Those of another version.
  case version(String)
  case allVersions

  public init(stringLiteral version: String) { self = .version(version) }
}

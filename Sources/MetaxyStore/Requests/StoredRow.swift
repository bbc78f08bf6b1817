public import MetaxyFeatures

/// A row of the table of a feature: the value and its system columns.
///
/// Properties of the value are members of the row: `row.path`.
@dynamicMemberLookup
public struct StoredRow<Root: Feature>: Sendable {
  /// The stored properties of the feature.
  public let value: Root
  /// The hash of the data of each field.
  public let dataVersion: [FieldKey: String]
  /// The version of the feature that the row was written for; nil if it was written without one.
  public let featureVersion: String?
  /// The version of the spec that the row was written for; nil if it was written without one.
  public let featureSpecVersion: String?
  /// The version of the graph that the row was written for; nil if it was written without one.
  public let snapshotVersion: String?
  /// What a row has since Metaxy 0.1; nil for the rows of its first releases.
  public let record: RowRecord?

  /// A property of the value: `row.path` for `row.value.path`.
  public subscript<Value>(dynamicMember path: KeyPath<Root, Value>) -> Value { value[keyPath: path] }
}

extension StoredRow: Equatable where Root: Equatable {}
extension StoredRow: Hashable where Root: Hashable {}

/// Which rows of a table are read: those of one version of the feature, or all.
public enum VersionChoice: Sendable, Hashable, ExpressibleByStringLiteral {
  /// The rows of the version that the program was built for.
  case current
  /// The rows of another version: its full text.
  case version(String)
  /// The rows of every version.
  case allVersions

  /// Creates a choice of one version: `.version("949fc0fa…")`.
  public init(stringLiteral version: String) { self = .version(version) }
}

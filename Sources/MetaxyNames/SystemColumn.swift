package import MetaxyFeatures

/// The columns that Metaxy adds to every feature's table, in its order.
///
/// They come first, are nullable, and are never declared by a feature.
package enum SystemColumn: String, Sendable, Hashable, CaseIterable {
  /// A JSON object: field key → hash.
  case dataVersion = "data_version"
  case featureVersion = "feature_version"
  case featureSpecVersion = "feature_spec_version"
  case snapshotVersion = "snapshot_version"

  /// The type of the column.
  package var type: ColumnType { self == .dataVersion ? .json : .string }

  /// The names, in Metaxy's order.
  package static let names: [String] = allCases.map(\.rawValue)
}

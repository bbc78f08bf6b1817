import MetaxyFeatures

/// The columns that every feature table has, in Metaxy's order; no feature declares them.
public enum SystemColumns {
  public static let dataVersion = "data_version"
  public static let featureVersion = "feature_version"
  public static let featureSpecVersion = "feature_spec_version"
  public static let snapshotVersion = "snapshot_version"

  /// All nullable, as Metaxy's are.
  public static let all: [Column] = [
    Column(name: dataVersion, type: .json),
    Column(name: featureVersion, type: .string),
    Column(name: featureSpecVersion, type: .string),
    Column(name: snapshotVersion, type: .string),
  ]
}

extension Generation {
  /// The names of the columns that Metaxy adds to every feature's table, in its order.
  package var systemColumnNames: [String] {
    switch self {
    case .seed: SystemColumn.names
    case .release01: SystemColumn01.names
    }
  }

  /// Metaxy's system table of recorded features.
  package var featureVersions: TableName {
    switch self {
    case .seed: .featureVersions
    case .release01: "metaxy_system__feature_versions"
    }
  }

  /// The column with the feature version of a row.
  package var featureVersionColumn: String {
    switch self {
    case .seed: SystemColumn.featureVersion.rawValue
    case .release01: SystemColumn01.featureVersion.rawValue
    }
  }
}

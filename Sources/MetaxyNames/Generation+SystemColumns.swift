package import MetaxyFeatures

extension Generation {
  /// The names of the columns that Metaxy adds to every feature's table, in its order.
  package var systemColumnNames: [String] {
    switch self {
    case .seed: SystemColumn.names
    case .release01: SystemColumn01.names
    }
  }

  /// The types of the columns that Metaxy adds to every feature's table, in its order.
  package var systemColumnTypes: [ColumnType] {
    switch self {
    case .seed: SystemColumn.allCases.map(\.type)
    case .release01: SystemColumn01.allCases.map(\.type)
    }
  }

  /// Returns Metaxy's system table of recorded features in a database whose tables have a prefix.
  package func featureVersions(prefix: String) -> TableName {
    switch self {
    case .seed: TableName(prefix + TableName.featureVersions.name)
    case .release01: TableName("\(prefix)metaxy_system__feature_versions")
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

package import MetaxyFeatures

/// The columns that Metaxy adds to every feature's table since 0.1, in its order.
package enum SystemColumn01: String, Sendable, Hashable, CaseIterable {
  /// A JSON object: member name of a field → hash.
  case provenanceByField = "metaxy_provenance_by_field"
  /// One hash of the provenance by field.
  case provenance = "metaxy_provenance"
  case featureVersion = "metaxy_feature_version"
  case projectVersion = "metaxy_project_version"
  /// A JSON object like the provenance by field, which children of the row use.
  case dataVersionByField = "metaxy_data_version_by_field"
  case dataVersion = "metaxy_data_version"
  case createdAt = "metaxy_created_at"
  /// The run that wrote the row.
  case materializationID = "metaxy_materialization_id"
  case updatedAt = "metaxy_updated_at"
  /// The time of a soft deletion.
  case deletedAt = "metaxy_deleted_at"

  /// The type of the column.
  package var type: ColumnType {
    switch self {
    case .provenanceByField, .dataVersionByField: .json
    case .provenance, .featureVersion, .projectVersion, .dataVersion, .materializationID: .string
    case .createdAt, .updatedAt, .deletedAt: .timestamp
    }
  }

  /// The names, in Metaxy's order.
  package static let names: [String] = allCases.map(\.rawValue)

  /// Whether rows may have no value.
  package var isNullable: Bool { self == .materializationID || self == .deletedAt }
}

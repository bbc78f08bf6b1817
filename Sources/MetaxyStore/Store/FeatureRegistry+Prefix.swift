internal import MetaxyFeatures

extension FeatureRegistry {
  /// Returns the registry with the names that its tables have in a store.
  func prefixingTables(with prefix: String) -> FeatureRegistry {
    guard !prefix.isEmpty else { return self }
    let features = features.map { $0.prefixingTable(with: prefix) }
    guard let projectVersion else {
      return FeatureRegistry(
        project: project, snapshotVersion: snapshotVersion, hashTruncationLength: hashTruncationLength,
        definitions: definitions, features: features)
    }
    return FeatureRegistry(
      project: project, projectVersion: projectVersion, hashTruncationLength: hashTruncationLength,
      definitions: definitions, features: features)
  }
}

extension RegisteredFeature {
  fileprivate func prefixingTable(with prefix: String) -> RegisteredFeature {
    RegisteredFeature(
      key, type: type, project: project, table: prefix + table, schema: schema, idColumns: idColumns, order: order,
      columns: columns, fields: fields, dependencies: dependencies, featureVersion: featureVersion,
      specVersion: specVersion, definitionVersion: definitionVersion)
  }
}

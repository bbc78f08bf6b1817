import MetaxyFeatures

extension FeatureGraph {
  /// Computes the versions by the rules that Metaxy has since 0.1: every hash is truncated, definition versions replace
  /// tracking versions, and the project version replaces the snapshot version.
  func versions01(project: String, truncatedTo length: Int?) -> GraphVersions {
    let tables = fieldTables01(length)
    var computed: [FeatureKey: FeatureVersions] = [:]
    for feature in features {
      // The feature version needs the dependencies, even if every field's version is given.
      guard (feature.dependencies ?? []).allSatisfy({ self[$0.feature.key] != nil }) else { continue }
      computed[feature.key] = FeatureVersions(
        of01: feature, fields: tables[feature.key] ?? FieldTable(), length: length)
    }
    let projects = Dictionary(grouping: features) { $0.project ?? project }
    let versions = projects.mapValues { projectVersion01(of: $0, computed, length) }
    return GraphVersions(
      snapshot: versions[project] ?? GraphVersions.empty, projectVersions: versions, features: computed)
  }

  /// Hashes the definitions of a project's own features, sorted by key.
  private func projectVersion01(
    of features: [FeatureDefinition], _ versions: [FeatureKey: FeatureVersions], _ length: Int?
  ) -> String {
    let own = features.filter { !$0.details01.isExternal }
    var hash = VersionHash()
    for feature in own {
      hash.add(feature.key.text)
      hash.add(versions[feature.key]?.definitionVersion ?? "")
    }
    return own.isEmpty ? GraphVersions.empty : hash.text(truncatedTo: length)
  }

  private func fieldTables01(_ length: Int?) -> [FeatureKey: FieldTable] {
    let graph = FieldGraph01(features)
    var versions = [String](repeating: "", count: graph.nodes.count)
    for position in graph.order {
      let node = graph.nodes[position]
      if let given = node.feature.details01.fieldVersions[node.field.key] {
        versions[position] = given
        continue
      }
      var hash = VersionHash()
      hash.add("\(node.feature.key.text).\(node.field.key.text)")
      hash.add(node.field.codeVersion)
      for parent in node.parents { hash.add(versions[parent]) }
      versions[position] = hash.text(truncatedTo: length)
    }
    var tables: [FeatureKey: FieldTable] = [:]
    for (position, node) in graph.nodes.enumerated() {
      tables[node.feature.key, default: FieldTable()].add(node.field.key, version: versions[position])
    }
    return tables
  }
}

extension FeatureVersions {
  fileprivate init(of01 feature: FeatureDefinition, fields table: FieldTable, length: Int?) {
    (codeVersion, featureVersion) = Self.ownVersions(of: feature, fields: table, length)
    fields = table.keys.map { Field(key: $0, version: table[$0] ?? "") }
    var spec = VersionHash()
    spec.add(String(decoding: feature.spec.canonicalText, as: UTF8.self))
    specVersion = spec.text(truncatedTo: length)
    definitionVersion =
      feature.details01.definitionVersion
      ?? DefinitionVersion01.version(of: feature, specVersion: specVersion, truncatedTo: length)
  }
}

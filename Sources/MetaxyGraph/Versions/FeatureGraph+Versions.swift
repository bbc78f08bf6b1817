import MetaxyFeatures
internal import MetaxyJSON
internal import MetaxyNames

extension FeatureGraph {
  /// Computes the versions of every feature as Metaxy does, in time linear in the size of the graph.
  ///
  /// Keys, code versions and hashes are joined without separators, and the parents' hashes that enter a hash are
  /// truncated.
  ///
  /// - Parameters:
  ///   - project: the project of features that name none.
  ///   - length: the number of characters of a hash to keep; nil for all.
  package func versions(project: String, truncatedTo length: Int?) -> GraphVersions {
    switch generation {
    case .seed: seedVersions(project: project, truncatedTo: length)
    case .release01: versions01(project: project, truncatedTo: length)
    }
  }

  /// The rules of Metaxy's first releases. Spec versions are never truncated.
  private func seedVersions(project: String, truncatedTo length: Int?) -> GraphVersions {
    var computed: [FeatureKey: FeatureVersions] = [:]
    var fields: [FeatureKey: FieldTable] = [:]
    // Upstream first, so that the parents' versions are known.
    for feature in topologicalOrder {
      let parents = FieldParents(of: feature) { fields[$0] ?? FieldTable() }
      var table = FieldTable()
      for field in feature.fields {
        table.add(field.key, version: Self.version(of: field, of: feature, parents.parents(of: field), length))
      }
      fields[feature.key] = table
      computed[feature.key] = FeatureVersions(
        of: feature, fields: table, project: feature.project ?? project, length: length)
    }
    var snapshot = VersionHash()
    for feature in features {
      snapshot.add(feature.key.text)
      snapshot.add(computed[feature.key]?.featureVersion ?? "")
    }
    return GraphVersions(
      snapshot: features.isEmpty ? GraphVersions.empty : snapshot.text(truncatedTo: length), features: computed)
  }

  private static func version(
    of field: FieldSpec, of feature: FeatureDefinition, _ parents: [FieldParents.Parent], _ length: Int?
  ) -> String {
    var hash = VersionHash()
    hash.add("\(feature.key.text).\(field.key.text)")
    hash.add(field.codeVersion)
    for parent in parents { hash.add(parent.version) }
    return hash.text(truncatedTo: length)
  }
}

extension FeatureVersions {
  fileprivate init(of feature: FeatureDefinition, fields table: FieldTable, project: String, length: Int?) {
    (codeVersion, featureVersion) = Self.ownVersions(of: feature, fields: table, length)
    fields = table.keys.map { Field(key: $0, version: table[$0] ?? "") }
    specVersion = VersionHash.hexadecimal(of: feature.spec.canonicalText)
    var tracking = VersionHash()
    tracking.add(specVersion)
    tracking.add(project)
    trackingVersion = tracking.text(truncatedTo: length)
  }

  /// Returns the hash of the code versions, and that of the field versions.
  static func ownVersions(
    of feature: FeatureDefinition, fields table: FieldTable, _ length: Int?
  ) -> (code: String, feature: String) {
    var code = VersionHash()
    var whole = VersionHash()
    for field in feature.fields.sorted(by: { ScalarString($0.key.text) < ScalarString($1.key.text) }) {
      code.add(field.key.text)
      code.add(field.codeVersion)
      whole.add(field.key.text)
      whole.add(table[field.key] ?? "")
    }
    return (code.text(truncatedTo: length), whole.text(truncatedTo: length))
  }
}

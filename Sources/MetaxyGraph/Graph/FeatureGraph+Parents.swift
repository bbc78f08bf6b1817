package import MetaxyFeatures

extension FeatureGraph {
  /// Returns the upstream features that a field is computed from, sorted by their keys as lists of parts, each with the
  /// fields that contribute, sorted in the same way. This is the order in which they enter the data version of a row.
  ///
  /// A feature without a contributing field is left out.
  package func parents(of field: FieldSpec, of feature: FeatureDefinition) -> [RegisteredParent] {
    let wanted: [(feature: FeatureKey, fields: [FieldKey]?)] =
      field.dependencies?.map { ($0.feature.key, $0.fields) }
      ?? (feature.dependencies ?? []).map { ($0.feature.key, nil) }
    var fields: [FeatureKey: Set<FieldKey>] = [:]
    for (key, chosen) in wanted {
      let known = self[key]?.fields.map(\.key) ?? []
      fields[key, default: []].formUnion(chosen.map { Set($0).intersection(known) } ?? Set(known))
    }
    return fields.filter { !$0.value.isEmpty }
      .map { RegisteredParent($0, fields: $1.sorted()) }
      .sorted { $0.feature < $1.feature }
  }
}

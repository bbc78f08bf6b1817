package import MetaxyFeatures
internal import MetaxyNames

extension FeatureGraph {
  /// Returns the fields of a feature with the upstream fields that a row's hashes are computed from.
  package func registeredFields(of feature: FeatureDefinition) -> [RegisteredField] {
    feature.fields.map { field in
      let parents = generation == .seed ? parents(of: field, of: feature) : grouped(parents01(of: field, of: feature))
      return RegisteredField(field.key, codeVersion: field.codeVersion, parents: parents)
    }
  }

  /// Returns the dependencies of a feature with the columns that find their rows; none before Metaxy 0.1, where every row has
  /// one parent with the same ID columns.
  package func registeredDependencies(of feature: FeatureDefinition) -> [RegisteredDependency] {
    guard generation == .release01 else { return [] }
    return (feature.dependencies ?? []).compactMap { dependency in
      let key = dependency.feature.key
      guard let upstream = self[key] else { return nil }
      let pairs = dependency.rename?.pairs ?? []
      func former(_ name: String) -> String { pairs.first { $0.new.utf8.elementsEqual(name.utf8) }?.old ?? name }
      let upstreamColumns: [String] =
        switch dependency.lineage {
        case .identity: upstream.idColumns
        case .aggregation(let columns): (columns ?? feature.idColumns).map(former)
        case .expansion(let columns, _): columns.map(former)
        }
      var isAggregated = false
      if case .aggregation = dependency.lineage { isAggregated = true }
      return RegisteredDependency(
        key, on: upstreamColumns.map { dependency.rename?[$0] ?? $0 }, upstreamColumns: upstreamColumns,
        isAggregated: isAggregated, isOptional: dependency.isOptional, filters: dependency.filters ?? [],
        rename: dependency.filters?.isEmpty ?? true ? nil : dependency.rename)
    }
  }

  /// Groups parents by their features, which follow each other: no key is the start of another one with a dot behind it.
  private func grouped(_ parents: [FieldIdentity]) -> [RegisteredParent] {
    var groups: [(feature: FeatureKey, fields: [FieldKey])] = []
    for parent in parents {
      if groups.last?.feature == parent.feature {
        groups[groups.count - 1].fields.append(parent.field)
      } else {
        groups.append((parent.feature, [parent.field]))
      }
    }
    return groups.map { RegisteredParent($0.feature, fields: $0.fields) }
  }
}

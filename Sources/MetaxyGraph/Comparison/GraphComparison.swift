import MetaxyFeatures

/// The difference between two graphs: added, removed and changed features, and features that are recomputed because an
/// upstream feature changed.
package struct GraphComparison: Sendable {
  package let added: [VersionedGraph.Feature]
  package let removed: [VersionedGraph.Feature]
  /// Features with another version because of their own definitions.
  package let changed: [FeatureChange]
  /// Features with another version and the same definition, because an upstream feature changed.
  package let recomputed: [FeatureChange]
  /// Features with the same version and another spec; they are not recomputed.
  package let specChanged: [FeatureChange]

  package var isEmpty: Bool {
    added.isEmpty && removed.isEmpty && changed.isEmpty && recomputed.isEmpty && specChanged.isEmpty
  }

  package init(from old: VersionedGraph, to new: VersionedGraph) {
    added = new.features.filter { old[$0.key] == nil }
    removed = old.features.filter { new[$0.key] == nil }
    var (changed, recomputed, specChanged): ([FeatureChange], [FeatureChange], [FeatureChange]) = ([], [], [])
    for feature in new.features {
      guard let former = old[feature.key] else { continue }
      guard former.featureVersion == feature.featureVersion else {
        var change = FeatureChange(from: former, to: feature)
        change.upstream = Self.changedUpstream(of: feature.definition, old, new)
        if change.isOwn { changed.append(change) } else { recomputed.append(change) }
        continue
      }
      if former.specVersion != feature.specVersion { specChanged.append(FeatureChange(from: former, to: feature)) }
    }
    (self.changed, self.recomputed, self.specChanged) = (changed, recomputed, specChanged)
  }

  /// Returns the upstream features of a feature's fields whose versions changed.
  private static func changedUpstream(
    of feature: FeatureDefinition, _ old: VersionedGraph, _ new: VersionedGraph
  ) -> [FeatureKey] {
    let taken = feature.fields.flatMap { field in
      feature.usesDependencies(field)
        ? (feature.dependencies ?? []).map(\.feature.key) : (field.dependencies ?? []).map(\.feature.key)
    }
    return Set(taken).filter { new[$0]?.featureVersion != old[$0]?.featureVersion }.sorted()
  }
}

package import MetaxyFeatures

/// A field of a feature.
package struct FieldIdentity: Sendable, Hashable {
  package var feature: FeatureKey
  package var field: FieldKey

  /// `S(feature).S(field)`, the sort key of parents.
  var name: ScalarString { ScalarString("\(feature).\(field)") }
}

/// The upstream fields that a field is computed from, by the rules that Metaxy has since 0.1.
struct FieldParents01 {
  /// Why the parents cannot be found.
  enum Problem: Hashable {
    /// An explicit dependency on a feature that the feature does not depend on.
    case notADependency(FeatureKey)
    case missingField(FieldIdentity)
    /// The mappings of the dependencies give no field at all.
    case none
  }

  let feature: FeatureDefinition
  /// The upstream features by key; those that are missing are reported elsewhere.
  let upstream: (FeatureKey) -> FeatureDefinition?

  /// Returns the parents in the order in which they are hashed: each once, sorted by ``FieldIdentity/name``.
  func parents(of field: FieldSpec) -> (parents: [FieldIdentity], problems: [Problem]) {
    guard let dependencies = feature.dependencies, !dependencies.isEmpty else { return ([], []) }
    guard let explicit = field.dependencies else {
      return (Self.sorted(dependencies.flatMap { all(of: $0.feature.key) }), [])
    }
    guard explicit.isEmpty else { return parents(listed: explicit, Set(dependencies.map(\.feature.key))) }
    let mapped = dependencies.flatMap { parents(of: field.key, mappedBy: $0) }
    let isUnknown = dependencies.contains { upstream($0.feature.key) == nil }
    return (Self.sorted(mapped), mapped.isEmpty && !isUnknown ? [.none] : [])
  }

  private func parents(
    listed dependencies: [FieldDependency], _ known: Set<FeatureKey>
  ) -> (parents: [FieldIdentity], problems: [Problem]) {
    var parents: [FieldIdentity] = []
    var problems: [Problem] = []
    for dependency in dependencies {
      let key = dependency.feature.key
      guard known.contains(key) else {
        problems.append(.notADependency(key))
        continue
      }
      guard upstream(key) != nil else { continue }
      let all = self.all(of: key)
      for parent in dependency.fields?.map({ FieldIdentity(feature: key, field: $0) }) ?? all {
        if all.contains(parent) { parents.append(parent) } else { problems.append(.missingField(parent)) }
      }
    }
    return (Self.sorted(parents), problems)
  }

  private func all(of key: FeatureKey) -> [FieldIdentity] {
    (upstream(key)?.fields ?? []).map { FieldIdentity(feature: key, field: $0.key) }
  }

  private func parents(of field: FieldKey, mappedBy dependency: FeatureDependency) -> [FieldIdentity] {
    let all = self.all(of: dependency.feature.key)
    switch dependency.fieldsMapping {
    case .all: return all
    case .none: return []
    case .specific(let entries):
      let wanted = entries.filter { $0.field == field }.flatMap(\.parents)
      return all.filter { wanted.contains($0.field) }
    case .sameName(let matchesSuffix, let excluded):
      let candidates = all.filter { !excluded.contains($0.field) }
      let matches = candidates.filter { candidate in
        candidate.field == field || matchesSuffix && candidate.field.ends(with: field)
      }
      return matches.isEmpty ? candidates : matches
    }
  }

  private static func sorted(_ parents: [FieldIdentity]) -> [FieldIdentity] {
    var seen: Set<FieldIdentity> = []
    let unique = parents.filter { seen.insert($0).inserted }
    // The standard library does not guarantee a stable sort, and two names can be equal: `a`.`b.c` and `a.b`.`c`.
    return unique.indices.sorted { (unique[$0].name, $0) < (unique[$1].name, $1) }.map { unique[$0] }
  }
}

extension FeatureGraph {
  /// Returns the upstream fields that a field of generation 0.1 is computed from, in the order in which they are hashed.
  package func parents01(of field: FieldSpec, of feature: FeatureDefinition) -> [FieldIdentity] {
    FieldParents01(feature: feature) { self[$0] }.parents(of: field).parents
  }
}

extension FieldKey {
  /// Whether the last parts are those of another key: never a part of a part.
  fileprivate func ends(with other: FieldKey) -> Bool {
    guard !other.parts.isEmpty, parts.count >= other.parts.count else { return false }
    return FieldKey(Array(parts.suffix(other.parts.count))) == other
  }
}

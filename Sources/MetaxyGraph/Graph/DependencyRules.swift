import MetaxyErrors
import MetaxyFeatures

/// The rules on a feature's dependencies.
struct DependencyRules {
  let features: [FeatureDefinition]
  let positions: [FeatureKey: Int]
  let incomplete: Set<FeatureKey>
  /// The field keys of each feature.
  private let fields: [Set<FieldKey>]

  init(features: [FeatureDefinition], positions: [FeatureKey: Int], incomplete: Set<FeatureKey>) {
    self.features = features
    self.positions = positions
    self.incomplete = incomplete
    self.fields = features.map { Set($0.fields.map(\.key)) }
  }

  func problems(of feature: FeatureDefinition) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    for (position, dependency) in (feature.dependencies ?? []).enumerated() {
      let place = feature.place(ofDependency: position)
      if let upstream = definition(of: dependency.feature.key) {
        let taken = DependencyColumns(of: dependency, from: upstream, by: feature.key)
        diagnostics += taken.problems.map { Diagnostic(.error, $0, at: place) }
      } else if !incomplete.contains(dependency.feature.key) {
        diagnostics.append(missingFeature(dependency.feature.key, of: feature, at: place))
      }
    }
    return diagnostics + DependencyColumns.collisions(in: feature, upstream: definition(of:))
      + fieldProblems(of: feature)
  }

  private func definition(of key: FeatureKey) -> FeatureDefinition? {
    positions[key].map { features[$0] }
  }

  private func missingFeature(
    _ key: FeatureKey, of feature: FeatureDefinition, at place: SourceLocation
  ) -> Diagnostic {
    let closest = Suggestion.closest(to: key.text, in: features.lazy.map(\.key.text))
    return Diagnostic(
      .error, "`\(feature.key)` depends on `\(key)`, which no feature declares" + didYouMean(closest), at: place)
  }

  private func fieldProblems(of feature: FeatureDefinition) -> [Diagnostic] {
    let dependencies = Set((feature.dependencies ?? []).map(\.feature.key))
    var diagnostics: [Diagnostic] = []
    for (position, field) in feature.fields.enumerated() {
      for dependency in field.dependencies ?? [] {
        let messages = problems(of: dependency, in: field, of: feature.key, dependencies: dependencies)
        diagnostics += messages.map { Diagnostic(.error, $0, at: feature.place(ofField: position)) }
      }
    }
    return diagnostics
  }

  private func problems(
    of dependency: FieldDependency, in field: FieldSpec, of key: FeatureKey, dependencies: Set<FeatureKey>
  ) -> [String] {
    let upstreamKey = dependency.feature.key
    guard dependencies.contains(upstreamKey) else {
      let closest = Suggestion.closest(to: upstreamKey.text, in: dependencies.map(\.text).sorted())
      return [
        "the field `\(field.key)` depends on fields of `\(upstreamKey)`, which is not a dependency of `\(key)`"
          + didYouMean(closest)
      ]
    }
    guard let position = positions[upstreamKey] else { return [] }
    let known = fields[position]
    return (dependency.fields ?? []).filter { !known.contains($0) }.map { missing in
      "the field `\(field.key)` depends on `\(missing)`, which is not a field of `\(upstreamKey)`"
        + didYouMean(Suggestion.closest(to: missing.text, in: known.map(\.text)))
    }
  }
}

/// Returns `; did you mean …?`, or an empty string.
func didYouMean(_ word: String?) -> String {
  word.map { "; did you mean `\($0)`?" } ?? ""
}

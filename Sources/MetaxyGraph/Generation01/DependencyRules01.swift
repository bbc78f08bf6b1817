import MetaxyErrors
import MetaxyFeatures
import MetaxyNames

/// The rules on a feature's dependencies since Metaxy 0.1. Those that Metaxy checks only when rows are computed are
/// warnings.
struct DependencyRules01 {
  let features: [FeatureDefinition]
  let positions: [FeatureKey: Int]
  let incomplete: Set<FeatureKey>

  func problems(of feature: FeatureDefinition) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    if feature.attributes != nil {
      diagnostics.append(
        Diagnostic(
          .error,
          "`\(feature.key)` has attributes, which a spec of generation `\(Generation.release01.rawValue)` does not have",
          at: feature.source))
    }
    for (position, dependency) in (feature.dependencies ?? []).enumerated() {
      let place = feature.place(ofDependency: position)
      if let upstream = positions[dependency.feature.key].map({ features[$0] }) {
        diagnostics += renameProblems(of: dependency, from: upstream, by: feature.key)
          .map { Diagnostic(.warning, $0, at: place) }
        diagnostics += filterProblems(of: dependency, from: upstream, by: feature.key, at: place)
      } else if !incomplete.contains(dependency.feature.key), !isKnownWithoutDependencies(feature) {
        diagnostics.append(missingFeature(dependency.feature.key, of: feature, at: place))
      }
    }
    return diagnostics + collisions(in: feature)
  }

  /// Whether nothing of the feature is computed from its dependencies: another project owns it and gave its versions.
  private func isKnownWithoutDependencies(_ feature: FeatureDefinition) -> Bool {
    feature.details01.isExternal && feature.fields.allSatisfy { feature.details01.fieldVersions[$0.key] != nil }
  }

  private func missingFeature(
    _ key: FeatureKey, of feature: FeatureDefinition, at place: SourceLocation
  ) -> Diagnostic {
    let closest = Suggestion.closest(to: key.text, in: features.lazy.map(\.key.text))
    return Diagnostic(
      .error, "`\(feature.key)` depends on `\(key)`, which no feature declares" + didYouMean(closest), at: place)
  }

  private func renameProblems(
    of dependency: FeatureDependency, from upstream: FeatureDefinition, by key: FeatureKey
  ) -> [String] {
    let pairs = dependency.rename?.pairs ?? []
    let repeated = Dictionary(grouping: pairs) { ScalarString($0.new) }.filter { $1.count > 1 }.keys.sorted()
    return pairs.compactMap { pair in
      let subject = "`\(key)` renames the column `\(pair.old)` of `\(upstream.key)` to `\(pair.new)`"
      if Generation.release01.systemColumnNames.containsExactly(pair.new) {
        return "\(subject), the name of a system column"
      }
      return upstream.idColumns.containsExactly(pair.new) ? "\(subject), the name of an ID column there" : nil
    } + repeated.map { "`\(key)` renames two columns of `\(upstream.key)` to `\($0.text)`" }
  }

  /// Finds conditions outside Metaxy's language, and names of columns that the upstream feature does not declare.
  ///
  /// Metaxy reads conditions when rows are computed, and then refuses them, too. A table that its store made can have columns
  /// that no feature declares.
  private func filterProblems(
    of dependency: FeatureDependency, from upstream: FeatureDefinition, by key: FeatureKey, at place: SourceLocation
  ) -> [Diagnostic] {
    let pairs = dependency.rename?.pairs ?? []
    // The columns of a feature that Python declares are not known.
    let known = upstream.columns.map(\.name) + upstream.idColumns + Generation.release01.systemColumnNames
    let names = known.map { name in pairs.first { ScalarString($0.old) == ScalarString(name) }?.new ?? name }
    return (dependency.filters ?? []).compactMap { text in
      let subject = "`\(key)` filters the rows of `\(upstream.key)` by `\(text)`"
      do throws(RowFilter.Problem) {
        try RowFilter.check(text) { _ in true }
      } catch {
        return Diagnostic(.error, "\(subject), which cannot be used: \(error.reason)", at: place)
      }
      do throws(RowFilter.Problem) {
        try RowFilter.check(text) { upstream.columns.isEmpty || names.containsExactly($0) }
        return nil
      } catch {
        return Diagnostic(.warning, "\(subject): \(error.reason) of that feature", at: place)
      }
    }
  }

  /// Finds the selected columns that two dependencies bring under one name.
  private func collisions(in feature: FeatureDefinition) -> [Diagnostic] {
    var first: [ScalarString: Int] = [:]
    var diagnostics: [Diagnostic] = []
    for (position, dependency) in (feature.dependencies ?? []).enumerated() {
      let ids = positions[dependency.feature.key].map { features[$0].idColumns } ?? []
      let names = Set(
        (dependency.columns ?? []).filter { !(ids + feature.idColumns).containsExactly($0) }.map(ScalarString.init))
      for name in names.sorted() {
        guard let earlier = first[name] else {
          first[name] = position
          continue
        }
        diagnostics.append(
          Diagnostic(
            .warning, "`\(feature.key)` selects two columns with the name `\(name.text)`",
            at: feature.place(ofDependency: position),
            notes: [Diagnostic.Note("the first is taken here", at: feature.place(ofDependency: earlier))]))
      }
    }
    return diagnostics
  }
}

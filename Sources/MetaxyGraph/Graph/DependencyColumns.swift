import MetaxyErrors
import MetaxyFeatures
internal import MetaxyNames

/// The columns that a dependency takes from its upstream feature, with their names.
struct DependencyColumns {
  private let dependency: FeatureDependency
  private let upstream: FeatureDefinition
  private let key: FeatureKey

  init(of dependency: FeatureDependency, from upstream: FeatureDefinition, by key: FeatureKey) {
    self.dependency = dependency
    self.upstream = upstream
    self.key = key
  }

  /// The names that Metaxy reserves in a joined table. `feature_spec_version` is not one of them.
  private static let reservedNames: Set<String> = [
    "data_version", "feature_version", "snapshot_version",
    "metaxy_data_version", "metaxy_feature_version", "metaxy_snapshot_version",
  ]

  var problems: [String] {
    (dependency.columns ?? []).compactMap(problem(ofTaking:))
      + (dependency.rename ?? [:]).pairs.compactMap { problem(ofRenaming: $0.old, to: $0.new) }
  }

  private func problem(ofTaking column: String) -> String? {
    guard let known, !known.containsExactly(column) else { return nil }
    return "`\(key)` selects the column `\(column)` of `\(upstream.key)`, which does not exist"
      + didYouMean(Suggestion.closest(to: column, in: known))
  }

  private func problem(ofRenaming column: String, to name: String) -> String? {
    if let known, !known.containsExactly(column) {
      return "`\(key)` renames the column `\(column)` of `\(upstream.key)`, which does not exist"
        + didYouMean(Suggestion.closest(to: column, in: known))
    }
    if let columns = dependency.columns, !columns.containsExactly(column), !isAlwaysTaken(column) {
      return "`\(key)` renames the column `\(column)` of `\(upstream.key)`, but does not select it"
    }
    if Self.reservedNames.contains(name) {
      return "`\(key)` renames the column `\(column)` of `\(upstream.key)` to `\(name)`, the name of a system column"
    }
    if upstream.idColumns.containsExactly(name) {
      return "`\(key)` renames the column `\(column)` of `\(upstream.key)` to `\(name)`, the name of an ID column there"
    }
    return nil
  }

  /// The columns of the upstream feature; nil for a feature without a table, which an exported graph may contain.
  private var known: [String]? {
    upstream.columns.isEmpty ? nil : upstream.columns.map(\.name) + SystemColumn.names
  }

  private func isAlwaysTaken(_ column: String) -> Bool {
    upstream.idColumns.containsExactly(column) || SystemColumn.names.contains(column)
  }

  /// The names that the dependency adds explicitly; ID and system columns come from the join.
  private var names: [String] {
    let rename = dependency.rename ?? [:]
    guard let columns = dependency.columns else { return rename.pairs.map(\.new) }
    return columns.filter { rename[$0] != nil || !isAlwaysTaken($0) }.map { rename[$0] ?? $0 }
  }

  /// Finds the names that are added twice, by one dependency or by two.
  static func collisions(
    in feature: FeatureDefinition, upstream: (FeatureKey) -> FeatureDefinition?
  ) -> [Diagnostic] {
    var first: [ScalarString: Int] = [:]
    var diagnostics: [Diagnostic] = []
    for (position, dependency) in (feature.dependencies ?? []).enumerated() {
      guard let upstream = upstream(dependency.feature.key) else { continue }
      for name in DependencyColumns(of: dependency, from: upstream, by: feature.key).names {
        guard let earlier = first[ScalarString(name)] else {
          first[ScalarString(name)] = position
          continue
        }
        diagnostics.append(
          Diagnostic(
            .error, "`\(feature.key)` selects two columns with the name `\(name)`",
            at: feature.place(ofDependency: position),
            notes: [Diagnostic.Note("the first is taken here", at: feature.place(ofDependency: earlier))]))
      }
    }
    return diagnostics
  }
}

import MetaxyErrors
import MetaxyFeatures
import MetaxySorting

/// The fields of all features and what they are computed from.
///
/// Since Metaxy 0.1 the fields must not depend on each other in a cycle; features may.
struct FieldGraph01 {
  struct Node {
    let feature: FeatureDefinition
    let field: FieldSpec
    /// The positions of the parents, in the order in which they are hashed.
    var parents: [Int] = []
  }

  private(set) var nodes: [Node] = []
  /// The positions of the nodes, upstream first; meaningless if there are cycles.
  private(set) var order: [Int] = []
  private(set) var problems: [Diagnostic] = []

  /// - Parameter features: the features, with unique keys.
  init(_ features: [FeatureDefinition]) {
    let byKey = Dictionary(features.map { ($0.key, $0) }) { first, _ in first }
    var positions: [FieldIdentity: Int] = [:]
    for feature in features {
      for field in feature.fields {
        positions[FieldIdentity(feature: feature.key, field: field.key)] = nodes.count
        nodes.append(Node(feature: feature, field: field))
      }
    }
    for position in nodes.indices {
      let feature = nodes[position].feature
      guard feature.details01.fieldVersions[nodes[position].field.key] == nil else { continue }
      let found = FieldParents01(feature: feature) { byKey[$0] }.parents(of: nodes[position].field)
      nodes[position].parents = found.parents.compactMap { positions[$0] }
      problems += found.problems.map { diagnostic($0, at: position) }
    }
    let sort = DependencySort(needs: nodes.map(\.parents))
    order = sort.order
    problems += sort.cycles.map(cycle)
  }

  private func place(of position: Int) -> SourceLocation {
    let (feature, field) = (nodes[position].feature, nodes[position].field)
    return feature.place(ofField: feature.fields.firstIndex { $0.key == field.key } ?? 0)
  }

  private func diagnostic(_ problem: FieldParents01.Problem, at position: Int) -> Diagnostic {
    let (feature, field) = (nodes[position].feature, nodes[position].field.key)
    let message =
      switch problem {
      case .notADependency(let key):
        "the field `\(field)` depends on fields of `\(key)`, which is not a dependency of `\(feature.key)`"
          + didYouMean(
            Suggestion.closest(to: key.text, in: (feature.dependencies ?? []).map(\.feature.key.text).sorted()))
      case .missingField(let parent):
        "the field `\(field)` depends on `\(parent.field)`, which is not a field of `\(parent.feature)`"
      case .none:
        "the field `\(field)` of `\(feature.key)` has no parents: no dependency's `fields_mapping` gives it a field"
      }
    return Diagnostic(.error, message, at: place(of: position))
  }

  private func cycle(_ positions: [Int]) -> Diagnostic {
    func text(_ position: Int) -> String { "`\(nodes[position].feature.key).\(nodes[position].field.key)`" }
    let first = positions.indices.min { positions[$0] < positions[$1] } ?? 0
    let path = Array(positions[first...] + positions[..<first])
    let shown = path.count > 8 ? path.prefix(4).map(text) + ["…"] + path.suffix(2).map(text) : path.map(text)
    return Diagnostic(
      .error, "fields depend on each other in a cycle: " + (shown + [text(path[0])]).joined(separator: " → "),
      at: place(of: path[0]))
  }
}

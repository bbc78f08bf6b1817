import MetaxyFeatures
import MetaxySorting

/// The topological order of features as Metaxy shows it since 0.1.
enum FeatureOrder01 {
  /// Returns the positions of the features: depth first, equals by their keys in lower case; a dependency that closes a
  /// cycle is ignored.
  static func order(of features: [FeatureDefinition], _ positions: [FeatureKey: Int]) -> [Int] {
    let names = features.map { ScalarString($0.key.text.lowercased()) }
    let sorted = features.indices.sorted { names[$0] < names[$1] }
    var ranks = [Int](repeating: 0, count: features.count)
    for (rank, position) in sorted.enumerated() { ranks[position] = rank }
    let needs = sorted.map { position in
      Set((features[position].dependencies ?? []).compactMap { positions[$0.feature.key] }).map { ranks[$0] }.sorted()
    }
    return DependencySort(needs: needs).order.map { sorted[$0] }
  }
}

internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames

/// A derived feature with its parents, as far as their rows are joined, in Metaxy's first releases.
struct FeatureFamily {
  let child: RowLayout
  let recipe: DataVersionRecipe
  /// The parents, in the order of the recipe.
  let parents: [RowLayout]
  /// The positions of the parents in the order in which they can be joined: each shares a column with an earlier one.
  let joinOrder: [Int]
  /// The ID columns of the parents: they name a sample.
  let idColumns: [String]

  init(_ child: RowLayout, _ store: MetadataStore) throws(MetaxyError) {
    guard !DataVersionRecipe.isExplicit(child.feature) else { throw .samplesNeeded(child.feature.key) }
    self.child = child
    recipe = DataVersionRecipe(child.feature, store.hashAlgorithm, length: store.registry.hashTruncationLength)
    var parents: [RowLayout] = []
    for key in recipe.parents {
      guard let parent = store.registry.features.first(where: { $0.key == key }) else {
        throw .parentNotRegistered(child.feature.key, key)
      }
      for column in parent.idColumns where child.position(ofColumn: column) == nil {
        throw .parentFarther(child.feature.key, parent, column: column)
      }
      parents.append(RowLayout(parent, store.dialect, .seed))
    }
    self.parents = parents
    (joinOrder, idColumns) = try Self.joined(parents)
  }

  /// Whether a sample has one row at most in the child's table, because the same columns name it there.
  var isOneToOne: Bool { child.feature.idColumns.allSatisfy(idColumns.containsExactly) }

  private static func joined(_ parents: [RowLayout]) throws(MetaxyError) -> (order: [Int], columns: [String]) {
    // The parent with most columns first, which the others refer to.
    var rest = parents.indices.sorted { parents[$0].feature.idColumns.count > parents[$1].feature.idColumns.count }
    var order = [rest.removeFirst()]
    var columns = parents[order[0]].feature.idColumns
    while !rest.isEmpty {
      let next = rest.firstIndex { parents[$0].feature.idColumns.contains(where: columns.containsExactly) }
      guard let next else { throw .cannotJoin(parents[order[0]].feature.key, parents[rest[0]].feature.key) }
      let parent = rest.remove(at: next)
      order.append(parent)
      columns += parents[parent].feature.idColumns.filter { !columns.containsExactly($0) }
    }
    return (order, columns)
  }
}

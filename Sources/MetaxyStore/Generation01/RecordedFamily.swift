internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames

/// A derived feature with its dependencies, as far as their rows are joined, since Metaxy 0.1.
struct RecordedFamily {
  let child: RowLayout
  let recipe: ProvenanceRecipe
  let hashing: RowHashing
  /// The dependencies, in the order of the recipe.
  let dependencies: [DependencyRows]
  /// The positions of the dependencies in the order in which they are joined: optional ones last, and each shares a column
  /// with an earlier one.
  let joinOrder: [Int]
  /// The columns of the child that find the rows of its dependencies: they name a sample.
  let idColumns: [String]

  init(_ child: RowLayout, _ store: MetadataStore) throws(MetaxyError) {
    guard !child.hasGivenVersions else { throw .samplesNeeded(child.feature.key) }
    self.child = child
    hashing = RowHashing(store.hashAlgorithm, length: store.registry.hashTruncationLength)
    recipe = ProvenanceRecipe(child.feature, hashing)
    var dependencies: [DependencyRows] = []
    for dependency in recipe.dependencies {
      guard let parent = store.registry.features.first(where: { $0.key == dependency.feature }) else {
        throw .parentNotRegistered(child.feature.key, dependency.feature)
      }
      for column in dependency.columns where child.position(ofColumn: column) == nil {
        throw .parentFarther(child.feature.key, parent, column: column)
      }
      dependencies.append(
        DependencyRows(
          parent: RowLayout(parent, store.dialect, .release01), dependency: dependency, child: child.feature.key,
          database: store.database))
    }
    self.dependencies = dependencies
    (joinOrder, idColumns) = try Self.joined(dependencies, child.feature.key)
  }

  /// Whether a sample has one row at most in the child's table, because the same columns name it there.
  var isOneToOne: Bool { child.feature.idColumns.allSatisfy(idColumns.containsExactly) }

  /// Whether a sample needs no row of any one dependency.
  var isOptionalOnly: Bool { dependencies.allSatisfy(\.dependency.isOptional) }

  func reader(of position: Int) -> DependencyReader {
    DependencyReader(
      dependency: dependencies[position].dependency, members: recipe.neededMembers(of: position), hashing: hashing)
  }

  private static func joined(
    _ rows: [DependencyRows], _ child: FeatureKey
  ) throws(MetaxyError) -> (order: [Int], columns: [String]) {
    let dependencies = rows.map(\.dependency)
    // The one with most columns first, which the others refer to.
    let sorted = dependencies.indices.sorted { dependencies[$0].columns.count > dependencies[$1].columns.count }
    let isOptionalOnly = dependencies.allSatisfy(\.isOptional)
    var rest = isOptionalOnly ? sorted : sorted.filter { !dependencies[$0].isOptional }
    var order = [rest.removeFirst()]
    var columns = dependencies[order[0]].columns
    while !rest.isEmpty {
      let next = rest.firstIndex { dependencies[$0].columns.contains(where: columns.containsExactly) }
      guard let next else { throw .cannotJoin(dependencies[order[0]].feature, dependencies[rest[0]].feature) }
      let position = rest.remove(at: next)
      order.append(position)
      columns += dependencies[position].columns.filter { !columns.containsExactly($0) }
    }
    if !isOptionalOnly { order += sorted.filter { dependencies[$0].isOptional } }
    // A row that is missing must not leave a column of a sample without a value.
    for dependency in dependencies where dependency.isOptional {
      let missing =
        isOptionalOnly
        ? columns.first { !dependency.columns.containsExactly($0) }
        : dependency.columns.first { !columns.containsExactly($0) }
      if let missing { throw .cannotJoinOptional(child, dependency.feature, column: missing) }
    }
    return (order, columns)
  }
}

internal import MetaxyErrors
internal import MetaxyGraph
internal import MetaxyMigrationErrors
internal import MetaxyNames

/// Whose features a project of generation 0.1 has: Metaxy records, and computes the project version of, its own alone.
struct ProjectOwnership {
  /// The configured project.
  let project: String
  /// The projects of the features, without those that are only known by definition.
  private let owners: Set<String>
  private let generation: Generation

  init(of graph: FeatureGraph, in project: String) {
    self.project = project
    generation = graph.generation
    owners = Set(graph.features.filter { !$0.details01.isExternal }.map { $0.project ?? project })
  }

  /// Whether there are features, and none of them is the project's own.
  var isForeign: Bool { generation == .release01 && !owners.isEmpty && !owners.contains(project) }

  /// What is wrong, for a warning.
  var message: String {
    "no feature belongs to the project `\(project)`: they belong to \(Wording.list(owners.sorted())), and the project version is"
      + " `\(GraphVersions.empty)`"
  }

  /// Refuses a graph without a feature of the project, as Metaxy does.
  ///
  /// - Throws: `no_own_features`.
  func requireOwn() throws(MetaxyError) {
    guard isForeign, let first = owners.sorted().first else { return }
    throw MetaxyError(
      .noOwnFeatures, "nothing to record: no feature belongs to the project `\(project)`",
      hints: [
        "they belong to \(Wording.list(owners.sorted())): set `project = \"\(first)\"`, or in Python"
          + " `__metaxy_project__ = \"\(project)\"` in their package"
      ])
  }
}

internal import MetaxyDatabase
package import MetaxyErrors
package import MetaxyFeatures
internal import MetaxyGraph
internal import MetaxyRuntime

extension Commands {
  /// Records the registered graph in the system tables of the store; idempotent.
  ///
  /// - Parameter again: whether an earlier recorded graph becomes the latest one again.
  package static func pushGraph(_ context: CommandContext, again: Bool = false) throws(MetaxyError) -> GraphPush {
    let session = try ProjectSession(context)
    let recorded = try GraphSession(session, forWriting: true)
    let source = try FeatureSource.load(session)
    try ProjectOwnership(of: source.graph, in: source.project).requireOwn()
    try recorded.requireLayout()
    let versions = source.versions(context)
    try recorded.compareExternalFeatures(source)
    let push = GraphPush(
      project: source.project, snapshotVersion: versions.snapshot,
      outcome: try recorded.record(source, versions, again: again))
    context.report(.note(push.displayText))
    if let latest = try recorded.snapshots(of: source.project).first?.version, latest != versions.snapshot {
      context.warn("`\(latest)` was recorded after it and counts; \(.pushGraph(again: true)) goes back to this one")
    }
    return push
  }
}

/// The result of recording the registered graph.
package struct GraphPush: Report {
  package var project: String
  package var snapshotVersion: String
  var outcome: GraphRecording

  /// The result in Metaxy's format.
  var displayText: String {
    switch outcome {
    case .newSnapshot: "recorded the feature graph"
    case .changedMetadata(let keys):
      "updated feature information (no topological changes): \(keys.map(\.description).joined(separator: ", "))"
    case .again: "recorded the feature graph again"
    case .nothing: "snapshot already recorded (no changes)"
    }
  }

  package var json: JSONValue {
    let (result, updated): (String, [FeatureKey]) =
      switch outcome {
      case .newSnapshot: ("new_snapshot", [])
      case .changedMetadata(let keys): ("metadata_changed", keys)
      case .again: ("recorded_again", [])
      case .nothing: ("unchanged", [])
      }
    return .object([
      .init("project", .string(project)), .init("snapshot_version", .string(snapshotVersion)),
      .init("result", .string(result)), .init("updated_features", .texts(updated.map(\.text))),
    ])
  }

  /// The version alone, for scripts, as Metaxy prints it.
  package var text: String { snapshotVersion }
}

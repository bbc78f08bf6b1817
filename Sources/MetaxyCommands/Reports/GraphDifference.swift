package import MetaxyFeatures
internal import MetaxyGraph
internal import MetaxyNames

/// The difference between a recorded graph, or one of other sources, and the registered one.
package struct GraphDifference: Report {
  /// The source of the graph that the registered one is compared with.
  enum Place: Sendable {
    case recorded(at: String)
    case sources(String)
  }

  private let place: Place
  private let old: VersionedGraph
  private let new: VersionedGraph
  private let comparison: GraphComparison

  init(from old: VersionedGraph, _ place: Place, to new: VersionedGraph) {
    self.place = place
    self.old = old
    self.new = new
    comparison = GraphComparison(from: old, to: new)
  }

  package var differs: Bool { !comparison.isEmpty }

  package var json: JSONValue {
    let (recordedAt, sources): (String?, String?) =
      switch place {
      case .recorded(let time): (time, nil)
      case .sources(let argument): (nil, argument)
      }
    return .object([
      .init(
        "from",
        .object([
          .init("snapshot_version", .string(old.snapshot)), .init("recorded_at", JSONValue(recordedAt)),
          .init("sources", JSONValue(sources)),
        ])),
      .init("to", .object([.init("snapshot_version", .string(new.snapshot))])),
      .init("differs", .boolean(differs)), .init("added", .array(comparison.added.map(\.json))),
      .init("removed", .array(comparison.removed.map(\.json))),
      .init("changed", .array(comparison.changed.map(\.json))),
      .init("recomputed", .array(comparison.recomputed.map(\.json))),
      .init("metadata_changed", .array(comparison.specChanged.map(\.json))),
    ])
  }

  package var text: String {
    let title =
      switch place {
      case .recorded(let time): "snapshot \(old.snapshot.shortened) (recorded \(time) UTC)"
      case .sources(let argument): "\(argument) (snapshot \(old.snapshot.shortened))"
      }
    guard differs else { return "no difference: the registered graph is \(title)" }
    var lines = ["from \(title) to the registered graph (snapshot \(new.snapshot.shortened)):"]
    func add(_ heading: String, _ entries: [[String]]) {
      guard !entries.isEmpty else { return }
      lines.append(heading)
      lines += entries.flatMap { $0 }
    }
    add("added", comparison.added.map { ["  \($0.key)  \($0.featureVersion.shortened)"] })
    add("removed", comparison.removed.map { ["  \($0.key)  \($0.featureVersion.shortened)"] })
    add("changed", comparison.changed.map { [$0.title] + $0.details })
    add("recomputed, for what is upstream", comparison.recomputed.map { ["\($0.title)\($0.reason)"] })
    add(
      "metadata alone, nothing is recomputed",
      comparison.specChanged.map { change in
        // Only a definition version changes with the columns alone.
        let members = change.changedMembers.isEmpty ? ["columns"] : change.changedMembers
        return ["  \(change.key)  \(members.joined(separator: ", "))"]
      })
    return lines.joined(separator: "\n")
  }
}

extension VersionedGraph.Feature {
  fileprivate var json: JSONValue {
    .object([.init("key", .string(key.text)), .init("feature_version", .string(featureVersion))])
  }
}

extension FeatureChange {
  fileprivate var json: JSONValue {
    .object([
      .init("key", .string(key.text)), .init("feature_version", featureVersion.json),
      .init("feature_spec_version", generation == .seed ? specVersion.json : .null),
      .init("definition_version", generation == .seed ? .null : specVersion.json),
      .init("added_fields", .texts(addedFields.map(\.text))),
      .init("removed_fields", .texts(removedFields.map(\.text))),
      .init("changed_fields", .array(changedFields.map(\.json))),
      .init("added_dependencies", .texts(addedDependencies.map(\.text))),
      .init("removed_dependencies", .texts(removedDependencies.map(\.text))),
      .init("changed_members", .texts(changedMembers)), .init("because_of", .texts(upstream.map(\.text))),
    ])
  }

  fileprivate var title: String {
    "  \(key)  \(featureVersion.from.shortened) -> \(featureVersion.to.shortened)"
  }

  /// Why the version of a feature with an unchanged definition differs.
  fileprivate var reason: String {
    guard upstream.isEmpty else { return ", because of \(upstream.map(\.description).joined(separator: ", "))" }
    let (from, to) = (featureVersion.from.utf8.count, featureVersion.to.utf8.count)
    return from == to ? "" : ", because \(to) characters of a hash are kept, and \(from) before"
  }

  fileprivate var details: [String] {
    changedFields.map { field in
      let version = field.codeVersion.map { "code version \($0.from) -> \($0.to)" }
      let dependencies = field.hasOtherDependencies ? "other dependencies" : nil
      return "    field \(field.key): \([version, dependencies].compactMap(\.self).joined(separator: ", "))"
    } + addedFields.map { "    field \($0): added" } + removedFields.map { "    field \($0): removed" }
      + addedDependencies.map { "    depends on \($0) now" }
      + removedDependencies.map { "    no longer depends on \($0)" }
      + (upstream.isEmpty ? [] : ["    and because of \(upstream.map(\.description).joined(separator: ", "))"])
  }
}

extension FeatureChange.Field {
  fileprivate var json: JSONValue {
    .object([
      .init("key", .string(key.text)), .init("code_version", codeVersion?.json ?? .null),
      .init("other_dependencies", .boolean(hasOtherDependencies)),
    ])
  }
}

extension FeatureChange.Transition {
  fileprivate var json: JSONValue { .object([.init("from", .string(from)), .init("to", .string(to))]) }
}

extension String {
  /// The prefix of a version for display.
  var shortened: String { String(prefix(8)) }
}

package import MetaxyFeatures
internal import MetaxyProject
internal import MetaxyRevisions

/// One revision in the output of `current`, `heads` and `history`.
package struct RevisionItem: Sendable, Hashable {
  /// A feature whose version changed with a revision.
  package struct Feature: Sendable, Hashable {
    package var key: String
    /// The version before; nil for a new feature, or for one that no earlier record contains.
    package var from: String?
    /// The version after; nil for a removed feature.
    package var to: String?
  }

  package var revision: String
  package var downRevisions: [String]
  package var branchLabels: [String]
  package var dependsOn: [String]
  package var message: String
  /// The creation time: `2026-11-22T10:07:31Z`.
  package var created: String?
  package var isHead: Bool
  /// Whether the database is at this revision; nil if the database could not be queried.
  package var isCurrent: Bool?
  package var path: String
  package var environment: String
  /// The version of the feature graph for which it was written; nil if there is none.
  package var snapshotVersion: String?
  /// The features whose versions changed with it; nil if not requested.
  package var features: [Feature]?
  /// Whether there is a file for it; otherwise it is only in the version table.
  package var hasFile = true
  /// Its state in the database; nil if that was not requested, or could not be queried.
  package var state: State?

  /// What a database has of a revision.
  package struct State: Sendable, Hashable {
    package var isApplied: Bool
    package var isHalfApplied: Bool
    /// Whether its file was edited after it was applied.
    package var isEdited: Bool

    /// The marks in the format of those of Alembic. A current revision is applied, which it does not repeat.
    fileprivate func marks(isCurrent: Bool) -> String {
      (isHalfApplied ? " (half-applied)" : isApplied ? isCurrent ? "" : " (applied)" : " (pending)")
        + (isEdited ? " (edited)" : "")
    }
  }

  init(_ file: RevisionFile, in environment: EnvironmentContext, current: Set<String>?) {
    revision = file.revision
    downRevisions = file.downRevisions
    branchLabels = file.branchLabels
    dependsOn = file.dependencies
    message = file.message
    created = file.created?.description
    isHead = environment.revisions.graph.children(of: file.revision).isEmpty
    isCurrent = current.map { $0.contains(file.revision) }
    path = file.path
    self.environment = environment.kind.rawValue
    snapshotVersion = file.snapshot
  }

  /// A row of the version table without a file.
  init(_ version: UnknownVersion) {
    revision = version.revision
    downRevisions = []
    branchLabels = []
    dependsOn = []
    message = "there is no file for it"
    isHead = false
    isCurrent = true
    path = version.pythonFile ?? ""
    environment = version.environment
    hasFile = false
  }

  var json: JSONValue {
    .object([
      .init("revision", .string(revision)), .init("down_revisions", .texts(downRevisions)),
      .init("branch_labels", .texts(branchLabels)), .init("depends_on", .texts(dependsOn)),
      .init("message", .string(message)), .init("created", JSONValue(created)), .init("is_head", .boolean(isHead)),
      .init("is_current", isCurrent.map(JSONValue.boolean) ?? .null), .init("path", .string(path)),
      .init("environment", .string(environment)), .init("snapshot_version", JSONValue(snapshotVersion)),
      .init("features", features.map { .array($0.map(\.json)) } ?? .null), .init("has_file", .boolean(hasFile)),
      .init("is_applied", state.map { .boolean($0.isApplied) } ?? .null),
      .init("is_pending", state.map { .boolean(!$0.isApplied && !$0.isHalfApplied) } ?? .null),
      .init("is_half_applied", state.map { .boolean($0.isHalfApplied) } ?? .null),
      .init("is_edited", state.map { .boolean($0.isEdited) } ?? .null),
    ])
  }

  /// The marks in Alembic's format: `(head)`, `(current)`.
  var marks: String {
    (branchLabels.isEmpty ? "" : " (\(branchLabels.joined(separator: ", ")))") + (isHead ? " (head)" : "")
      + (hasFile ? "" : " (no file)")
  }

  /// The marks of its state in the database.
  var stateMarks: String {
    (isCurrent == true ? " (current)" : "") + (state?.marks(isCurrent: isCurrent == true) ?? "")
  }
}

extension RevisionItem.Feature {
  fileprivate var json: JSONValue {
    .object([.init("key", .string(key)), .init("from", JSONValue(from)), .init("to", JSONValue(to))])
  }

  fileprivate var text: String {
    switch (from, to) {
    case (let from?, let to?): "\(key)  \(from.shortened) -> \(to.shortened)"
    case (_, let to?): "\(key)  \(to.shortened), new"
    default: "\(key)  gone"
    }
  }
}

/// A list of revisions.
package struct RevisionList: Report {
  /// The amount of detail for each revision.
  enum Style { case names, steps, details }

  package var items: [RevisionItem]
  var style: Style
  /// Whether lines beside the texts show how the revisions follow each other.
  var drawsGraph = false
  /// Whether the result is "differs" because the database is behind.
  package var differs = false

  package var json: JSONValue { .array(items.map(\.json)) }

  package var line: String {
    items.isEmpty ? "base" : items.map { "\($0.revision)\($0.marks)" }.joined(separator: ", ")
  }

  package var text: String {
    guard !drawsGraph else { return HistoryGraph.lines(of: items, text: graphText).joined(separator: "\n") }
    return items.map { item in
      switch style {
      case .names: "\(item.revision)\(item.marks)"
      case .steps:
        "\(item.downRevisions.isEmpty ? "<base>" : item.downRevisions.joined(separator: ", ")) -> \(item.revision)"
          + "\(item.marks)\(item.stateMarks), \(item.message)"
      case .details: details(of: item)
      }
    }.joined(separator: style == .details ? "\n\n" : "\n")
  }

  /// The text beside a revision's place in the graph, which shows what it revises.
  private func graphText(_ item: RevisionItem) -> String {
    guard style != .details else { return details(of: item) + "\n" }
    return "\(item.revision)\(item.marks)\(item.stateMarks), \(item.message)"
  }

  private func details(of item: RevisionItem) -> String {
    [
      "Revision: \(item.revision)\(item.marks)\(item.stateMarks)",
      "Revises:  \(item.downRevisions.isEmpty ? "<base>" : item.downRevisions.joined(separator: ", "))",
      item.dependsOn.isEmpty ? nil : "Depends on: \(item.dependsOn.joined(separator: ", "))",
      item.created.map { "Created:  \($0)" },
      item.snapshotVersion.map { "Snapshot: \($0)" },
      "Path:     \(item.path)",
      item.features.flatMap { features in
        features.isEmpty ? nil : "Features: " + features.map(\.text).joined(separator: "\n          ")
      },
      "",
      "    \(item.message)",
    ].compactMap { $0 }.joined(separator: "\n")
  }
}

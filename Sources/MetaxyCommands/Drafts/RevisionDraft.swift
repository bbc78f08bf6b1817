internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyGraph
internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySchema

/// The content of a new revision.
struct RevisionDraft {
  var sections: [RevisionSection]
  var record: RevisionRecord?
  /// The version of the feature graph after the revision; nil for a revision without features.
  var snapshot: String?
  var operations: [String]
  /// A summary of the operations, used if the user gives no message.
  var message: String
  /// Warnings for the user who creates the revision.
  var warnings: [String]
  /// The upgrade statements for the live database, with their preconditions.
  var liveStatements: [RenderedStatement] = []
  /// The tables of the live database before the upgrade; nil for a revision that is not generated.
  var live: Schema?

  /// Empty sections for statements written by hand; they serve every dialect.
  static let empty = RevisionDraft(
    sections: [RevisionSection(.upgrade), RevisionSection(.downgrade)], record: nil, operations: [],
    message: "empty message", warnings: [])
}

extension [MigrationOperation] {
  /// `add video, video__crop`, `add video.fps`, `change video`, `change 3 tables`.
  var revisionMessage: String {
    // Parts of a created or dropped table or column are not listed.
    let changed = createdTables.union(droppedTables)
    let tables = filter(\.createsOrDropsTable)
    let columns = filter { $0.columnName != nil && !changed.contains($0.table) }
    let named = tables + columns
    guard !named.isEmpty, named.count <= 4 else {
      let tables = Set(map(\.table))
      return tables.count == 1 ? tables.map { "change \($0)" }.joined() : "change \(tables.count) tables"
    }
    let phrases = Dictionary(grouping: named) { $0.verb.prefix { $0 != "_" } }
    return ["rename", "add", "modify", "remove"].compactMap { verb in
      phrases[verb[...]].map { group in
        "\(verb) \(group.map(\.subject).uniqued.joined(separator: ", "))"
      }
    }.joined(separator: ", ")
  }
}

internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyGraph
internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySchema

/// The content of a revision that is to be written.
struct RevisionDraft {
  var sections: [RevisionSection]
  var record: RevisionRecord?
  /// The version of the feature graph that it brings the tables to; nil where no features are concerned.
  var snapshot: String?
  var operations: [String]
  /// What the revision does, where the user does not say so.
  var message: String
  /// What the user has to know who writes it.
  var warnings: [String]
  /// What the upgrade runs on the live database, with what its rows must not be.
  var liveStatements: [RenderedStatement] = []

  /// Sections to be written by hand; they serve every dialect.
  static let empty = RevisionDraft(
    sections: [RevisionSection(.upgrade), RevisionSection(.downgrade)], record: nil, operations: [],
    message: "empty message", warnings: [])
}

extension [MigrationOperation] {
  /// `add video, video__crop`, `add video.fps`, `change video`, `change 3 tables`.
  var revisionMessage: String {
    // What belongs to a table or a column comes and goes with it.
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

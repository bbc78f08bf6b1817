internal import MetaxyErrors
internal import MetaxyRevisions
internal import MetaxyRuntime

/// Finds the ancestors of a database's revisions that never ran there, because they were inserted below its position.
enum MissingRevisions {
  /// Returns the ancestors of the version table's rows that the log does not list.
  ///
  /// What ran without a log counts as applied: the ancestors of a row that the log does not list, as in a database that
  /// another program migrated, and the parents that a logged revision had when it ran.
  ///
  /// - Parameters:
  ///   - rows: the rows of the version table.
  ///   - log: every run of a revision, in the order of the runs.
  static func find(in graph: RevisionGraph, rows: Set<String>, log: [RevisionLog.Entry]) -> Set<String> {
    var listed: [String: RevisionLog.Entry] = [:]
    // The undoing of an interrupted run leaves what was before it.
    for entry in log where entry.finishedAt != nil && !entry.isUndo {
      listed[entry.revision] = entry.direction == "downgrade" ? nil : entry
    }
    let applied = graph.ancestors(rows)
    let unlisted = applied.filter { listed[$0] == nil }
    guard !unlisted.isEmpty, !listed.isEmpty else { return [] }
    var adopted = rows.filter { listed[$0] == nil }
    for (revision, entry) in listed where applied.contains(revision) {
      adopted.formUnion(RevisionFile.links(inRendered: entry.script).filter { listed[$0] == nil })
    }
    return unlisted.subtracting(graph.ancestors(adopted))
  }
}

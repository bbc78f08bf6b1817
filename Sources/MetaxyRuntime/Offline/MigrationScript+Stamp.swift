package import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRevisions

// The script of a stamp: the version changes, and nothing is run.
extension MigrationScript {
  /// Adds the statements that set the version.
  ///
  /// - Parameters:
  ///   - rows: the rows of the version table afterwards.
  ///   - applied: the revisions that become applied, with the tables that each creates.
  ///   - reverted: those that are no longer applied.
  package mutating func addStamp(
    to rows: Set<String>, applied: [Stamp.Revision], reverted: [Stamp.Revision]
  ) throws(MetaxyError) {
    comment("Running stamp \(Self.text(current)) -> \(Self.text(rows))")
    try begin()
    replaceVersion(with: rows)
    for revision in reverted {
      add(
        try insertion(
          of: revision.file, direction: "stamp", created: "''", dropped: list(revision.tables), isFinished: true))
    }
    for revision in applied {
      add(
        try insertion(
          of: revision.file, direction: "stamp", created: list(revision.tables), dropped: "''", isFinished: true))
    }
    add("COMMIT")
    current = rows
  }

  private func list(_ tables: [TableName]) -> String { tables.isEmpty ? "''" : sql.existing(tables) }
}

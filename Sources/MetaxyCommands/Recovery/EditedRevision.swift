internal import MetaxyErrors
internal import MetaxyRevisions
internal import MetaxyRuntime

/// An applied revision whose file has other statements than the log.
struct EditedRevision {
  let file: RevisionFile
  /// The log's entry of the run that applied it.
  let entry: RevisionLog.Entry

  /// Returns the lines that differ, with a few around them; comments and white space between statements do not count.
  ///
  /// - Throws: `malformed_revision` if the log's text cannot be read, such as one for an engine that the project no longer names.
  func difference(in environment: EnvironmentContext) throws(MetaxyError) -> [String] {
    let logged = try RevisionFile(parsing: entry.script, path: file.path, lexicons: environment.session.lexicons)
    let dialect = environment.dialect.name
    return LineDifference.lines(from: Self.statements(of: logged, dialect), to: Self.statements(of: file, dialect))
  }

  private static func statements(of file: RevisionFile, _ dialect: String) -> [String] {
    file.sections.filter { ($0.dialect ?? dialect) == dialect }.flatMap { section -> [String] in
      let attributes =
        (section.runsInTransaction ? "" : " transaction:false")
        + (section.turnsForeignKeysOff ? " foreign_keys:off" : "")
        + (section.batchRows.map { " batch:\($0)" } ?? "")
      return ["-- metaxy:\(section.direction.rawValue)\(attributes)"]
        + section.statements.flatMap { statement in
          "\(statement.sql);".split(omittingEmptySubsequences: false) { $0.isNewline }.map(String.init)
        }
    }
  }
}

extension EnvironmentContext {
  /// Returns the applied revisions whose files were edited since, ancestors first.
  func editedRevisions(_ state: EnvironmentState) throws(MetaxyError) -> [EditedRevision] {
    var entries: [String: RevisionLog.Entry] = [:]
    for entry in state.log where entry.isApplication {
      // The last of the revisions that a baseline replaced has its name.
      let isOther = revisions[entry.revision].map {
        $0.replaces.isEmpty == RevisionFile.isBaseline(rendered: entry.script)
      }
      entries[entry.revision] = isOther ?? false ? nil : entry
    }
    var edited: [EditedRevision] = []
    for revision in try revisions.graph.applied(state.current) {
      guard let file = revisions[revision], let entry = entries[revision],
        try entry.checksum != file.checksum(dialect: dialect.name, lexicon: dialect.lexicon)
      else { continue }
      edited.append(EditedRevision(file: file, entry: entry))
    }
    return edited
  }

  /// Warns about applied revisions whose files were edited since, and returns them.
  @discardableResult
  func warnOfEdits(_ state: EnvironmentState) throws(MetaxyError) -> [EditedRevision] {
    let revisions = try editedRevisions(state)
    for edited in revisions {
      let command = SuggestedCommand.repair(edited.file.revision).completed(for: invocation)
      session.context.report(
        .warning(
          "\(edited.file.path) was edited after it was applied to `\(database.displayName)`; the edit has no effect there;"
            + " `\(command)` shows it"))
    }
    return revisions
  }
}

extension RevisionLog.Entry {
  /// Whether the run applied its revision, or a stamp did.
  var isApplication: Bool { finishedAt != nil && direction != RevisionDirection.downgrade.rawValue && !isUndo }
}

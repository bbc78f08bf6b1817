internal import MetaxyDatabase
package import MetaxyErrors
internal import MetaxyFileWriting
internal import MetaxyFiles
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime

extension Commands {
  /// Explains what is wrong between the database, its log and the revision files, with the ways out; changes nothing.
  ///
  /// - Parameter revision: the only revision to explain; nil for all.
  package static func explainRepairs(_ context: CommandContext, revision: String?) throws(MetaxyError) -> RepairReport {
    let session = try ProjectSession(context)
    let connection = try session.database.openForReading()
    let environment = try session.environment()
    return try environment.completingHints { () throws(MetaxyError) in
      let state = try environment.readingState(connection)
      var report = RepairReport(environment: environment.kind.rawValue)
      report.halfApplied = try HalfAppliedRun(environment, state.log, connection).map {
        HalfAppliedItem($0, in: environment)
      }
      report.unknown = state.unknown
      report.edited = try environment.editedRevisions(state).map { edited throws(MetaxyError) in
        try RepairReport.Edit(edited, in: environment)
      }
      guard let revision else { return report }
      let name = try RepairSession(session).revision(revision, state.log)
      return report.only(name)
    }
  }

  /// Makes the file and the log of an applied revision agree.
  ///
  /// - Throws: `nothing_to_repair` where the log does not know the revision, or there is no file to accept.
  package static func repair(
    _ context: CommandContext, revision: String, _ choice: RepairChoice
  ) throws(MetaxyError) -> RepairedReport {
    let session = try ProjectSession(context)
    let files = try session.lockVersions()
    defer { withExtendedLifetime(files) {} }
    let repair = try RepairSession(session)
    switch choice {
    case .accept: return try accept(revision, repair)
    case .restore: return try restore(revision, repair)
    }
  }

  private static func restore(_ name: String, _ repair: RepairSession) throws(MetaxyError) -> RepairedReport {
    let connection = try repair.session.database.openForReading()
    let log = try repair.log.entries(connection)
    let revision = try repair.revision(name, log)
    guard
      let entry = repair.application(of: revision, log) ?? log.last(where: { $0.revision == revision && !$0.isUndo })
    else { throw .notInLog(revision) }
    let logged = try RevisionFile(parsing: entry.script, path: "the log", lexicons: repair.session.lexicons)
    let path: String
    if let known = repair.path(of: revision) { path = known } else { path = try repair.newPath(for: logged) }
    if let file = repair.files[revision], try isSame(file, entry, repair) {
      return RepairedReport(revision: revision, path: path, action: .none)
    }
    // Its place in the history does not count as an edit.
    let text = repair.files[revision].flatMap { logged.text(withLinksOf: $0) } ?? entry.script
    try Files.write(text, to: Paths.resolve(path, in: repair.session.project.root), replacing: true)
    if repair.files[revision] == nil, Files.kind(of: recordPath(path, repair)) == nil {
      repair.session.context.note(
        "the log has the statements of `\(revision)`, but not its record: restore `\(RevisionFile.recordPath(of: path))`"
          + " from version control, or the revision counts as written by hand")
    }
    return RepairedReport(revision: revision, path: path, action: .restored)
  }

  private static func recordPath(_ path: String, _ repair: RepairSession) -> String {
    RevisionFile.recordPath(of: Paths.resolve(path, in: repair.session.project.root))
  }

  private static func accept(_ name: String, _ repair: RepairSession) throws(MetaxyError) -> RepairedReport {
    let session = repair.session
    guard session.database.exists else { throw .noDatabase(session.database.displayName) }
    let lock = try session.lockDatabase()
    defer { lock.release() }
    let connection = try session.database.openForWriting(under: lock)
    let revision = try repair.revision(name, try repair.log.entries(connection))
    guard let file = repair.files[revision] else { throw .nothingToAccept(revision, path: repair.path(of: revision)) }
    return try connection.transaction { () throws(MetaxyError) in
      try repair.log.createIfMissing(connection)
      guard var entry = repair.application(of: revision, try repair.log.entries(connection)) else {
        throw .notInLog(revision)
      }
      if try isSame(file, entry, repair) { return RepairedReport(revision: revision, path: file.path, action: .none) }
      entry.checksum = try file.checksum(dialect: repair.dialect.name, lexicon: repair.dialect.lexicon)
      // With which parents it ran shows whether one was inserted below it since.
      entry.script = file.takingLinks(ofRendered: entry.script).rendered()
      try repair.log.update(entry, connection)
      return RepairedReport(revision: revision, path: file.path, action: .accepted)
    }
  }

  private static func isSame(
    _ file: RevisionFile, _ entry: RevisionLog.Entry, _ repair: RepairSession
  ) throws(MetaxyError) -> Bool {
    try file.checksum(dialect: repair.dialect.name, lexicon: repair.dialect.lexicon) == entry.checksum
  }
}

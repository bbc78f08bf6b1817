internal import MetaxyErrors
internal import MetaxyFileWriting
internal import MetaxyFiles
internal import MetaxyProject
internal import MetaxyRevisions

/// Writes a revision's file and the record beside it.
struct RevisionWriter {
  let environment: EnvironmentContext
  let variables: [String: String]
  /// Whether a generated revision is proven before it is written.
  var verifies = false

  /// - Throws: `revision_differs` if the proof shows a difference; nothing is written then.
  func write(
    _ draft: RevisionDraft, message: String, identifier: String?, at place: RevisionPlacement
  ) throws(MetaxyError) -> NewRevisionReport {
    let revision = identifier ?? RevisionName.random()
    try environment.revisions.checkNew(revision)
    let created = try time()
    var file = RevisionFile(
      path: "", message: message, revision: revision, downRevisions: place.parents,
      dependencies: place.dependencies, branchLabels: place.branchLabels, created: created, snapshot: draft.snapshot,
      sections: draft.sections)
    let name = try RevisionFileName.name(of: file, created: created, in: environment.environment)
    let path = Paths.resolve(name, in: place.directory)
    let relativePath = Paths.relativePath(path, to: environment.session.project.root)
    file.path = relativePath
    var proofs: [DialectProof]?
    if verifies, let record = draft.record, let live = draft.live {
      let verifier = RevisionVerifier(environment)
      let found = try verifier.acceptedProofs(ofNew: file, record, live: live)
      file.verification = try verifier.verification(of: file, found)
      proofs = found
    }
    let text = try file.checkedText(lexicons: environment.session.lexicons)
    if name.contains("/") { try Files.createDirectory(Paths.parent(of: path)) }
    // The record first: a file without a record counts as written by hand.
    if var record = draft.record {
      record.origin = RecordOrigin(of: file)
      try Files.write(record.text, to: RevisionFile.recordPath(of: path))
    }
    do {
      try Files.write(text, to: path)
    } catch {
      // Best effort: if the file could not be written, the record may not be removable either.
      if draft.record != nil { try? Files.remove(RevisionFile.recordPath(of: path)) }
      throw error
    }
    for hook in environment.environment.postWriteHooks { try Hook.run(hook, on: path, displayText: relativePath) }
    return NewRevisionReport(revision: revision, path: relativePath, operations: draft.operations, proofs: proofs)
  }

  /// The current time, or the time in SOURCE_DATE_EPOCH for reproducible output.
  /// https://reproducible-builds.org/specs/source-date-epoch/
  private func time() throws(MetaxyError) -> RevisionTime {
    guard let text = variables["SOURCE_DATE_EPOCH"] else { return RevisionTime() }
    guard let seconds = Int(text), seconds >= 0, let time = RevisionTime(secondsSince1970: seconds) else {
      throw .invalidSourceDateEpoch(text)
    }
    return time
  }
}

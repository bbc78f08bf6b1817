package import MetaxyErrors
internal import MetaxyFileWriting
internal import MetaxyFiles
internal import MetaxyMigrationErrors
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime

extension Commands {
  /// Puts a branch of the history after another one, by giving its first revision another parent.
  ///
  /// - Parameters:
  ///   - revision: a revision of the branch that moves; nil to choose one of two.
  ///   - target: the revision that it will follow; nil for the other head.
  /// - Throws: `cannot_rebase` if it is applied, or if the tables of the two branches are not disjoint.
  package static func rebase(
    _ context: CommandContext, _ revision: String?, onto target: String?
  ) throws(MetaxyError) -> RebaseReport {
    let session = try ProjectSession(context)
    let lock = try session.lockVersions()
    defer { withExtendedLifetime(lock) {} }
    let environment = try session.environment()
    let state = try environment.state(session.database.openForReading())
    let plan = try RebasePlan.make(environment, state, moving: revision, onto: target)
    if let obstacle = plan.obstacle { throw obstacle }
    let path = Paths.resolve(plan.root.path, in: session.project.root)
    let text = try RevisionFile.replacingParents(in: Files.text(at: path), with: [plan.parent])
    let moved = try text.map { text throws(MetaxyError) in
      try RevisionFile(parsing: text, path: plan.root.path, lexicons: session.lexicons)
    }
    guard let text, let moved, moved.downRevisions == [plan.parent] else { throw .unusualHeader(plan.root) }
    let files = environment.revisions.revisions.map { $0.revision == moved.revision ? moved : $0 }
    let changed = try RefoldedRecords(environment.replacing(try RevisionDirectory(files: files))).changed
    for (file, record) in changed {
      try Files.write(record.text, to: Paths.resolve(file.recordPath, in: session.project.root), replacing: true)
    }
    try Files.write(text, to: path, replacing: true)
    return RebaseReport(
      revision: moved.revision, from: plan.root.downRevisions, to: plan.parent,
      paths: [moved.path] + changed.map(\.file.recordPath))
  }
}

extension MetaxyError {
  fileprivate static func unusualHeader(_ file: RevisionFile) -> MetaxyError {
    MetaxyError(
      .cannotRebase,
      "cannot change the parent of `\(file.revision)` in \(file.path): its header has no line `-- Revises:`",
      Payload(path: file.path, revision: file.revision),
      hints: ["change it by hand, then run \(.refold())"])
  }
}

package import MetaxyErrors
internal import MetaxyFileWriting
internal import MetaxyFiles
internal import MetaxyProject
internal import MetaxyRevisions

extension Commands {
  /// Computes the records of revisions again on their present parents, after `Revises:` was edited.
  ///
  /// - Throws: `cannot_refold` if a change of a record is not possible there; nothing is written then.
  package static func refold(_ context: CommandContext) throws(MetaxyError) -> RefoldReport {
    let session = try ProjectSession(context)
    let lock = try session.lockVersions()
    defer { withExtendedLifetime(lock) {} }
    let environment = try session.environment()
    let changed = try RefoldedRecords(environment).changed
    for (file, record) in changed {
      try Files.write(record.text, to: Paths.resolve(file.recordPath, in: session.project.root), replacing: true)
    }
    return RefoldReport(paths: changed.map(\.file.recordPath))
  }
}

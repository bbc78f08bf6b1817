package import MetaxyErrors
internal import MetaxyFileWriting
internal import MetaxyFiles
internal import MetaxyMigrationErrors
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime

extension Commands {
  /// Proves revisions in scratch databases: each leaves the tables of its record, and its downgrade leaves what was before.
  ///
  /// - Parameters:
  ///   - targets: revisions, or a range such as `base:heads`; the heads if there are none.
  ///   - stamps: whether the results are written into the headers of the files.
  /// - Throws: errors for unknown targets.
  package static func verify(
    _ context: CommandContext, _ targets: [String], stamps: Bool
  ) throws(MetaxyError) -> VerifyReport {
    let session = try ProjectSession(context)
    let lock = stamps ? try session.lockVersions() : nil
    defer { withExtendedLifetime(lock) {} }
    let environment = try session.environment()
    var names: Set<String> = []
    for target in targets.isEmpty ? ["heads"] : targets { names.formUnion(try environment.names(of: target)) }
    let files = environment.files(named: names)
    let verifier = RevisionVerifier(environment)
    let proofs = try verifier.proofs(of: files)
    var report = VerifyReport()
    for file in files {
      let found = proofs[file.revision] ?? []
      report.items.append(VerifyReport.Item(file, found))
      guard stamps, !found.isEmpty, found.allSatisfy(\.differences.isEmpty) else { continue }
      try stamp(file, try verifier.verification(of: file, found), session)
    }
    return report
  }

  /// Writes the result into the header of a file, if it has none for its statements or another one.
  private static func stamp(
    _ file: RevisionFile, _ verification: RevisionVerification, _ session: ProjectSession
  ) throws(MetaxyError) {
    guard verification != file.verification else { return }
    let place = Paths.resolve(file.path, in: session.project.root)
    try Files.write(
      text(of: file, try Files.text(at: place), stampedWith: verification, session), to: place, replacing: true)
  }

  /// Returns the text of a file with a result in its header.
  static func text(
    of file: RevisionFile, _ text: String, stampedWith verification: RevisionVerification, _ session: ProjectSession
  ) throws(MetaxyError) -> String {
    guard let text = RevisionFile.replacingVerification(in: text, with: verification) else { throw .cannotStamp(file) }
    var expected = file.withoutPositions
    expected.verification = verification
    let read = try RevisionFile(parsing: text, path: file.path, lexicons: session.lexicons)
    guard read.withoutPositions == expected else { throw .cannotStamp(file) }
    return text
  }
}

extension MetaxyError {
  fileprivate static func cannotStamp(_ file: RevisionFile) -> MetaxyError {
    MetaxyError(
      .unfaithfulRevision, "cannot write the line `-- Verified:` into the header of \(file.path)",
      Payload(path: file.path, revision: file.revision),
      hints: ["write each value of the header into a comment line of its own, above the first section"])
  }
}

internal import MetaxyConfiguration
package import MetaxyErrors
internal import MetaxyFileWriting
internal import MetaxyFiles
internal import MetaxyProject
internal import MetaxyRevisions

extension Commands {
  /// Adds sections for another dialect to revision files that have none, from their records.
  ///
  /// The existing text does not change, so databases of other dialects are not affected.
  ///
  /// - Parameter isVerified: whether the files are proven before they are written; the results are in their headers then.
  /// - Throws: `record_missing` for a file that was written by hand, and `revision_differs` for one that does not do what it
  ///   should; nothing is written then.
  package static func render(
    _ context: CommandContext, dialect name: String, isVerified: Bool = true
  ) throws(MetaxyError) -> RenderReport {
    guard let dialect = StoreDialect(rawValue: name) else {
      throw .unknownDialect(name, StoreDialect.allCases.map(\.rawValue))
    }
    let session = try ProjectSession(context)
    let environment = try session.environment()
    var texts: [(path: String, text: String)] = []
    var missing: [String] = []
    let steps = RecordedOperations(environment, for: context.dialect(dialect))
    for file in environment.revisions.revisions {
      let draft = try steps.next(file, isDrafted: !file.speaks(to: name))
      guard !file.speaks(to: name) else { continue }
      if let draft {
        texts.append((file.path, try text(of: file, with: draft, environment)))
      } else {
        missing.append(file.path)
      }
    }
    guard missing.isEmpty else { throw .recordsMissing(missing, dialect: name) }
    let items = isVerified ? try prove(&texts, for: dialect, environment) : nil
    for (path, text) in texts {
      try Files.write(text, to: Paths.resolve(path, in: session.project.root), replacing: true)
    }
    return RenderReport(dialect: name, paths: texts.map(\.path), verification: items)
  }

  /// Proves the files, and writes the results into their headers.
  private static func prove(
    _ texts: inout [(path: String, text: String)], for dialect: StoreDialect, _ environment: EnvironmentContext
  ) throws(MetaxyError) -> [VerifyReport.Item] {
    let files = try texts.map { path, text throws(MetaxyError) in
      try RevisionFile(parsing: text, path: path, lexicons: environment.session.lexicons)
    }
    let verifier = RevisionVerifier(environment)
    let proofs = try verifier.acceptedProofs(ofRendered: files, for: dialect)
    var items: [VerifyReport.Item] = []
    for (place, file) in files.enumerated() {
      let found = proofs[file.revision] ?? []
      items.append(VerifyReport.Item(file, found))
      guard !found.isEmpty else { continue }
      texts[place].text = try text(
        of: file, texts[place].text, stampedWith: try verifier.verification(of: file, found), environment.session)
    }
    return items
  }

  /// Returns the file's text with the added sections.
  private static func text(
    of file: RevisionFile, with draft: DialectDraft, _ environment: EnvironmentContext
  ) throws(MetaxyError) -> String {
    for warning in draft.warnings { environment.session.context.report(.warning("\(file.path): \(warning)")) }
    let path = Paths.resolve(file.path, in: environment.session.project.root)
    return try RevisionFile.adding(
      draft.sections, to: Files.text(at: path), path: file.path, lexicons: environment.session.lexicons)
  }
}

extension RevisionFile {
  /// Returns whether the revision has sections for a dialect, including empty ones.
  fileprivate func speaks(to dialect: String) -> Bool {
    sections.contains { ($0.dialect ?? dialect) == dialect }
  }
}

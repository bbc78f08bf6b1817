internal import MetaxyConfiguration
internal import MetaxyErrors
internal import MetaxyMigrationErrors
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySchema

/// Proves revisions of an environment on every dialect for which they have sections.
struct RevisionVerifier {
  private let environment: EnvironmentContext

  init(_ environment: EnvironmentContext) { self.environment = environment }

  /// Returns the proofs of revisions, by revision.
  ///
  /// - Parameter files: the revisions in graph order.
  /// - Throws: interruptions, and errors of records that cannot be read.
  func proofs(of files: [RevisionFile]) throws(MetaxyError) -> [String: [DialectProof]] {
    var proofs: [String: [DialectProof]] = [:]
    for name in dialects {
      let ours = files.filter { Self.isFor(name, $0) }
      proofs.merge(try self.proofs(of: ours, on: name)) { $0 + $1 }
    }
    return proofs
  }

  /// Returns the proofs of revisions on a dialect, in one pass up and one down.
  ///
  /// - Parameter provesApart: whether revisions may be proven in a database that has only the tables that they concern.
  private func proofs(
    of files: [RevisionFile], on name: StoreDialect, provesApart: Bool = true
  ) throws(MetaxyError) -> [String: [DialectProof]] {
    guard let verifier = verifier(name, isSingle: files.count == 1, provesApart: provesApart) else {
      return Dictionary(uniqueKeysWithValues: files.map { ($0.revision, [Self.withoutServer(name)]) })
    }
    var proofs: [String: [DialectProof]] = [:]
    for file in files { proofs[file.revision] = [try verifier.proof(of: file, record(of: file, for: name))] }
    guard !verifier.failsInSequence else { return try self.proofs(of: files, on: name, provesApart: false) }
    if let (revision, difference) = try verifier.passDown() { proofs[revision]?[0].outcome = .differs([difference]) }
    return proofs
  }

  /// Returns the proofs of a revision that is not written yet.
  ///
  /// - Parameter live: the tables of the store's database, with which it was compared.
  func proofs(ofNew file: RevisionFile, _ record: RevisionRecord, live: Schema) throws(MetaxyError) -> [DialectProof] {
    var proofs: [DialectProof] = []
    for name in dialects where Self.isFor(name, file) {
      guard let verifier = verifier(name, isSingle: true) else {
        proofs.append(Self.withoutServer(name))
        continue
      }
      let isLive = name.rawValue == environment.dialect.name
      proofs.append(try verifier.proof(of: file, record.part(for: name.rawValue), live: isLive ? live : nil))
    }
    return proofs
  }

  /// Returns the proofs of a revision that is not written yet, and warns of what could not be proven.
  ///
  /// - Throws: `revision_differs` if a proof shows a difference.
  func acceptedProofs(
    ofNew file: RevisionFile, _ record: RevisionRecord, live: Schema
  ) throws(MetaxyError) -> [DialectProof] {
    let proofs = try proofs(ofNew: file, record, live: live)
    guard proofs.allSatisfy(\.differences.isEmpty) else {
      throw .revisionDiffers(
        file, proofs, hint: "\(.autogenerateUnverified()) writes it nevertheless, to be corrected by hand")
    }
    for proof in proofs {
      guard let reason = proof.reason else { continue }
      environment.session.context.report(.warning("the revision is not verified on \(proof.dialect): \(reason)"))
    }
    return proofs
  }

  /// Returns the proofs of files that get further sections, by revision, and warns of what could not be proven.
  ///
  /// - Throws: `revision_differs` if a proof shows a difference.
  func acceptedProofs(
    ofRendered files: [RevisionFile], for dialect: StoreDialect
  ) throws(MetaxyError) -> [String: [DialectProof]] {
    var proofs: [String: [DialectProof]] = [:]
    for file in files {
      // Each by itself: the directory has the files without the sections.
      proofs.merge(try self.proofs(of: [file])) { _, last in last }
      for proof in proofs[file.revision] ?? [] {
        guard proof.differences.isEmpty else {
          throw .revisionDiffers(
            file, proofs[file.revision] ?? [],
            hint: "\(.renderUnverified(for: dialect.rawValue)) writes it nevertheless, to be corrected by hand")
        }
        guard let reason = proof.reason else { continue }
        environment.session.context.report(
          .warning("\(file.path): the revision is not verified on \(proof.dialect): \(reason)"))
      }
    }
    return proofs
  }

  func verification(of file: RevisionFile, _ proofs: [DialectProof]) throws(MetaxyError) -> RevisionVerification {
    RevisionVerification(
      results: proofs.map(\.text), digest: try file.statementsDigest(lexicons: environment.session.lexicons))
  }

  private var dialects: [StoreDialect] {
    // In one order, so that every store writes the same line.
    StoreDialect.allCases.filter(environment.session.dialects.contains)
  }

  private func verifier(_ name: StoreDialect, isSingle: Bool, provesApart: Bool = true) -> DialectVerifier? {
    ScratchRun.database(of: name, in: environment.session).map {
      DialectVerifier(environment, on: $0, isSingle: isSingle, provesApart: provesApart)
    }
  }

  private func record(of file: RevisionFile, for name: StoreDialect) throws(MetaxyError) -> RevisionRecord? {
    if let record = try environment.record(of: file) { return record.part(for: name.rawValue) }
    // A merge without statements changes nothing.
    return file.sections.allSatisfy(\.statements.isEmpty) ? RevisionRecord() : nil
  }

  private static func isFor(_ name: StoreDialect, _ file: RevisionFile) -> Bool {
    file.sections.isEmpty || !file.sections(.upgrade, dialect: name.rawValue).isEmpty
  }

  private static func withoutServer(_ name: StoreDialect) -> DialectProof {
    DialectProof(
      dialect: name.rawValue,
      outcome: .notVerified("there is no scratch database: set `scratch_url` in [ext.migrations], or add a store"))
  }
}

extension MetaxyError {
  fileprivate static func revisionDiffers(
    _ file: RevisionFile, _ proofs: [DialectProof], hint: Hint
  ) -> MetaxyError {
    MetaxyError(
      .revisionDiffers,
      "revision `\(file.revision)` does not do what it should, so it was not written:"
        + proofs.flatMap(\.differenceLines).map { "\n\($0)" }.joined(),
      Payload(path: file.path, revision: file.revision),
      hints: [hint])
  }
}

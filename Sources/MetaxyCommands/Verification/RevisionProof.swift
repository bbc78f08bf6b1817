internal import MetaxyErrors
internal import MetaxyMigrationErrors
internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// The proof of one revision in a scratch database that is at its parents: upgrade, downgrade and upgrade again, and after
/// each run the catalog is compared with what it should be.
struct RevisionProof {
  let scratch: ScratchRun
  let file: RevisionFile
  let tables: RevisionNeighbourhood
  /// The catalog of the tables after the revision, created at once.
  let expected: LiveSchema
  let up: RunStep
  let down: RunStep
  private var comparison: CatalogComparison { CatalogComparison(dialect: scratch.dialect) }

  init(
    _ file: RevisionFile, _ tables: RevisionNeighbourhood, expected: LiveSchema, step: RevisionStep,
    in scratch: ScratchRun
  ) {
    self.scratch = scratch
    self.file = file
    self.tables = tables
    self.expected = expected
    up = RunStep(file, step)
    down = RunStep(
      file,
      RevisionStep(revision: step.revision, direction: .downgrade, before: step.after, after: step.before))
  }

  /// Returns the differences that the runs without rows show. Without one, the database is at the revision afterwards.
  ///
  /// - Throws: the error of an upgrade that an object without a definition may have caused.
  func schemaDifferences() throws(MetaxyError) -> [ProofDifference] {
    let before = try scratch.catalog()
    do throws(MetaxyError) {
      try scratch.run([up])
    } catch {
      if try concernsUnmanagedObjects(error) { throw error }
      return [ProofDifference(stage: .upgrade, text: "it fails: \(error.wholeText)")]
    }
    let misplaced = try differences(after: .upgrade, from: before)
    guard misplaced.isEmpty else { return misplaced }
    if let failure = run(down, .downgrade) { return [failure] }
    let reverted = try scratch.catalog()
    let leftovers =
      try compare(reverted, before)
      + comparison.otherDifferences(reverted, before)
    guard leftovers.isEmpty else { return leftovers.map { ProofDifference(stage: .downgrade, text: $0) } }
    if let failure = run(up, .secondUpgrade) { return [failure] }
    return try differences(after: .secondUpgrade, from: before)
  }

  /// Runs one direction, and returns its failure.
  private func run(_ step: RunStep, _ stage: ProofDifference.Stage) -> ProofDifference? {
    do throws(MetaxyError) {
      try scratch.run([step])
      return nil
    } catch {
      return ProofDifference(stage: stage, text: "it fails: \(error.wholeText)")
    }
  }

  /// Returns how the scratch database differs from what it should be after an upgrade.
  private func differences(
    after stage: ProofDifference.Stage, from before: LiveSchema
  ) throws(MetaxyError) -> [ProofDifference] {
    let found = try scratch.catalog()
    let differences =
      try compare(tables.part(of: found), tables.part(of: expected))
      + compare(tables.rest(of: found), tables.rest(of: before))
      + found.invalidIndexes.values.flatMap(\.self).sorted().map { "the index `\($0)` is invalid" }
    return differences.uniqued.map { ProofDifference(stage: stage, text: $0) }
  }

  private func compare(_ found: LiveSchema, _ expected: LiveSchema) throws(MetaxyError) -> [String] {
    try scratch.differences(of: found, from: expected, describe: describe)
  }

  /// The operation that is missing, with the definition that was found and the one that should be there.
  private func describe(_ operation: MigrationOperation) -> String {
    Wording.change(operation.description, from: operation.before, to: operation.after)
  }

  /// Returns whether the statement that failed names kinds of objects that are in no record, so that the scratch database
  /// lacks them.
  private func concernsUnmanagedObjects(_ error: MetaxyError) throws(MetaxyError) -> Bool {
    // A rebuild restores the triggers and views that it knows by name.
    let expectations = file.sections(.upgrade, dialect: scratch.dialect.name).compactMap {
      $0.expectation.flatMap { TableExpectation(attributeText: $0) }
    }
    if expectations.contains(where: { !$0.triggers.isEmpty || !$0.views.isEmpty }) { return true }
    guard let sql = error.payload.sql else { return false }
    let tokens = try SQLTokenizer.tokens(of: sql, lexicon: scratch.dialect.lexicon)
    let kinds = [
      "VIEW", "TRIGGER", "FUNCTION", "PROCEDURE", "RULE", "EXTENSION", "ROLE", "GRANT", "REVOKE", "DOMAIN", "AGGREGATE",
      "PUBLICATION", "STATISTICS", "OWNER", "CAST", "OPERATOR", "SERVER", "POLICY",
    ]
    return tokens.prefix(6).contains { token in token.kind == .word && kinds.contains(where: token.isWord) }
  }
}

extension MetaxyError {
  /// The message with those of its causes, in one line; the engine's own for a statement that failed.
  var wholeText: String {
    if code == .statementFailed, let cause = cause as? MetaxyError { return cause.wholeText }
    let own = message.split(separator: "\n").prefix { !$0.hasSuffix("^") }.map { String($0.drop { $0 == " " }) }
      .joined(separator: " ")
    guard let cause = cause as? MetaxyError else { return own }
    return "\(own): \(cause.wholeText)"
  }
}

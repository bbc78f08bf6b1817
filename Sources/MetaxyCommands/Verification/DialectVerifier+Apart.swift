internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySchema

// Revisions that concern a small part of the tables, proven in a database that has only these.
extension DialectVerifier {
  /// Proves a revision in a database that has only the tables that it concerns, and returns what was shown about rows; nil if it
  /// shows anything but success: the reason can be that something is missing there.
  func rowsApart(
    _ file: RevisionFile, _ record: RevisionRecord, _ tables: RevisionNeighbourhood, _ expected: LiveSchema,
    _ step: RevisionStep, _ losses: inout [String]
  ) throws(MetaxyError) -> RowProof? {
    do throws(MetaxyError) {
      let scratch = try emptyScratch()
      fresh = nil
      try SchemaBuild(tables.before, in: scratch).create(at: step.before)
      let proof = RevisionProof(file, tables, expected: expected, step: step, in: scratch)
      guard try proof.schemaDifferences().isEmpty else { return nil }
      let result = try RowsProof(proof, record).run()
      guard result.differences.isEmpty else { return nil }
      try SchemaBuild(tables.after, in: scratch).drop(at: step.after)
      fresh = scratch
      losses = result.losses
      return result.rows
    } catch {
      guard !error.isInterruption, !error.isConnectionLoss else { throw error }
      return nil
    }
  }

  /// Runs the revisions that were proven beside the database there, and returns whether that succeeds.
  func applyPending() throws(MetaxyError) -> Bool {
    guard let scratch, !pending.isEmpty else { return true }
    let steps = pending
    pending = []
    do throws(MetaxyError) {
      try scratch.run(steps)
      return true
    } catch {
      guard !error.isInterruption, !error.isConnectionLoss else { throw error }
      abandon()
      failsInSequence = true
      return false
    }
  }
}

package import MetaxyRevisions

/// The statements that undo the interrupted run of a revision.
package struct Reversal: Sendable {
  /// The revision; its sections of `direction` undo what ran.
  package var file: RevisionFile
  /// The opposite of the direction of the interrupted run.
  package var direction: RevisionDirection
  /// The rows of the version table, which neither the interrupted run nor its undoing moves.
  package var rows: Set<String>
  /// Whether a statement whose effect is already there is left out, because the sections were written for a revision that is
  /// applied as a whole.
  package var skipsPresentEffects = false
  /// The sections and statements that an earlier run of the same statements completed.
  package var section = 0
  package var statement = 0

  package init(_ file: RevisionFile, _ direction: RevisionDirection, rows: Set<String>) {
    self.file = file
    self.direction = direction
    self.rows = rows
  }

  /// The run of its sections, which does not move the version.
  package var step: RunStep { RunStep(file, direction, at: rows) }
}

// Running revisions
// Reasons why an upgrade, a downgrade or a stamp fails.

package import MetaxyErrors

extension MetaxyError.Code {
  /// The system environment has revisions that are not applied, and it comes first.
  ///
  /// Upgrade the system environment, or all environments.
  package static let systemBehind = Self("system_behind")

  /// A statement would lose data.
  ///
  /// Nothing was done, or the section that lost it was rolled back.
  ///
  /// Back the data up and allow it with `--allow-destructive`, or with `-- metaxy:allow` above the statement.
  package static let wouldLoseData = Self("would_lose_data")

  /// Tables that the revisions change are not as the applied revisions left them.
  ///
  /// Nothing was done. The error lists the changes that no revision made.
  ///
  /// Undo them by hand, or run the revisions on the tables as they are with `--allow-drift`.
  package static let drift = Self("drift")

  /// The server does not count changed rows, so that the loss of data cannot be measured.
  ///
  /// Turn `track_counts` on, or allow every loss with `--allow-destructive`.
  package static let cannotMeasureLoss = Self("cannot_measure_loss")

  /// A statement of a revision failed.
  ///
  /// The hints show the current revision of the database.
  ///
  /// Correct the cause that the error shows, then run the command again.
  package static let statementFailed = Self("statement_failed")

  /// A revision has no section for this direction and dialect.
  ///
  /// Add the section, by hand or from the revision's record.
  package static let noSection = Self("no_section")

  /// The UPDATE of a section with `batch:` leaves rows that meet its condition, however often it runs.
  ///
  /// The batches that ran are applied.
  ///
  /// Write a condition that no longer holds for a row that the UPDATE changed, such as `column IS NULL`.
  package static let endlessBatches = Self("endless_batches")

  /// Another revision is only partly applied.
  ///
  /// Resume it first, or give it up, with the commands that the error shows.
  package static let halfApplied = Self("half_applied")

  /// Applied statements were edited in a partially applied revision.
  ///
  /// Restore these statements; only later statements may change.
  package static let editedWhileHalfApplied = Self("edited_while_half_applied")

  /// What an interrupted revision did cannot be undone.
  ///
  /// The error shows the statement that prevents it.
  ///
  /// Finish the revision, or restore the tables by hand and give the revision up, with the commands that the error shows.
  package static let cannotUndo = Self("cannot_undo")

  /// The log has no text of the revision, or there is no file whose text it could take.
  ///
  /// Choose another revision or another store; `metaxy repair` lists what can be repaired.
  package static let nothingToRepair = Self("nothing_to_repair")

  /// A statement could not get its lock after several attempts.
  ///
  /// The error lists the sessions that hold it.
  ///
  /// Wait for them, or end them, then run the command again.
  package static let blocked = Self("blocked")

  /// Another program changed the version table or the log during the run.
  ///
  /// The current section was not applied.
  ///
  /// Check `metaxy current`, then run the command again.
  package static let versionMoved = Self("version_moved")

  /// There is not enough disk space for a copy of the table or database.
  ///
  /// Free space on the disk that the error shows, then run the command again.
  package static let noSpace = Self("no_space")

  /// An `expects:` attribute of a section cannot be read.
  ///
  /// Write it as `expects:table(columns: a, b; indexes: c; triggers: d; views: e)`.
  package static let malformedExpectation = Self("malformed_expectation")

  /// A table that is to be rebuilt differs from the `expects:` of its section.
  ///
  /// The section was not applied.
  ///
  /// Add the missing objects to the section, or drop them from the database.
  package static let unexpectedTable = Self("unexpected_table")

  /// After a rebuild, rows would refer to rows that do not exist.
  ///
  /// The section was rolled back.
  ///
  /// Fix these rows, then run the command again.
  package static let brokenReferences = Self("broken_references")

  /// A statement touches a table that its environment must not touch.
  ///
  /// Move the statement to a revision of the environment that owns the table.
  package static let tableRefused = Self("table_refused")

  /// A statement cannot run in a section, such as one that begins a transaction or attaches a database.
  ///
  /// Remove it from the section.
  package static let refusedInRevision = Self("refused_in_revision")

  /// The backup could not be written.
  ///
  /// Nothing was done.
  ///
  /// Correct the cause that the error shows, or run the command without `--backup`.
  package static let cannotBackUp = Self("cannot_back_up")
}

// Revision files
// Reading and writing revision files and the records beside them.

package import MetaxyErrors

extension MetaxyError.Code {
  /// A revision file cannot be read.
  ///
  /// Correct every place that the error points at.
  package static let malformedRevision = Self("malformed_revision")

  /// A new revision file, read back, differs from the revision.
  ///
  /// Nothing was written.
  ///
  /// Report this as a bug, with the names and values of your tables.
  package static let unfaithfulRevision = Self("unfaithful_revision")

  /// A text cannot be the identifier or the label of a revision.
  ///
  /// Choose another one that follows the rule in the error.
  package static let invalidRevisionName = Self("invalid_revision_name")

  /// A revision with this identifier exists.
  ///
  /// Choose another identifier with `--rev-id`.
  package static let duplicateRevision = Self("duplicate_revision")

  /// The record beside a revision, its `.json` file, cannot be read.
  ///
  /// Restore the file from version control.
  package static let malformedRecord = Self("malformed_record")

  /// A revision has no record, so its sections for another dialect cannot be derived.
  ///
  /// Write these sections by hand.
  package static let recordMissing = Self("record_missing")

  /// A record was made for another revision, or on other parents: `Revises:` was edited, or the record was copied.
  ///
  /// Run `metaxy revision --refold`, which computes the records again on the present parents.
  package static let recordMismatch = Self("record_mismatch")

  /// A record cannot be computed again on the present parents of its revision.
  ///
  /// The error names the reason. Restore the file from version control, or remove the record and correct the sections; a
  /// revision without a record counts as written by hand.
  package static let cannotRefold = Self("cannot_refold")

  /// A post-write hook failed.
  ///
  /// The revision is written.
  ///
  /// Run the hook by hand, or remove the file and its record and write the revision again.
  package static let hookFailed = Self("hook_failed")

  /// A string, name or comment in SQL never ends.
  ///
  /// Close it; the error shows where it starts.
  package static let unterminatedSQL = Self("unterminated_sql")

  /// A SQL text contains a NUL character, at which engines stop reading.
  ///
  /// Remove it.
  package static let nulInSQL = Self("nul_in_sql")

  /// The SQL contains text for another program, such as a command of `psql`, or data for `COPY FROM stdin`.
  ///
  /// Replace it by SQL.
  package static let unsupportedSQL = Self("unsupported_sql")

  /// A statement cannot be part of a section, for example because it begins or ends a transaction.
  ///
  /// Remove it, or use the section attribute that the error names.
  package static let refusedStatement = Self("refused_statement")
}

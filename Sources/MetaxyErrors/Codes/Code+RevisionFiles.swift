// Revision files
// Reading and writing revision files and the records beside them.

extension MetaxyError.Code {
  /// A revision file cannot be read.
  ///
  /// Correct every place that the error points at.
  public static let malformedRevision = Self("malformed_revision")

  /// A new revision file, read back, differs from the revision.
  ///
  /// Nothing was written.
  ///
  /// Report this as a bug, with the names and values of your tables.
  public static let unfaithfulRevision = Self("unfaithful_revision")

  /// A text cannot be the identifier or the label of a revision.
  ///
  /// Choose another one that follows the rule in the error.
  public static let invalidRevisionName = Self("invalid_revision_name")

  /// A revision with this identifier exists.
  ///
  /// Choose another identifier with `--rev-id`.
  public static let duplicateRevision = Self("duplicate_revision")

  /// The record beside a revision, its `.json` file, cannot be read.
  ///
  /// Restore the file from version control.
  public static let malformedRecord = Self("malformed_record")

  /// A revision has no record, so its sections for another dialect cannot be derived.
  ///
  /// Write these sections by hand.
  public static let recordMissing = Self("record_missing")

  /// A post-write hook failed.
  ///
  /// The revision is written.
  ///
  /// Run the hook by hand, or remove the file and its record and write the revision again.
  public static let hookFailed = Self("hook_failed")

  /// A string, name or comment in SQL never ends.
  ///
  /// Close it; the error shows where it starts.
  public static let unterminatedSQL = Self("unterminated_sql")

  /// A SQL text contains a NUL character, at which engines stop reading.
  ///
  /// Remove it.
  public static let nulInSQL = Self("nul_in_sql")

  /// The SQL contains text for another program, such as a command of `psql`, or data for `COPY FROM stdin`.
  ///
  /// Replace it by SQL.
  public static let unsupportedSQL = Self("unsupported_sql")

  /// A statement cannot be part of a section, for example because it begins or ends a transaction.
  ///
  /// Remove it, or use the section attribute that the error names.
  public static let refusedStatement = Self("refused_statement")
}

// Reading and writing rows
// Errors of `MetadataStore`, in addition to those of configurations and databases.

extension MetaxyError.Code {
  /// The registry does not hold the type.
  ///
  /// Run `metaxy generate`, and rebuild the program.
  public static let typeNotRegistered = Self("type_not_registered")

  /// The store was closed.
  ///
  /// Open it again.
  public static let storeClosed = Self("store_closed")

  /// A transaction was used after its end.
  ///
  /// Use it only in the closure that it is passed to.
  public static let transactionEnded = Self("transaction_ended")

  /// The store's `hash_algorithm` is not one that metaxy knows.
  ///
  /// Use one that the error lists.
  public static let unknownHashAlgorithm = Self("unknown_hash_algorithm")

  /// The feature belongs to another project, and the write would touch its rows.
  ///
  /// Pass `allowingOtherProjects: true`, if that is meant.
  public static let otherProject = Self("other_project")

  /// No graph of the project is recorded in the database.
  ///
  /// Migrate the tables, then run `metaxy graph push`.
  public static let snapshotNotRecorded = Self("snapshot_not_recorded")

  /// No graph is recorded for the project.
  ///
  /// Record it with `metaxy graph push`.
  public static let nothingRecorded = Self("nothing_recorded")

  /// The program was built for another snapshot than the one recorded last.
  ///
  /// Bring the program up to date with `metaxy generate`, or the database with `metaxy upgrade` and `metaxy graph
  /// push`.
  public static let snapshotDiffers = Self("snapshot_differs")

  /// Missing tables are to be created, and the registry does not hold their definitions.
  ///
  /// Set `auto_create_tables = true` in the configuration, and run `metaxy generate`.
  public static let noDefinitions = Self("no_definitions")

  /// The database has no table for the feature.
  ///
  /// Run `metaxy upgrade`.
  public static let tableMissing = Self("table_missing")

  /// The table differs from the feature.
  ///
  /// Run `metaxy check`, which lists the differences.
  public static let tableDrifted = Self("table_drifted")

  /// The registry lacks a column or a feature that it needs.
  ///
  /// Run `metaxy generate`, and rebuild the program.
  public static let invalidRegistry = Self("invalid_registry")

  /// A row cannot be written, or the database refused it.
  ///
  /// Nothing was written.
  ///
  /// Correct the value that the error names.
  public static let rowRefused = Self("row_refused")

  /// A file of rows is not in its format, or its columns are not those of the feature.
  ///
  /// Nothing was written.
  ///
  /// Correct the file at the place that the error names.
  public static let rowsFileRefused = Self("rows_file_refused")

  /// Rows of a file are in the table already: a row has the same ID, feature version and data version.
  ///
  /// Nothing was written.
  ///
  /// Import the file with `--skip-existing`, in a program with `skippingExisting: true`, or remove the rows from it.
  public static let rowsExist = Self("rows_exist")

  /// A row cannot be read as its type.
  ///
  /// Check the value that the error names, and the table with `metaxy check`.
  public static let unreadableRow = Self("unreadable_row")

  /// The feature has no parents, so the data versions of its rows must be given.
  ///
  /// Pass them to `write`.
  public static let dataVersionsNeeded = Self("data_versions_needed")

  /// The data versions of the feature are computed from its parents, and cannot be given.
  ///
  /// Call `write` without them.
  public static let dataVersionsComputed = Self("data_versions_computed")

  /// The rows of the feature have no column that identifies their rows in a parent.
  ///
  /// Add the ID column to the feature, or remove the dependency.
  public static let parentIDsMissing = Self("parent_ids_missing")

  /// The registry has no such column.
  ///
  /// Run `metaxy generate`, and rebuild the program.
  public static let unknownColumn = Self("unknown_column")

  /// A condition or an order of a query cannot be expressed for this column.
  ///
  /// Change the condition; the error gives the reason.
  public static let conditionRefused = Self("condition_refused")

  /// A sample has several rows, and which of them is the newest is not known.
  ///
  /// Name the column that orders them with `order:` in `@Feature`, correct or delete the rows that the error names, or
  /// read all rows with `history: true`.
  public static let newestRowAmbiguous = Self("newest_row_ambiguous")

  /// Two features have no ID column in common.
  ///
  /// Join through a feature that has columns of both.
  public static let cannotJoin = Self("cannot_join")

  /// Rows cannot be copied between two stores, because their features or their hashes differ.
  ///
  /// Build both programs for the same features, and give both stores the same `hash_algorithm`.
  public static let storesDiffer = Self("stores_differ")

  /// The rows of a former version of a feature cannot become rows of its current one.
  ///
  /// Compute the samples again, or name the fields whose data did not change.
  public static let rowsOutdated = Self("rows_outdated")

  /// A store cannot write or read the rows of the feature, because of its spec.
  ///
  /// The error gives the reason. Change the spec, or use Python Metaxy for the feature.
  public static let featureNotServed = Self("feature_not_served")
}

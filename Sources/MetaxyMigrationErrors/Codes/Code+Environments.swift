// Environments
// The two migration environments of a project: the one of its features, and the one of Metaxy's system tables.

package import MetaxyErrors

extension MetaxyError.Code {
  /// The environment that the command works on is not initialised.
  ///
  /// Create it with `metaxy init`.
  package static let notInitialised = Self("not_initialised")

  /// The directory is not an environment of this project.
  ///
  /// Use one of the directories that the error lists.
  package static let notAnEnvironment = Self("not_an_environment")

  /// A command needs an environment that is not initialised.
  ///
  /// Create it with `metaxy init`.
  package static let environmentMissing = Self("environment_missing")

  /// `-c` names one environment and `--all-environments` all of them.
  ///
  /// Remove one of the two flags.
  package static let environmentNamedTwice = Self("environment_named_twice")

  /// Two stores share a directory of revisions, and their tables have different prefixes.
  ///
  /// Give one of the stores a directory of its own, or both the same `table_prefix`.
  package static let prefixesDiffer = Self("prefixes_differ")

  /// The project has no system environment, because `[ext.sqlmodel]` disables it.
  ///
  /// Change the setting that the error names, if Metaxy's system tables are to be migrated here.
  package static let systemTablesDisabled = Self("system_tables_disabled")

  /// An `alembic.ini` cannot be read, or holds a value that metaxy cannot use.
  ///
  /// Correct the place that the error points at.
  package static let invalidINI = Self("invalid_ini")

  /// A history cannot start from the database, because every environment has revisions already.
  ///
  /// Mark them as applied with `metaxy stamp head`, or write what the database has besides them with `metaxy revision --adopt`.
  package static let hasHistory = Self("has_history")

  /// The database has no table that the definitions define, so no history can start from it.
  ///
  /// Correct the entrypoints or the store, or create the tables with `metaxy revision --autogenerate`.
  package static let nothingToAdopt = Self("nothing_to_adopt")

  /// The system tables of the database cannot be converted to the layout that metaxy manages.
  ///
  /// Nothing was changed. Report the layout of the tables as a bug.
  package static let cannotConvertSystemTables = Self("cannot_convert_system_tables")

  /// An Alembic environment cannot be read or rendered by the project's Python.
  ///
  /// Correct what the error shows; `alembic upgrade head --sql` must work in the same environment.
  package static let alembicFailed = Self("alembic_failed")

  /// The database is not at the only head of the Alembic environment whose history is taken over.
  ///
  /// Bring it there with `alembic upgrade head`, or name the environment of the system tables, too.
  package static let alembicNotAtHead = Self("alembic_not_at_head")

  /// The features of a database's tables are not written, because the project has Swift features already.
  ///
  /// Run the command without `--features`, and declare the missing features by hand.
  package static let featuresExist = Self("features_exist")
}

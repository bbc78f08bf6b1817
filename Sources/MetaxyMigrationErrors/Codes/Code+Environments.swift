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

  /// The project has no system environment, because `[ext.sqlmodel]` disables it.
  ///
  /// Change the setting that the error names, if Metaxy's system tables are to be migrated here.
  package static let systemTablesDisabled = Self("system_tables_disabled")

  /// An `alembic.ini` cannot be read, or holds a value that metaxy cannot use.
  ///
  /// Correct the place that the error points at.
  package static let invalidINI = Self("invalid_ini")
}

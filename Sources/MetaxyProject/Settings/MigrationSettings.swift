package import MetaxyConfiguration
package import MetaxyLintRules

/// The settings of `[ext.migrations]` that only the command reads.
package struct MigrationSettings: Sendable, Hashable {
  /// The handling of tables that belong to no feature and no revision.
  package enum UnmanagedTables: String, Sendable, Hashable, CaseIterable {
    case ignore, drop
  }

  /// The user environment as written: relative to the configuration file.
  package var directory = "migrations"
  /// The system environment as written: relative to the configuration file.
  package var systemDirectory = ".metaxy/alembic-system"
  /// The dialects that revisions are rendered for.
  package var dialects: [StoreDialect] = []
  /// Patterns of tables, columns and indexes that are not compared.
  package var ignore: [String] = []
  package var unmanagedTables = UnmanagedTables.ignore
  /// What `metaxy lint` makes of its rules; none where the rules' own severities count.
  package var lint: [EnvironmentKind: LintSettings] = [:]
  /// The version table; nil if an `alembic.ini` may set it or the default applies.
  package var versionTable: String?
  package var systemVersionTable: String?
  /// `registry`: the file that `metaxy generate` writes, as written: relative to the configuration file.
  package var registry: String?
  /// `registry_imports`: the modules that this file imports in addition to `Metaxy`.
  package var registryImports: [String] = []
  /// `module`: the module of all Swift features in their class paths; nil for that of each file's target.
  package var module: String?
  /// `python`: the interpreter of the project, as written; nil for that of the virtual environment.
  package var python: String?
  /// `python_timeout`: how long it may run, in milliseconds; 0 for any time.
  package var pythonTimeout = 60_000
  /// A database whose content may be replaced at any time.
  package var scratchURL: StoreURL?
  package var fileTemplate: String?
  package var timezone: String?
  package var postWriteHooks: [PostWriteHook]?
}

package import MetaxyConfiguration

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
  /// The version table; nil if an `alembic.ini` may set it or the default applies.
  package var versionTable: String?
  package var systemVersionTable: String?
  /// `registry`: the file that `metaxy generate` writes, as written: relative to the configuration file.
  package var registry: String?
  /// `registry_imports`: the modules that this file imports in addition to `Metaxy`.
  package var registryImports: [String] = []
  /// `python`: the interpreter of the project, as written; nil for that of the virtual environment.
  package var python: String?
  /// A database whose content may be replaced at any time.
  package var scratchURL: StoreURL?
  package var fileTemplate: String?
  package var timezone: String?
  package var postWriteHooks: [PostWriteHook]?
}

/// The settings of `metaxy.toml` and the environment variables, with defaults for missing ones.
package struct Configuration: Sendable {
  /// `project`; the default is `default`, as in Metaxy.
  package var project = "default"
  /// `store`: the store of commands that name none.
  package var store: String?
  package var entrypoints: [Entrypoint] = []
  /// The number of characters of a hash to keep; nil for all.
  package var hashTruncationLength: Int?
  /// `auto_create_tables`: whether stores without their own setting create missing tables; production stores never do.
  package var createsTablesAutomatically = false
  package var sqlModel = SQLModelSettings()
  package var migrations = MigrationSettings()
  /// The stores on SQLite or PostgreSQL, in the order of the file.
  package var stores: [Store] = []
  /// The errors of the other stores, by store name.
  package var unusableStores: [String: UnusableStore] = [:]

  /// The defaults.
  package init() {}
}

/// `[ext.sqlmodel]`: Metaxy's own section.
package struct SQLModelSettings: Sendable, Hashable {
  /// `enable`: whether there is a system environment.
  package var isEnabled = false
  /// `infer_db_table_names`: whether tables are named after feature keys instead of types.
  package var infersTableNames = true
  /// `system_tables`: whether the system environment manages Metaxy's tables.
  package var managesSystemTables = true
}

/// `[ext.migrations]`.
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
  package var timeouts = Timeouts()
  /// The version table; nil if an `alembic.ini` may set it or the default applies.
  package var versionTable: String?
  package var systemVersionTable: String?
  /// `registry`: the file that `metaxy generate` writes, as written: relative to the configuration file.
  package var registry: String?
  /// `registry_imports`: the modules that this file imports in addition to `Metaxy`.
  package var registryImports: [String] = []
  /// A database whose content may be replaced at any time.
  package var scratchURL: StoreURL?
  package var fileTemplate: String?
  package var timezone: String?
  package var postWriteHooks: [PostWriteHook]?
}

/// The settings of `metaxy.toml` and the environment variables, with defaults for missing ones.
package struct Configuration: Sendable {
  /// `project`; the default is `default`, as in Metaxy.
  package internal(set) var project = "default"
  /// `store`: the store of commands that name none.
  package internal(set) var store: String?
  package internal(set) var entrypoints: [Entrypoint] = []
  /// The number of characters of a hash to keep; nil for all.
  package internal(set) var hashTruncationLength: Int?
  /// `auto_create_tables`: whether stores without their own setting create missing tables; production stores never do.
  package internal(set) var createsTablesAutomatically = false
  package internal(set) var sqlModel = SQLModelSettings()
  package internal(set) var migrations = MigrationSettings()
  /// The stores on SQLite or PostgreSQL, in the order of the file.
  package internal(set) var stores: [Store] = []
  /// The errors of the other stores, by store name.
  var unusableStores: [String: UnusableStore] = [:]
}

/// `[ext.sqlmodel]`: Metaxy's own section.
package struct SQLModelSettings: Sendable, Hashable {
  /// `enable`: whether there is a system environment.
  package internal(set) var isEnabled = false
  /// `infer_db_table_names`: whether tables are named after feature keys instead of types.
  package internal(set) var infersTableNames = true
  /// `system_tables`: whether the system environment manages Metaxy's tables.
  package internal(set) var managesSystemTables = true
}

/// `[ext.migrations]`.
package struct MigrationSettings: Sendable, Hashable {
  /// The handling of tables that belong to no feature and no revision.
  package enum UnmanagedTables: String, Sendable, Hashable, CaseIterable {
    case ignore, drop
  }

  /// The user environment as written: relative to the configuration file.
  package internal(set) var directory = "migrations"
  /// The system environment as written: relative to the configuration file.
  package internal(set) var systemDirectory = ".metaxy/alembic-system"
  /// The dialects that revisions are rendered for.
  package internal(set) var dialects: [StoreDialect] = []
  /// Patterns of tables, columns and indexes that are not compared.
  package internal(set) var ignore: [String] = []
  package internal(set) var unmanagedTables = UnmanagedTables.ignore
  package internal(set) var timeouts = Timeouts()
  /// The version table; nil if an `alembic.ini` may set it or the default applies.
  var versionTable: String?
  var systemVersionTable: String?
  /// `registry`: the file that `metaxy generate` writes, as written: relative to the configuration file.
  package internal(set) var registry: String?
  /// `registry_imports`: the modules that this file imports in addition to `Metaxy`.
  package internal(set) var registryImports: [String] = []
  /// A database whose content may be replaced at any time.
  package internal(set) var scratchURL: StoreURL?
  var fileTemplate: String?
  var timezone: String?
  var postWriteHooks: [PostWriteHook]?
}

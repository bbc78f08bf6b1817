/// What `metaxy.toml` and the environment variables say, with the defaults for what they do not.
package struct Configuration: Sendable {
  /// `project`; `default` where none is set, as in Metaxy.
  package internal(set) var project = "default"
  /// `store`: the store that is used when a command names none.
  package internal(set) var store: String?
  package internal(set) var entrypoints: [Entrypoint] = []
  /// How many characters of a hash are kept; nil for all.
  package internal(set) var hashTruncationLength: Int?
  /// `auto_create_tables`: whether stores that do not say otherwise create missing tables; none of production does.
  package internal(set) var createsTablesAutomatically = false
  package internal(set) var sqlModel = SQLModelSettings()
  package internal(set) var migrations = MigrationSettings()
  /// Every store on SQLite or PostgreSQL, in the order of the file.
  package internal(set) var stores: [Store] = []
  /// Why the others cannot be used, by their names.
  var unusableStores: [String: UnusableStore] = [:]
}

/// `[ext.sqlmodel]`: Metaxy's own section.
package struct SQLModelSettings: Sendable, Hashable {
  /// `enable`: whether there is a system environment.
  package internal(set) var isEnabled = false
  /// `infer_db_table_names`: tables are named after feature keys, not after types.
  package internal(set) var infersTableNames = true
  /// `system_tables`: whether the system environment manages Metaxy's tables.
  package internal(set) var managesSystemTables = true
}

/// `[ext.migrations]`.
package struct MigrationSettings: Sendable, Hashable {
  /// What happens to tables that no feature and no revision accounts for.
  package enum UnmanagedTables: String, Sendable, Hashable, CaseIterable {
    case ignore, drop
  }

  /// The user environment, as it is written: relative to the configuration file.
  package internal(set) var directory = "migrations"
  /// The system environment, likewise.
  package internal(set) var systemDirectory = ".metaxy/alembic-system"
  /// What revisions are rendered for.
  package internal(set) var dialects: [StoreDialect] = []
  /// Patterns of tables, columns and indexes that are not compared.
  package internal(set) var ignore: [String] = []
  package internal(set) var unmanagedTables = UnmanagedTables.ignore
  package internal(set) var timeouts = Timeouts()
  /// nil where an `alembic.ini` may still say, and the default holds otherwise.
  var versionTable: String?
  var systemVersionTable: String?
  /// `registry`: the file that `metaxy generate` writes, as it is written: relative to the configuration file.
  package internal(set) var registry: String?
  /// `registry_imports`: the modules that it imports besides `Metaxy`.
  package internal(set) var registryImports: [String] = []
  /// A database that may be filled and emptied at will.
  package internal(set) var scratchURL: StoreURL?
  var fileTemplate: String?
  var timezone: String?
  var postWriteHooks: [PostWriteHook]?
}

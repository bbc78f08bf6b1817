package import MetaxyNames

/// The settings of `metaxy.toml` and the environment variables that are not the command's alone, with defaults for missing ones.
package struct Configuration: Sendable {
  /// `project`; the default is `default`, as in Metaxy.
  package var project = "default"
  /// `store`: the store of commands that name none.
  package var store: String?
  /// The number of characters of a hash to keep; nil for all.
  package var hashTruncationLength: Int?
  /// `auto_create_tables`: whether stores without their own setting create missing tables; production stores never do.
  package var createsTablesAutomatically = false
  /// `locked`: whether an external feature with another version than its recorded definition is an error.
  package var isLocked = false
  package var sqlModel = SQLModelSettings()
  /// `generation` in `[ext.migrations]`; nil to choose by the form of exported specs, or else the first one.
  package var generation: Generation?
  /// The timeouts of stores without their own, in `[ext.migrations]`.
  package var timeouts = Timeouts()
  /// The stores on SQLite or PostgreSQL, in the order of the file.
  package var stores: [Store] = []
  /// The errors of the other stores, by store name.
  package var unusableStores: [String: UnusableStore] = [:]
  /// The prefixes of the tables of these stores, and of those that only lack a variable.
  package var prefixes: [StorePrefix] = []

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

/// Keys that are accepted but not used, because they are Metaxy's own.
enum ConfigurationKeys {
  /// The top-level keys of Metaxy 0.0.x (`migrations_dir`) and 0.1.x.
  static let foreignTopLevel: Set<String> = [
    "enable_map_datatype", "extend", "extra_features", "locked", "metaxy_lock_path", "migrations_dir", "sync", "theme",
  ]

  static let sqlModel: Set<String> = ["enable", "enabled", "infer_db_table_names", "system_tables"]
  static let foreignSQLModel: Set<String> = ["inject_index", "inject_primary_key"]
}

/// Keys that are accepted wherever the file is read.
enum ConfigurationKeys {
  /// The top-level keys that only the command reads.
  static let command: Set<String> = ["entrypoints"]

  /// The keys of `[ext.migrations]` that only the command reads.
  static let migrations: Set<String> = [
    "dialects", "directory", "entrypoints", "file_template", "ignore", "lint", "module", "post_write_hooks", "python",
    "python_timeout", "registry", "registry_imports", "scratch_url", "system_directory", "system_version_table",
    "timezone", "unmanaged_tables", "version_table",
  ]

  /// The top-level keys of Metaxy 0.0.x (`migrations_dir`) and 0.1.x that are not used.
  static let foreignTopLevel: Set<String> = [
    "enable_map_datatype", "extra_features", "metaxy_lock_path", "migrations_dir", "sync", "theme",
  ]

  /// The keys of `[ext.sqlmodel]`.
  static let sqlModel: Set<String> = ["enable", "enabled", "infer_db_table_names", "system_tables"]
  /// Those that are not used.
  static let foreignSQLModel: Set<String> = ["inject_index", "inject_primary_key"]
}

import MetaxyFiles
import MetaxyTOML

/// The files that `metaxy init` writes.
enum ConfigurationTemplate {
  /// Returns settings that Python's Metaxy can also read: all settings that it does not know are in `[ext.migrations]`.
  ///
  /// - Parameter keys: the path of the settings in their file.
  static func configuration(
    below keys: [String], project: String, directory: String, systemDirectory: String, versionTable: String?
  ) -> String {
    let prefix = keys.map { "\($0)." }.joined()
    return """
      \(keys.isEmpty ? "" : "[\(keys.joined(separator: "."))]\n")# The project's name: it scopes what is recorded, and enters the versions that are tracked.
      project = \(TOMLText.string(project))

      # The store that commands work on when they name none.
      store = "dev"

      # Where features are declared: Swift files, directories of them, or globs; `python:package.module` for Python.
      entrypoints = ["Sources"]

      [\(prefix)ext.sqlmodel]
      # Without it there is no system environment.
      enable = true
      # Tables are named after feature keys; `false` names them after types.
      # infer_db_table_names = true
      # system_tables = true

      [\(prefix)ext.migrations]
      # The revisions of your tables, and those of Metaxy's own.
      directory = \(TOMLText.string(directory))
      system_directory = \(TOMLText.string(systemDirectory))
      \(versionTable.map { "version_table = \(TOMLText.string($0))" } ?? "# version_table = \"alembic_version\"")
      # What revisions are rendered for; by default, the engines of the stores.
      # dialects = ["sqlite", "postgresql"]
      # The Swift file that `metaxy generate` writes, for programs that write and read rows.
      # registry = "Sources/FeatureRegistry.swift"
      # Tables, columns and indexes that are not compared.
      # ignore = ["legacy_*"]
      # lock_timeout = "5s"
      # statement_timeout = "0"

      [\(prefix)ext.migrations.stores.dev]
      # Relative to this file; a fourth slash makes it absolute.
      url = "sqlite:///metaxy.db"

      # [\(prefix)ext.migrations.stores.prod]
      # url = "postgresql://metaxy@db.internal/metaxy"
      # No scratch databases, no automatic tables.
      # production = true

      """
  }

  /// Returns the `alembic.ini` of the system environment.
  static func alembicINI(location: String) -> String {
    """
    # Metaxy's own tables: `metaxy -c \(location) upgrade head`.
    # The database is that of the store, which metaxy.toml names.
    [alembic]
    script_location = \(location.replacing("%", with: "%%"))

    """
  }

  /// Returns a project name that Metaxy accepts, generated from a directory's name.
  static func projectName(of directory: String) -> String {
    let name = Paths.name(of: directory).map { character in
      character.isASCII && (character.isLetter || character.isNumber || character == "-") ? character : "_"
    }
    let words = name.split(separator: "_")
    return words.isEmpty ? "project" : words.map { String($0) }.joined(separator: "_")
  }
}

internal import MetaxyErrors
internal import MetaxyMigrationErrors
internal import MetaxyNames
internal import MetaxySchema

// Errors of `init --from-database` and `init --from-alembic`.
extension MetaxyError {
  static func noDatabaseToAdopt(_ name: String) -> MetaxyError {
    MetaxyError(
      .noDatabase, "there is no database at `\(name)` from which a history could start", Payload(database: name),
      hints: ["set the `url` of the store in [ext.migrations.stores], or choose a store with `--store`"])
  }

  static func hasHistory(_ heads: [[String]]) -> MetaxyError {
    MetaxyError(
      .hasHistory, "every environment has revisions already",
      hints: [
        "where the database has what they make, \(.stamp(heads.last?.first ?? "head")) marks them as applied",
        "\(.adopt()) writes what was changed in the database besides them",
      ])
  }

  static func nothingToAdopt(_ name: String) -> MetaxyError {
    MetaxyError(
      .nothingToAdopt, "`\(name)` has no table that the definitions define", Payload(database: name),
      hints: ["\(.autogenerate()) writes the revision that creates them"])
  }

  static func baselineGone(_ path: String) -> MetaxyError {
    MetaxyError(
      .unreadableFile, "the baseline `\(path)` was removed while it was written", Payload(path: path),
      hints: ["run the command again"])
  }

  static func conversionNeedsRevision(_ operations: [MigrationOperation]) -> MetaxyError {
    MetaxyError(
      .cannotConvertSystemTables,
      "the system tables cannot be converted in one transaction: \(Wording.list(operations.map(\.description)))")
  }

  static func conversionLostRows(_ table: TableName, before: Int64, after: Int64) -> MetaxyError {
    MetaxyError(
      .cannotConvertSystemTables,
      "the conversion was rolled back: `\(table)` had \(Wording.count(before, "row")), and \(after) after it",
      Payload(schema: table.schema, table: table.name))
  }

  static func alembicFailed(_ directory: String, _ reason: String) -> MetaxyError {
    MetaxyError(
      .alembicFailed, "cannot read the Alembic environment `\(directory)`: \(reason)", Payload(path: directory),
      hints: [
        "`alembic upgrade head --sql` in the project's environment must work; `python` in [ext.migrations] chooses the interpreter"
      ])
  }

  /// - Parameter file: the file that sets the schema for metaxy.
  static func alembicVersionTable(in schema: String, _ history: AlembicHistory, file: String) -> MetaxyError {
    MetaxyError(
      .alembicFailed, "the version table of `\(history.directory)` is in the schema `\(schema)`",
      Payload(path: history.directory, schema: schema, table: history.versionTable),
      hints: ["write `version_table_schema = \(schema)` below a line `[alembic]` in `\(file)` first"])
  }

  static func alembicHeads(_ heads: [String], _ history: AlembicHistory) -> MetaxyError {
    MetaxyError(
      .alembicNotAtHead, "`\(history.directory)` has several heads: \(Wording.list(heads))",
      Payload(path: history.directory, revision: heads.first),
      hints: ["join them with `alembic merge heads` and apply the new revision with `alembic upgrade head` first"])
  }

  static func alembicNotAtHead(
    _ rows: Set<String>, _ heads: [String], _ history: AlembicHistory, table: String
  ) -> MetaxyError {
    MetaxyError(
      .alembicNotAtHead,
      "the database is at \(rows.isEmpty ? "no revision" : Wording.list(rows.sorted())) according to `\(table)`,"
        + " but `\(history.directory)` ends at \(Wording.list(heads))",
      Payload(path: history.directory, revision: heads.first),
      hints: ["bring it to the head with `alembic upgrade head` first"])
  }

  static func strangeVersion(
    _ rows: Set<String>, table: String, _ history: AlembicHistory, hasSystem: Bool
  ) -> MetaxyError {
    MetaxyError(
      .alembicNotAtHead,
      "`\(history.directory)` has no revision \(Wording.list(rows.sorted())), at which the database is"
        + " according to `\(table)`", Payload(path: history.directory, revision: rows.sorted().first),
      hints: hasSystem
        ? [] : ["where both environments share the table, name the second with `--system-alembic DIRECTORY`"])
  }

  static func noFeatureTables(_ name: String) -> MetaxyError {
    MetaxyError(
      .nothingToAdopt, "`\(name)` has no table with the system columns of features", Payload(database: name),
      hints: ["other tables are defined in a `.sql` entrypoint"])
  }

  static func notAnEntrypoint(_ directory: String) -> MetaxyError {
    MetaxyError(
      .invalidEntrypoints, "no entrypoint reads the files of `\(directory)`", Payload(path: directory),
      hints: ["add the directory to `entrypoints`, or name one of them"])
  }

  static func featuresExist(_ paths: [String]) -> MetaxyError {
    MetaxyError(
      .featuresExist,
      "the project has features already, in \(Wording.list(paths.prefix(3)))\(paths.count > 3 ? " and other files" : "")",
      Payload(path: paths.first),
      hints: ["\(.initialiseFromDatabase()) starts the history with the tables that they define"])
  }
}

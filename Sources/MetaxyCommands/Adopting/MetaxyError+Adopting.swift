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
}

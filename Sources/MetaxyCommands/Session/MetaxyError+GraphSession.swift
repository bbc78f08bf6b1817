internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyMigrationErrors
internal import MetaxyNames
internal import MetaxySQL

// Errors about the graphs in the system tables.
extension MetaxyError {
  /// - Parameter isWritten: whether a revision that creates the missing object exists.
  static func noSystemTable(
    _ table: TableName, missing columns: [String], isWritten: Bool, _ system: Invocation
  ) -> MetaxyError {
    let upgrade = SuggestedCommand.upgrade().completed(for: system)
    let autogenerate = SuggestedCommand.autogenerate().completed(for: system)
    return MetaxyError(
      .systemTablesOutdated,
      columns.isEmpty
        ? "the database has no table `\(table)`" : "`\(table)` has no column \(Wording.list(columns))",
      Payload(schema: table.schema, table: table.name, column: columns.first),
      hints: [
        isWritten
          ? "\(upgrade) brings the system tables up to date"
          : "\(autogenerate), then \(upgrade) brings the system tables up to date"
      ])
  }

  static func systemTablesDiffer(_ operations: [String], _ system: Invocation) -> MetaxyError {
    MetaxyError(
      .systemTablesOutdated,
      "the system tables do not accept every row that Metaxy writes: they need \(Wording.list(operations))",
      hints: ["run \(.autogenerate().completed(for: system)), then \(.upgrade().completed(for: system))"])
  }

  static func nothingRecorded(_ project: String) -> MetaxyError {
    MetaxyError(
      .nothingRecorded, "no graph is recorded for the project `\(project)`",
      hints: ["\(.pushGraph()) records the graph of the features"])
  }

  static func unknownSnapshot(_ text: String, _ recorded: [String]) -> MetaxyError {
    MetaxyError(
      .unknownSnapshot, "no recorded snapshot begins with `\(text)`",
      hints: recorded.isEmpty
        ? ["\(.pushGraph()) records the graph of the features"]
        : ["the latest recorded snapshots are \(Wording.list(recorded.prefix(5)))"])
  }

  static func ambiguousSnapshot(_ text: String, _ found: [String]) -> MetaxyError {
    MetaxyError(
      .ambiguousSnapshot, "several recorded snapshots begin with `\(text)`",
      hints: ["write more characters: they are \(Wording.list(found.prefix(5)))"])
  }

  static func unreadableSpec(_ key: String, snapshot: String, _ diagnostics: [Diagnostic]) -> MetaxyError {
    MetaxyError(
      .unreadableSpec,
      "cannot read the spec of `\(key)` that is recorded in the snapshot `\(snapshot)`"
        + (diagnostics.first.map { ": \($0.message)" } ?? ""),
      Payload(feature: key),
      hints: ["another release of Metaxy may have written it; compare with `--against FILE` instead"])
  }

  /// An external feature with another version than its recorded definition; `difference` has both.
  static func externalVersionDiffers(_ feature: FeatureKey, _ difference: String) -> MetaxyError {
    MetaxyError(
      .externalVersionDiffers, difference, Payload(feature: feature.description),
      hints: [
        "update its definition here, or lock the project again with Metaxy for Python, which rewrites `metaxy.lock`; without `locked` this is a warning"
      ])
  }
}

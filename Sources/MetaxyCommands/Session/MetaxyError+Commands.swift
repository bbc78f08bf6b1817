internal import MetaxyErrors
internal import MetaxySQL
internal import MetaxySchema

extension MetaxyError {
  static func noScratchFor(_ dialect: String, _ paths: [String]) -> MetaxyError {
    MetaxyError(
      .noScratch,
      "there is no database of `\(dialect)` in which \(paths.map { "`\($0)`" }.joined(separator: ", ")) can be tried out",
      hints: [
        "set `scratch_url` in [ext.migrations] to one that may be filled and emptied at will",
        "or leave `\(dialect)` out of `dialects`, and add its sections with \(.render(for: dialect)) later",
      ])
  }

  /// The live engine supports an operation that another engine does not.
  static func cannotRenderFor(_ dialect: String, cause: MetaxyError) -> MetaxyError {
    MetaxyError(
      .cannotRender, "the sections for `\(dialect)` cannot be written",
      hints: ["leave `\(dialect)` out of `dialects` in [ext.migrations] to write the revision without it"], cause: cause
    )
  }

  static func unknownDialect(_ name: String, _ known: [String]) -> MetaxyError {
    MetaxyError(
      .unknownDialect, "there is no dialect `\(name)`",
      hints: ["there are \(known.map { "`\($0)`" }.joined(separator: " and "))"])
  }

  static func recordsMissing(_ paths: [String], dialect: String) -> MetaxyError {
    MetaxyError(
      .recordMissing,
      "nothing tells what \(paths.map { "`\($0)`" }.joined(separator: ", ")) shall do on `\(dialect)`: there is no record",
      hints: ["write their sections by hand, `-- metaxy:upgrade \(dialect)`, and run the command again"])
  }

  static func noRegistry(_ configFile: String) -> MetaxyError {
    MetaxyError(
      .noRegistry, "nothing says where the registry is to be written",
      hints: [
        "set `registry` in [ext.migrations] of \(configFile), such as `registry = \"Sources/FeatureRegistry.swift\"`",
        "`--output FILE` writes it somewhere else, `--output -` to stdout",
      ])
  }

  static func foreignFile(_ path: String) -> MetaxyError {
    MetaxyError(
      .foreignFile, "`\(path)` was not written by `metaxy generate`, and is left as it is",
      hints: ["move it away, or name another file with `registry` in [ext.migrations]"])
  }

  static func unusableRegistryPath(_ path: String) -> MetaxyError {
    MetaxyError(
      .invalidOutput, "the registry is a Swift file, and `\(path)` does not end in `.swift`",
      hints: ["`--output -` writes it to stdout"])
  }

  static func unusableModuleName(_ name: String) -> MetaxyError {
    MetaxyError(.invalidImport, "`\(name)` is not the name of a module")
  }

  static func noDatabase(_ path: String) -> MetaxyError {
    MetaxyError(
      .noDatabase, "there is no database at `\(path)`", hints: ["\(.upgrade()) creates it"])
  }

  static func nothingToShow(_ target: String) -> MetaxyError {
    MetaxyError(
      .nothingToShow, "`\(target)` is no revision",
      hints: ["\(.history()) lists the revisions there are"])
  }

  static func severalToShow(_ target: String, _ revisions: [String]) -> MetaxyError {
    MetaxyError(
      .severalToShow, "`\(target)` stands for several revisions: \(revisions.joined(separator: ", "))",
      hints: ["name one of them"])
  }

  static func environmentNamedTwice() -> MetaxyError {
    MetaxyError(
      .environmentNamedTwice, "`-c` names one environment and `--all-environments` all of them",
      hints: ["leave one of the two out"])
  }

  static func environmentMissing(_ kind: String, _ directory: String) -> MetaxyError {
    MetaxyError(
      .environmentMissing, "the \(kind) environment `\(directory)` has not been made",
      hints: ["\(.initialise()) makes what is missing"])
  }

  static func unexplainedVersion(_ revision: String, table: String, directory: String) -> MetaxyError {
    MetaxyError(
      .unknownRevision,
      "the database is at revision `\(revision)` according to `\(table)`, and no file in `\(directory)` explains it",
      hints: [
        "bring the missing file back (version control has it, or a colleague's branch)",
        "if the table belongs to another program, name another one with `version_table` in [ext.migrations]",
        "if the file is gone for good, \(.stampPurging()) sets the version anew",
      ])
  }

  static func unreadableRecord(_ path: String, cause: MetaxyError) -> MetaxyError {
    MetaxyError(
      .malformedRecord, "cannot read the record `\(path)`",
      hints: ["restore the file from version control"], cause: cause)
  }

  static func invalidFeatures(_ diagnostics: [Diagnostic]) -> MetaxyError {
    let count = diagnostics.count
    return MetaxyError(
      .invalidFeatures, "\(count) \(count == 1 ? "problem" : "problems") in the features' sources",
      diagnostics: diagnostics)
  }

  static func invalidTables(_ diagnostics: [Diagnostic]) -> MetaxyError {
    let count = diagnostics.count
    return MetaxyError(
      .invalidTables, "\(count) \(count == 1 ? "problem" : "problems") in the definitions of plain tables",
      diagnostics: diagnostics)
  }

  static func noEntrypointServes(_ dialect: String, _ files: [String]) -> MetaxyError {
    MetaxyError(
      .invalidEntrypoints,
      "none of the entrypoints serves the dialect `\(dialect)`, only others: "
        + files.map { "`\($0)`" }.joined(separator: ", "),
      hints: ["name the file for this engine, too, or one without a dialect in its name"])
  }

  static func renameConflict(_ old: String, _ new: String, at source: SourceLocation?) -> MetaxyError {
    MetaxyError(
      .renameConflict,
      "\(source.map { "\($0): " } ?? "")`\(new)` is declared as renamed from `\(old)`, and the database has both",
      hints: ["move what is in one of them to the other, drop one, or take `renamedFrom` away"])
  }

  static func behind(_ pending: [String]) -> MetaxyError {
    MetaxyError(
      .behind,
      "the database is not at the newest revision: \(pending.map { "`\($0)`" }.joined(separator: ", ")) not applied",
      hints: ["run \(.upgrade()) first: what is compared is the database as it is"])
  }

  static func systemBehind(_ pending: [String], _ system: Invocation) -> MetaxyError {
    MetaxyError(
      .systemBehind,
      "the system environment comes first, and \(pending.map { "`\($0)`" }.joined(separator: ", ")) of it"
        + " \(pending.count == 1 ? "is" : "are") not applied",
      hints: ["run \(.upgrade().completed(for: system)) first, or \(.upgradeAllEnvironments())"])
  }

  /// - Parameter isWritten: whether a revision that creates what is missing is there already.
  static func noSystemTable(
    _ table: TableName, missing columns: [String], isWritten: Bool, _ system: Invocation
  ) -> MetaxyError {
    let upgrade = SuggestedCommand.upgrade().completed(for: system)
    let autogenerate = SuggestedCommand.autogenerate().completed(for: system)
    return MetaxyError(
      .systemTablesOutdated,
      columns.isEmpty
        ? "the database has no table `\(table)`"
        : "`\(table)` has no column \(columns.map { "`\($0)`" }.joined(separator: ", "))",
      hints: [
        isWritten
          ? "\(upgrade) brings the system tables to what Metaxy writes"
          : "\(autogenerate), then \(upgrade) brings the system tables to what Metaxy writes"
      ])
  }

  static func systemTablesDiffer(_ operations: [String], _ system: Invocation) -> MetaxyError {
    MetaxyError(
      .systemTablesOutdated,
      "the system tables would not take every row that Metaxy writes: "
        + operations.map { "`\($0)`" }.joined(separator: ", ") + " not done",
      hints: [
        "\(.autogenerate().completed(for: system)), then \(.upgrade().completed(for: system))"
      ])
  }

  static func nothingRecorded(_ project: String) -> MetaxyError {
    MetaxyError(
      .nothingRecorded, "no graph is recorded for the project `\(project)`",
      hints: ["\(.pushGraph()) records the registered one"])
  }

  static func unknownSnapshot(_ text: String, _ recorded: [String]) -> MetaxyError {
    MetaxyError(
      .unknownSnapshot, "no recorded snapshot begins with `\(text)`",
      hints: recorded.isEmpty
        ? ["\(.pushGraph()) records the registered graph"]
        : ["the last recorded ones are \(recorded.prefix(5).map { "`\($0)`" }.joined(separator: ", "))"])
  }

  static func ambiguousSnapshot(_ text: String, _ found: [String]) -> MetaxyError {
    MetaxyError(
      .ambiguousSnapshot, "several recorded snapshots begin with `\(text)`",
      hints: ["more characters tell them apart: \(found.prefix(5).map { "`\($0)`" }.joined(separator: ", "))"])
  }

  static func unreadableSpec(_ key: String, snapshot: String, _ diagnostics: [Diagnostic]) -> MetaxyError {
    MetaxyError(
      .unreadableSpec,
      "the spec of `\(key)` that is recorded in the snapshot `\(snapshot)` cannot be read"
        + (diagnostics.first.map { ": \($0.message)" } ?? ""),
      hints: ["it may have been written by another release of Metaxy; compare with `--against FILE` instead"])
  }

  static func rowsInTheWay(_ notes: [String], _ remedies: [String]) -> MetaxyError {
    MetaxyError(
      .rowsInTheWay, "the rows of this database are in the way:" + notes.map { "\n  \($0)" }.joined(),
      hints: remedies.enumerated().map { Hint($0 == 0 ? "nothing was written; \($1)" : $1) })
  }

  static func cannotLookAtRows(_ condition: String, cause: MetaxyError) -> MetaxyError {
    MetaxyError(
      .cannotLookAtRows, "it cannot be told whether \(condition)",
      hints: ["nothing was written; where an expression is wrong, make it right"], cause: cause)
  }

  static func referencedTable(_ table: TableName, by other: TableName) -> MetaxyError {
    MetaxyError(
      .tableReferenced, "`\(table)` cannot be dropped: a foreign key of `\(other)` refers to it",
      hints: ["drop that foreign key first"])
  }

  static func unknownFilePlaceholder(_ text: String) -> MetaxyError {
    MetaxyError(
      .invalidFileTemplate, "`file_template` holds `\(text)`, which stands for nothing",
      hints: [
        "it knows %(rev)s, %(slug)s, %(epoch)s, %(year)d, %(month).2d, %(day).2d, %(hour).2d, %(minute).2d, %(second).2d"
      ])
  }

  static func unusableFileName(_ name: String, _ template: String) -> MetaxyError {
    MetaxyError(
      .invalidFileTemplate,
      "`file_template` `\(template)` makes the file name `\(name)`, which cannot be used",
      hints: ["a name is not empty, begins with no dot and holds no slash"])
  }

  static func unknownTimezone(_ name: String) -> MetaxyError {
    MetaxyError(
      .unknownTimezone, "`timezone` is `\(name)`, which this machine does not know",
      hints: ["names are those of the tz database, such as `Europe/Berlin`"])
  }

  static func hookFailed(_ name: String, _ path: String, reason: String) -> MetaxyError {
    MetaxyError(
      .hookFailed, "the post-write hook `\(name)` failed on `\(path)`: \(reason)",
      hints: ["the revision is written; run the hook by hand, or remove the file with its record and write it again"])
  }

  static func schemaOnSQLite(_ schema: String, key: String) -> MetaxyError {
    MetaxyError(
      .schemaOnSQLite, "`\(key)` is `\(schema)`, and SQLite has no schemas",
      hints: ["take `\(key)` away, or name a store of another engine with `--store`"])
  }

  static func invalidSourceDateEpoch(_ text: String) -> MetaxyError {
    MetaxyError(
      .invalidSourceDateEpoch, "SOURCE_DATE_EPOCH is `\(text)`, which is no number of seconds since 1970")
  }
}

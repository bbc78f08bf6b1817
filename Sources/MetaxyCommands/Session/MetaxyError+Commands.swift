internal import MetaxyErrors
internal import MetaxyNames

extension MetaxyError {
  static func noScratchFor(_ dialect: String, _ paths: [String]) -> MetaxyError {
    MetaxyError(
      Code("no_scratch"),
      "there is no database of `\(dialect)` in which \(paths.map { "`\($0)`" }.joined(separator: ", ")) can be tried out",
      hints: [
        "set `scratch_url` in [ext.migrations] to one that may be filled and emptied at will",
        "or leave `\(dialect)` out of `dialects`, and add its sections with `metaxy revision --render \(dialect)` later",
      ])
  }

  /// The live engine supports an operation that another engine does not.
  static func cannotRenderFor(_ dialect: String, cause: MetaxyError) -> MetaxyError {
    MetaxyError(
      Code("cannot_render"), "the sections for `\(dialect)` cannot be written",
      hints: ["leave `\(dialect)` out of `dialects` in [ext.migrations] to write the revision without it"], cause: cause
    )
  }

  static func unknownDialect(_ name: String, _ known: [String]) -> MetaxyError {
    MetaxyError(
      Code("unknown_dialect"), "there is no dialect `\(name)`",
      hints: ["there are \(known.map { "`\($0)`" }.joined(separator: " and "))"])
  }

  static func recordsMissing(_ paths: [String], dialect: String) -> MetaxyError {
    MetaxyError(
      Code("record_missing"),
      "nothing tells what \(paths.map { "`\($0)`" }.joined(separator: ", ")) shall do on `\(dialect)`: there is no record",
      hints: ["write their sections by hand, `-- metaxy:upgrade \(dialect)`, and run the command again"])
  }

  static func noRegistry(_ configFile: String) -> MetaxyError {
    MetaxyError(
      Code("no_registry"), "nothing says where the registry is to be written",
      hints: [
        "set `registry` in [ext.migrations] of \(configFile), such as `registry = \"Sources/FeatureRegistry.swift\"`",
        "`--output FILE` writes it somewhere else, `--output -` to stdout",
      ])
  }

  static func foreignFile(_ path: String) -> MetaxyError {
    MetaxyError(
      Code("foreign_file"), "`\(path)` was not written by `metaxy generate`, and is left as it is",
      hints: ["move it away, or name another file with `registry` in [ext.migrations]"])
  }

  static func unusableRegistryPath(_ path: String) -> MetaxyError {
    MetaxyError(
      Code("invalid_output"), "the registry is a Swift file, and `\(path)` does not end in `.swift`",
      hints: ["`--output -` writes it to stdout"])
  }

  static func unusableModuleName(_ name: String) -> MetaxyError {
    MetaxyError(Code("invalid_import"), "`\(name)` is not the name of a module")
  }

  static func noDatabase(_ path: String) -> MetaxyError {
    MetaxyError(
      Code("no_database"), "there is no database at `\(path)`", hints: ["`metaxy upgrade` creates it"])
  }

  static func nothingToShow(_ target: String) -> MetaxyError {
    MetaxyError(
      Code("nothing_to_show"), "`\(target)` is no revision",
      hints: ["`metaxy history` lists the revisions there are"])
  }

  static func severalToShow(_ target: String, _ revisions: [String]) -> MetaxyError {
    MetaxyError(
      Code("several_to_show"), "`\(target)` stands for several revisions: \(revisions.joined(separator: ", "))",
      hints: ["name one of them"])
  }

  static func environmentNamedTwice() -> MetaxyError {
    MetaxyError(
      Code("environment_named_twice"), "`-c` names one environment and `--all-environments` all of them",
      hints: ["leave one of the two out"])
  }

  static func environmentMissing(_ kind: String, _ directory: String) -> MetaxyError {
    MetaxyError(
      Code("environment_missing"), "the \(kind) environment `\(directory)` has not been made",
      hints: ["`metaxy init` makes what is missing"])
  }

  static func unexplainedVersion(_ revision: String, table: String, directory: String) -> MetaxyError {
    MetaxyError(
      Code("unknown_revision"),
      "the database is at revision `\(revision)` according to `\(table)`, and no file in `\(directory)` explains it",
      hints: [
        "bring the missing file back (version control has it, or a colleague's branch)",
        "if the table belongs to another program, name another one with `version_table` in [ext.migrations]",
        "if the file is gone for good, `metaxy stamp --purge REVISION` sets the version anew",
      ])
  }

  static func unreadableRecord(_ path: String, cause: MetaxyError) -> MetaxyError {
    MetaxyError(
      Code("malformed_record"), "cannot read the record `\(path)`",
      hints: ["records are written by `metaxy revision`; bring the file back from version control"], cause: cause)
  }

  static func invalidFeatures(_ diagnostics: [Diagnostic]) -> MetaxyError {
    let count = diagnostics.count
    return MetaxyError(
      Code("invalid_features"), "\(count) \(count == 1 ? "problem" : "problems") in the features' sources",
      diagnostics: diagnostics)
  }

  static func invalidTables(_ diagnostics: [Diagnostic]) -> MetaxyError {
    let count = diagnostics.count
    return MetaxyError(
      Code("invalid_tables"), "\(count) \(count == 1 ? "problem" : "problems") in the definitions of plain tables",
      diagnostics: diagnostics)
  }

  static func noEntrypointServes(_ dialect: String, _ files: [String]) -> MetaxyError {
    MetaxyError(
      Code("invalid_entrypoints"),
      "none of the entrypoints serves the dialect `\(dialect)`, only others: "
        + files.map { "`\($0)`" }.joined(separator: ", "),
      hints: ["name the file for this engine, too, or one without a dialect in its name"])
  }

  static func renameConflict(_ old: String, _ new: String, at source: SourceLocation?) -> MetaxyError {
    MetaxyError(
      Code("rename_conflict"),
      "\(source.map { "\($0): " } ?? "")`\(new)` is declared as renamed from `\(old)`, and the database has both",
      hints: ["move what is in one of them to the other, drop one, or take `renamedFrom` away"])
  }

  static func behind(_ pending: [String], command: String) -> MetaxyError {
    MetaxyError(
      Code("behind"),
      "the database is not at the newest revision: \(pending.map { "`\($0)`" }.joined(separator: ", ")) not applied",
      hints: ["run `\(command)` first: what is compared is the database as it is"])
  }

  static func systemBehind(_ pending: [String], command: String) -> MetaxyError {
    MetaxyError(
      Code("system_behind"),
      "the system environment comes first, and \(pending.map { "`\($0)`" }.joined(separator: ", ")) of it"
        + " \(pending.count == 1 ? "is" : "are") not applied",
      hints: ["run `\(command)` first, or `metaxy upgrade --all-environments`"])
  }

  static func noSystemTable(_ table: String, missing columns: [String], commands: String) -> MetaxyError {
    MetaxyError(
      Code("system_tables_outdated"),
      columns.isEmpty
        ? "the database has no table `\(table)`"
        : "`\(table)` has no column \(columns.map { "`\($0)`" }.joined(separator: ", "))",
      hints: ["\(commands) brings the system tables to what Metaxy writes"])
  }

  static func systemTablesDiffer(_ operations: [String], command: String) -> MetaxyError {
    MetaxyError(
      Code("system_tables_outdated"),
      "the system tables would not take every row that Metaxy writes: "
        + operations.map { "`\($0)`" }.joined(separator: ", ") + " not done",
      hints: ["`\(command) revision --autogenerate`, then `\(command) upgrade`"])
  }

  static func nothingRecorded(_ project: String) -> MetaxyError {
    MetaxyError(
      Code("nothing_recorded"), "no graph is recorded for the project `\(project)`",
      hints: ["`metaxy graph push` records the registered one"])
  }

  static func unknownSnapshot(_ text: String, _ recorded: [String]) -> MetaxyError {
    MetaxyError(
      Code("unknown_snapshot"), "no recorded snapshot begins with `\(text)`",
      hints: recorded.isEmpty
        ? ["`metaxy graph push` records the registered graph"]
        : ["the last recorded ones are \(recorded.prefix(5).map { "`\($0)`" }.joined(separator: ", "))"])
  }

  static func ambiguousSnapshot(_ text: String, _ found: [String]) -> MetaxyError {
    MetaxyError(
      Code("ambiguous_snapshot"), "several recorded snapshots begin with `\(text)`",
      hints: ["more characters tell them apart: \(found.prefix(5).map { "`\($0)`" }.joined(separator: ", "))"])
  }

  static func unreadableSpec(_ key: String, snapshot: String, _ diagnostics: [Diagnostic]) -> MetaxyError {
    MetaxyError(
      Code("unreadable_spec"),
      "the spec of `\(key)` that is recorded in the snapshot `\(snapshot)` cannot be read"
        + (diagnostics.first.map { ": \($0.message)" } ?? ""),
      hints: ["it may have been written by another release of Metaxy; compare with `--against FILE` instead"])
  }

  static func rowsInTheWay(_ notes: [String], _ remedies: [String]) -> MetaxyError {
    MetaxyError(
      Code("rows_in_the_way"), "the rows of this database are in the way:" + notes.map { "\n  \($0)" }.joined(),
      hints: remedies.enumerated().map { $0 == 0 ? "nothing was written; \($1)" : $1 })
  }

  static func cannotLookAtRows(_ condition: String, cause: MetaxyError) -> MetaxyError {
    MetaxyError(
      Code("cannot_look_at_rows"), "it cannot be told whether \(condition)",
      hints: ["nothing was written; where an expression is wrong, make it right"], cause: cause)
  }

  static func referencedTable(_ table: TableName, by other: String) -> MetaxyError {
    MetaxyError(
      Code("table_referenced"), "`\(table)` cannot be dropped: a foreign key of `\(other)` refers to it",
      hints: ["drop that foreign key first"])
  }

  static func unknownFilePlaceholder(_ text: String) -> MetaxyError {
    MetaxyError(
      Code("invalid_file_template"), "`file_template` holds `\(text)`, which stands for nothing",
      hints: [
        "it knows %(rev)s, %(slug)s, %(epoch)s, %(year)d, %(month).2d, %(day).2d, %(hour).2d, %(minute).2d, %(second).2d"
      ])
  }

  static func unusableFileName(_ name: String, _ template: String) -> MetaxyError {
    MetaxyError(
      Code("invalid_file_template"),
      "`file_template` `\(template)` makes the file name `\(name)`, which cannot be used",
      hints: ["a name is not empty, begins with no dot and holds no slash"])
  }

  static func unknownTimezone(_ name: String) -> MetaxyError {
    MetaxyError(
      Code("unknown_timezone"), "`timezone` is `\(name)`, which this machine does not know",
      hints: ["names are those of the tz database, such as `Europe/Berlin`"])
  }

  static func hookFailed(_ name: String, _ path: String, reason: String) -> MetaxyError {
    MetaxyError(
      Code("hook_failed"), "the post-write hook `\(name)` failed on `\(path)`: \(reason)",
      hints: ["the revision is written; run the hook by hand, or remove the file with its record and write it again"])
  }

  static func schemaOnSQLite(_ schema: String, key: String) -> MetaxyError {
    MetaxyError(
      Code("schema_on_sqlite"), "`\(key)` is `\(schema)`, and SQLite has no schemas",
      hints: ["take `\(key)` away, or name a store of another engine with `--store`"])
  }

  static func invalidSourceDateEpoch(_ text: String) -> MetaxyError {
    MetaxyError(
      Code("invalid_source_date_epoch"), "SOURCE_DATE_EPOCH is `\(text)`, which is no number of seconds since 1970")
  }
}

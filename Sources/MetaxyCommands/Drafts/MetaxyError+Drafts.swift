internal import MetaxyErrors
internal import MetaxyMigrationErrors
internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxySQL
internal import MetaxySchema

// Reasons why a revision is not drafted.
extension MetaxyError {
  static func behind(_ pending: [String], heads: [String]) -> MetaxyError {
    let verb = pending.count == 1 ? "is" : "are"
    return MetaxyError(
      .behind, "the database is not at its head: \(Wording.list(pending)) \(verb) not applied",
      Payload(revision: pending.first),
      hints: ["run \(.upgrade(to: heads.count > 1 ? "heads" : nil)) first: autogenerate compares the live schema"])
  }

  static func possibleRenames(_ pairs: [PossibleRename]) -> MetaxyError {
    let areValues = pairs.allSatisfy { $0.value != nil }
    let kind = areValues ? "value" : pairs.allSatisfy { $0.column == nil } ? "table" : "column"
    let first = pairs.first
    return MetaxyError(
      .possibleRename,
      pairs.map(\.sentence).joined(separator: "; ")
        + ": \(pairs.count == 1 ? "that could be a rename" : "each could be a rename")",
      Payload(schema: first?.table.schema, table: first?.table.name, column: first?.column),
      hints: [
        "nothing was written; if the \(kind) has a new name: \(.autogenerate(renaming: pairs.map(\.flag)))",
        "if \(areValues ? "it is another value" : "its rows may be dropped"): \(.autogenerate(dropping: pairs.map(\.oldText)))",
      ])
  }

  static func unknownRename(_ rename: String) -> MetaxyError {
    MetaxyError(
      .unknownRename,
      "`--rename \(rename)` does not name a table, column or value of the database and its new name in the definitions",
      hints: [
        "write `--rename TABLE.COLUMN=NEW` for a column, `--rename TABLE=NEW` for a table, `--rename TABLE.COLUMN:VALUE=NEW` for a value; \(.check()) lists what is dropped and added"
      ])
  }

  static func unknownBackfill(_ backfill: String) -> MetaxyError {
    MetaxyError(
      .unknownBackfill,
      "`--backfill \(backfill)` does not name a column that the revision adds or no longer allows to be NULL",
      hints: [
        "write `--backfill TABLE.COLUMN=VALUE`, with a text in single quotes inside those of the shell; \(.check()) lists the columns"
      ])
  }

  static func unknownConversion(_ conversion: String) -> MetaxyError {
    MetaxyError(
      .unknownConversion, "`--using \(conversion)` does not name a column whose type the revision changes",
      hints: ["write `--using TABLE.COLUMN=EXPRESSION`; \(.check()) lists the columns"])
  }

  static func unusableExpression(_ expression: String, _ reason: String, cause: MetaxyError? = nil) -> MetaxyError {
    MetaxyError(
      .unusableExpression, "the expression of `\(expression)` cannot be used: \(reason)",
      hints: ["nothing was written; write one SQL expression over the columns that the row has before the revision"],
      cause: cause)
  }

  static func conflictingRecords(_ object: TableName, _ left: RevisionNode?, _ right: RevisionNode?) -> MetaxyError {
    let names = [left, right].compactMap { $0?.revision }
    let paths = [left, right].compactMap { $0?.path }
    return MetaxyError(
      .conflictingRecords,
      "\(Wording.list(names)) change `\(object)` in ways that cannot be combined, and neither follows the other",
      Payload(path: paths.last, revision: names.last),
      hints: [
        "remove the one that is applied nowhere (\(paths.map { "`\($0)`" }.joined(separator: " or "))) with its record, and write it again"
          + " after the other: \(.autogenerate())"
      ])
  }

  static func existingRowsViolate(
    _ notes: [String], _ remedies: [String], _ solution: SuggestedCommand?
  ) -> MetaxyError {
    let flags: Hint? = solution.map { "or decide what these rows get, as a value or an SQL expression: \($0)" }
    return MetaxyError(
      .existingRowsViolate, "existing rows violate the new schema:" + notes.map { "\n  \($0)" }.joined(),
      hints: remedies.enumerated().map { Hint($0 == 0 ? "nothing was written; \($1)" : $1) }
        + [flags].compactMap(\.self))
  }

  static func cannotCheckRows(_ condition: String, cause: MetaxyError) -> MetaxyError {
    MetaxyError(
      .cannotCheckRows, "cannot check whether \(condition)", hints: ["nothing was written; correct the expression"],
      cause: cause)
  }

  static func defaultNotComputable(_ expression: String, dialect: String, cause: MetaxyError) -> MetaxyError {
    MetaxyError(
      .defaultNotComputable, "`\(dialect)` cannot compute the default `\(expression)`",
      hints: ["nothing was written; write the default as `\(dialect)` spells it: `.sql(\"…\", \(dialect): \"…\")`"],
      cause: cause)
  }

  static func referencedTable(_ table: TableName, by other: TableName) -> MetaxyError {
    MetaxyError(
      .tableReferenced, "cannot drop `\(table)`: a foreign key of `\(other)` refers to it",
      Payload(schema: table.schema, table: table.name), hints: ["drop that foreign key first"])
  }

  /// The live engine supports an operation that another engine does not.
  static func cannotRenderFor(_ dialect: String, cause: MetaxyError) -> MetaxyError {
    MetaxyError(
      .cannotRender, "cannot write the sections for `\(dialect)`",
      hints: ["remove `\(dialect)` from `dialects` in [ext.migrations] to write the revision without it"], cause: cause)
  }

  static func unknownDialect(_ name: String, _ known: [String]) -> MetaxyError {
    MetaxyError(.unknownDialect, "unknown dialect `\(name)`", hints: ["the dialects are \(Wording.list(known))"])
  }

  static func unreadableRecord(_ path: String, cause: MetaxyError) -> MetaxyError {
    MetaxyError(
      .malformedRecord, "cannot read the record `\(path)`", Payload(path: path),
      hints: ["restore the file from version control"], cause: cause)
  }

  static func recordMismatch(_ file: RevisionFile, _ origin: RecordOrigin) -> MetaxyError {
    let found =
      origin.revision == file.revision
      ? "was made on \(parents(origin.parents)), but the revision follows \(parents(file.downRevisions))"
      : "was made for the revision `\(origin.revision)`, not for `\(file.revision)`"
    return MetaxyError(
      .recordMismatch, "the record `\(file.recordPath)` \(found)",
      Payload(path: file.recordPath, revision: file.revision),
      hints: ["\(.refold()) computes the records again on the present parents"])
  }

  private static func parents(_ names: [String]) -> String {
    names.isEmpty ? "no other revision" : Wording.list(names)
  }

  static func cannotRefold(_ file: RevisionFile, reason: String) -> MetaxyError {
    MetaxyError(
      .cannotRefold, "cannot compute the record `\(file.recordPath)` again: \(reason)",
      Payload(path: file.recordPath, revision: file.revision),
      hints: [
        "nothing was written; restore the revision from version control",
        "or remove the record: a revision without one counts as written by hand",
      ])
  }

  static func recordsMissing(_ paths: [String], dialect: String) -> MetaxyError {
    let verb = paths.count == 1 ? "has no record" : "have no records"
    return MetaxyError(
      .recordMissing, "cannot write sections for `\(dialect)`: \(Wording.list(paths)) \(verb)",
      Payload(path: paths.first),
      hints: ["write their sections by hand, `-- metaxy:upgrade \(dialect)`, and run the command again"])
  }
}

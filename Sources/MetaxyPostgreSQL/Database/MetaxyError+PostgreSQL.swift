internal import MetaxyErrors
internal import MetaxyMigrationErrors
internal import MetaxyNames

extension MetaxyError {
  static func runLockLost(_ displayText: String) -> MetaxyError {
    MetaxyError(
      .runLockLost, "the lock that keeps other runs away from `\(displayText)` was released",
      Payload(database: displayText),
      hints: [
        "a statement of a revision released it, as `pg_advisory_unlock_all` does, or a pooler changed the server process"
      ])
  }

  static func scratchTaken(_ name: String) -> MetaxyError {
    MetaxyError(
      .noScratch, "the temporary database `\(name)` belongs to another program", hints: ["run the command again"])
  }

  static func scratchLeft(_ tables: [TableName], _ displayText: String) -> MetaxyError {
    MetaxyError(
      .noScratch,
      "cannot try out \(Wording.list(tables)): the role must not create databases on the server of `\(displayText)`, and a"
        + " scratch schema has only names without a schema",
      Payload(database: displayText, schema: tables.first?.schema, table: tables.first?.name),
      hints: ["set `scratch_url` in [ext.migrations] to a server on which the role may create databases"])
  }

  static func noScratch(_ displayText: String, cause: MetaxyError) -> MetaxyError {
    MetaxyError(
      .noScratch, "`\(displayText)` has no place where definitions can be tried out", Payload(database: displayText),
      hints: ["set `scratch_url` in [ext.migrations] to a server on which the role may create databases"], cause: cause)
  }

  static func cannotBackUp(_ displayText: String) -> MetaxyError {
    MetaxyError(
      .cannotBackUp, "cannot back up `\(displayText)`, which is on a server, so nothing was done",
      Payload(database: displayText),
      hints: [
        "`pg_dump --format=custom --file=FILE URL` backs a PostgreSQL database up; then run the command without `--backup`"
      ])
  }
}

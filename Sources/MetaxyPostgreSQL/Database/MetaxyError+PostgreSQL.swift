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

  static func cannotMeasureLoss() -> MetaxyError {
    MetaxyError(
      .cannotMeasureLoss, "the loss of rows cannot be measured: `track_counts` is off, or a statement sets it",
      hints: [
        "let the server count changed rows (`track_counts = on`), or run the command again with `--allow-destructive`"
      ])
  }

  static func catalogChanged(_ catalog: String) -> MetaxyError {
    MetaxyError(
      .refusedInRevision, "a direct change of the system catalog `\(catalog)` cannot be in a section of a revision",
      hints: ["change tables with `ALTER`, `CREATE` and `DROP`, so that their effect is known"])
  }

  static func scratchTaken(_ name: String) -> MetaxyError {
    MetaxyError(
      .noScratch, "the temporary database `\(name)` belongs to another program", hints: ["run the command again"])
  }

  /// - Parameter role: the role that would have to create it.
  static func noScratchBeside(_ displayText: String, role: String) -> MetaxyError {
    MetaxyError(
      .noScratch,
      "the role `\(role)` cannot create a scratch database beside `\(displayText)`, and nothing is tried out in the"
        + " database itself",
      Payload(database: displayText),
      hints: [
        "set `scratch_url` in [ext.migrations] to a server on which a role may create databases",
        "or have an administrator run `CREATE DATABASE metaxy_scratch OWNER \(SQLText.identifier(role))` once, and set"
          + " `scratch_url` to that database, which stays empty",
      ])
  }

  static func noScratchOnStandby(_ displayText: String) -> MetaxyError {
    MetaxyError(
      .noScratch, "the server of `\(displayText)` is a standby, on which no scratch database can be created",
      Payload(database: displayText),
      hints: ["set `scratch_url` in [ext.migrations] to a server on which a role may create databases"])
  }

  static func scratchIsStore(_ displayText: String) -> MetaxyError {
    MetaxyError(
      .noScratch, "`scratch_url` is the database of the store `\(displayText)`, in which nothing is tried out",
      Payload(database: displayText),
      hints: ["set it to a database of its own, or to a server on which the role may create databases"])
  }

  static func scratchNotEmpty(_ object: String) -> MetaxyError {
    MetaxyError(
      .noScratch, "the database at `scratch_url` is not empty: it has \(object)",
      hints: [
        "set `scratch_url` to an empty database of its own, or to a server on which the role may create databases"
      ])
  }

  static func scratchBusy(seconds: Int) -> MetaxyError {
    MetaxyError(
      .noScratch, "another run has used the database at `scratch_url` for more than \(seconds) seconds",
      hints: ["run the command again when that run has ended"])
  }

  static func callRefused(_ function: String) -> MetaxyError {
    MetaxyError(
      .refusedStatement,
      "`\(function)` can have an effect on the server and would run while the file is read")
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

internal import MetaxyErrors
internal import MetaxyNames

extension MetaxyError {
  static func runLockLost(_ displayText: String) -> MetaxyError {
    MetaxyError(
      .runLockLost, "the lock that keeps other runs away from `\(displayText)` is no longer held",
      hints: [
        "a statement of a revision let it go, as `pg_advisory_unlock_all` does, or a pooler gave the connection another"
          + " process of the server"
      ])
  }

  static func scratchTaken(_ name: String) -> MetaxyError {
    MetaxyError(
      .noScratch, "the temporary database `\(name)` is somebody else's", hints: ["run the command again"])
  }

  static func scratchLeft(_ tables: [TableName], _ displayText: String) -> MetaxyError {
    MetaxyError(
      .noScratch,
      "\(MessageText.list(tables)) cannot be tried out: the role may create no database on the server of"
        + " `\(displayText)`, and a scratch schema holds only names without a schema",
      hints: ["set `scratch_url` in [ext.migrations] to a server on which the role may create databases"])
  }

  static func noScratch(_ displayText: String, cause: MetaxyError) -> MetaxyError {
    MetaxyError(
      .noScratch, "`\(displayText)` has no place where definitions could be tried out",
      hints: ["set `scratch_url` in [ext.migrations] to a server on which the role may create databases"], cause: cause)
  }

  static func cannotBackUp(_ displayText: String) -> MetaxyError {
    MetaxyError(
      .cannotBackUp, "metaxy copies files, and `\(displayText)` is on a server: so nothing was done",
      hints: [
        "`pg_dump --format=custom --file=FILE URL` backs a PostgreSQL database up; then run the command without `--backup`"
      ])
  }
}

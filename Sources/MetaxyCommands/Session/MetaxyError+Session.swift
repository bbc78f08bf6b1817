internal import MetaxyErrors
internal import MetaxyMigrationErrors

// Errors about the store, the environment, and the database's revision.
extension MetaxyError {
  static func noDatabase(_ path: String) -> MetaxyError {
    MetaxyError(
      .noDatabase, "there is no database at `\(path)`", Payload(database: path), hints: ["\(.upgrade()) creates it"])
  }

  static func schemaOnSQLite(_ schema: String, key: String) -> MetaxyError {
    MetaxyError(
      .schemaOnSQLite, "`\(key)` is `\(schema)`, but SQLite has no schemas", Payload(schema: schema),
      hints: ["remove `\(key)`, or choose a store of another engine with `--store`"])
  }

  static func environmentNamedTwice() -> MetaxyError {
    MetaxyError(
      .environmentNamedTwice, "`-c` chooses one environment, but `--all-environments` all of them",
      hints: ["remove one of the two flags"])
  }

  static func environmentMissing(_ kind: String, _ directory: String) -> MetaxyError {
    MetaxyError(
      .environmentMissing, "the \(kind) environment `\(directory)` is not initialised", Payload(path: directory),
      hints: ["\(.initialise()) creates it"])
  }

  static func unexplainedVersion(_ version: UnknownVersion, table: String, directory: String) -> MetaxyError {
    MetaxyError(
      .unknownRevision,
      "the database is at revision `\(version.revision)` according to `\(table)`, but `\(directory)` has no file for it;"
        + " \(version.logText)",
      Payload(path: directory, revision: version.revision), hints: version.hints)
  }

  static func systemBehind(_ pending: [String], _ system: Invocation) -> MetaxyError {
    let verb = pending.count == 1 ? "is" : "are"
    return MetaxyError(
      .systemBehind,
      "the system environment must be upgraded first: \(Wording.list(pending)) \(verb) not applied",
      Payload(revision: pending.first),
      hints: ["run \(.upgrade().completed(for: system)) first, or \(.upgradeAllEnvironments())"])
  }

  static func nothingToShow(_ target: String) -> MetaxyError {
    MetaxyError(
      .nothingToShow, "`\(target)` is not a revision", Payload(revision: target),
      hints: ["\(.history()) lists the revisions"])
  }

  static func severalToShow(_ target: String, _ revisions: [String]) -> MetaxyError {
    MetaxyError(
      .severalToShow, "`\(target)` is ambiguous: it stands for \(Wording.list(revisions))",
      hints: ["choose one of them"])
  }
}

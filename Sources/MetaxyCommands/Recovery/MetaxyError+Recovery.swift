internal import MetaxyErrors
internal import MetaxyMigrationErrors

// Errors of repairs.
extension MetaxyError {
  static func unknownToRepair(_ name: String, known: [String]) -> MetaxyError {
    MetaxyError(
      .unknownRevision, "neither a file nor the log has a revision `\(name)`", Payload(revision: name),
      hints: [.didYouMean(name, in: known) ?? "\(.history()) lists the revisions"])
  }

  static func ambiguousToRepair(_ name: String, _ found: [String]) -> MetaxyError {
    MetaxyError(
      .ambiguousRevision, "several revisions begin with `\(name)`: \(Wording.list(found))", Payload(revision: name),
      hints: ["write more characters"])
  }

  static func notInLog(_ revision: String) -> MetaxyError {
    MetaxyError(
      .nothingToRepair, "the log of the database has no run that applied revision `\(revision)`",
      Payload(revision: revision),
      hints: ["\(.history()) shows what is applied; another database may have it: choose it with `--store`"])
  }

  static func nothingToAccept(_ revision: String, path: String?) -> MetaxyError {
    MetaxyError(
      .nothingToRepair,
      path.map { "`\($0)` of revision `\(revision)` cannot be read, so its text cannot be accepted" }
        ?? "revision `\(revision)` has no file whose text could be accepted",
      Payload(path: path, revision: revision),
      hints: ["\(.repair(revision, .restore)) writes the file again, with the text that the log has"])
  }
}

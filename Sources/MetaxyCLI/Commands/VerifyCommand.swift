internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors

struct VerifyCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Prove revisions in scratch databases; exit with 2 if one does not do what it should.",
    discussion: """
      In a scratch database of every dialect, the tables before a revision are created, and the revision runs up, down and up \
      again. After an upgrade the catalog must be that of the tables in its record, created at once; after a downgrade, the one \
      before. Then the same with generated rows, which every kept column must keep. A range goes through one database, up and down:
        metaxy verify base:heads

      The header of each proven file gets a line `-- Verified:` with a digest of its statements, so that an edit makes it stale.

      What cannot be tried out is reported as not verified, with the reason, and does not count as a difference: a revision without a record, an \
      object that is not managed, a missing scratch database, a store with `production = true`.
      """)

  @Argument(
    help: "The revisions, or a range as for `history -r`; the heads by default.", completion: Completion.revision)
  var revisions: [String] = []

  @Flag(
    name: .customLong("stamp"), inversion: .prefixedNo,
    help: "Write the result into the header of each file, as `-- Verified:`.")
  var stamps = true

  @OptionGroup var global: GlobalOptions

  func answer(_ context: CommandContext) throws(MetaxyError) -> VerifyReport {
    try Commands.verify(context, revisions, stamps: stamps)
  }
}

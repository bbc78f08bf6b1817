internal import ArgumentParser
internal import MetaxyRevisions

struct UpgradeCommand: RunCommand {
  static let configuration = CommandConfiguration(
    commandName: "upgrade", abstract: "Apply revisions up to a target.",
    discussion: """
      Each section of a revision runs in one transaction; the last one updates the version. Operations that lose data are \
      refused before any change, unless the file contains `-- metaxy:allow` or --allow-destructive is set.

      Tables that the revisions change must be as the applied revisions left them, unless --allow-drift is set; indexes that \
      someone added do not count.

      A table is only rebuilt if it matches the revision's `expects:` and the disk has space for a copy of the database.
      """)

  @Argument(help: "A revision, a prefix of one, head, or +N; with --sql also FROM:TO.", completion: Completion.revision)
  var revision = "head"

  @OptionGroup var script: ScriptOptions
  @OptionGroup var options: RunOptions

  @Flag(
    name: .customLong("allow-drift"),
    help: "Run revisions also on tables that are not as the applied revisions left them.")
  var allowsDrift = false

  @OptionGroup var fleet: FleetOptions
  @OptionGroup var canary: CanaryOptions
  @OptionGroup var environments: EnvironmentOptions
  @OptionGroup var global: GlobalOptions

  static var direction: RevisionDirection { .upgrade }

  func validate() throws {
    try requireCompatibleFlags()
    guard !allowsDrift || !script.isOffline else {
      throw ValidationError("`--sql` needs no database, so there is no drift in it")
    }
  }
}

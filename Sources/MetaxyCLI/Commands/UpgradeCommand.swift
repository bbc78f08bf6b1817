internal import ArgumentParser
internal import MetaxyRevisions

struct UpgradeCommand: RunCommand {
  static let configuration = CommandConfiguration(
    commandName: "upgrade", abstract: "Apply revisions up to a target.",
    discussion: """
      Each section of a revision runs in one transaction; the last one updates the version. Operations that lose data are \
      refused before any change, unless the file contains `-- metaxy:allow` or --allow-destructive is set.

      A table is only rebuilt if it matches the revision's `expects:` and the disk has space for a copy of the database.
      """)

  @Argument(help: "A revision, a prefix of one, head, or +N; with --sql also FROM:TO.")
  var revision = "head"

  @OptionGroup var options: RunOptions
  @OptionGroup var fleet: FleetOptions
  @OptionGroup var canary: CanaryOptions
  @OptionGroup var environments: EnvironmentOptions
  @OptionGroup var global: GlobalOptions

  static var direction: RevisionDirection { .upgrade }
}

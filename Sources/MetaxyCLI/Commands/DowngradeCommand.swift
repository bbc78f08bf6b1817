internal import ArgumentParser
internal import MetaxyRevisions

struct DowngradeCommand: RunCommand {
  static let configuration = CommandConfiguration(
    commandName: "downgrade", abstract: "Revert revisions down to a target.",
    discussion: """
      `metaxy downgrade -1` reverts one revision, `metaxy downgrade base` all of them. Operations that lose data are \
      refused before any change, unless the file contains `-- metaxy:allow` or --allow-destructive is set.
      """)

  @Argument(help: "A revision, a prefix of one, base, or -N; with --sql FROM:TO.", completion: Completion.revision)
  var revision: String

  @OptionGroup var script: ScriptOptions
  @OptionGroup var options: RunOptions
  @OptionGroup var fleet: FleetOptions
  @OptionGroup var canary: CanaryOptions
  @OptionGroup var environments: EnvironmentOptions
  @OptionGroup var global: GlobalOptions

  static var direction: RevisionDirection { .downgrade }
}

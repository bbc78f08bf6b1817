internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors
internal import MetaxyRevisions

struct DowngradeCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "downgrade", abstract: "Revert revisions down to a target.",
    discussion: """
      `metaxy downgrade -1` reverts one revision, `metaxy downgrade base` all of them. Operations that lose data are \
      refused before any change, unless the file contains `-- metaxy:allow` or --allow-destructive is set.
      """)

  @Argument(help: "A revision, a prefix of one, base, or -N; with --sql FROM:TO.")
  var revision: String

  @OptionGroup var options: RunOptions
  @OptionGroup var fleet: FleetOptions
  @OptionGroup var canary: CanaryOptions
  @OptionGroup var environments: EnvironmentOptions
  @OptionGroup var global: GlobalOptions

  var allEnvironments: Bool { environments.all }

  var showsStatements: Bool { options.showsStatements }
  static var takesSeveralStores: Bool { true }

  func validate() throws {
    guard !options.script.isOffline || !fleet.request(global, canary: canary.canary).isFleet else {
      throw ValidationError("`--sql` needs no database, so there is one script for all stores")
    }
  }

  func answer(_ context: CommandContext) throws(MetaxyError) -> FleetAnswer<RunAnswer> {
    let request = options.request(.downgrade, to: revision)
    return try FleetAnswer(context, fleet.request(global, canary: canary.canary)) { context throws(MetaxyError) in
      try request.answer(context)
    }
  }
}

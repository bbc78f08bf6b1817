internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors

struct CheckCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Compare the database with the features; exit with 2 if they differ.",
    discussion: """
      Pending revisions are listed; only differences that they do not explain count. Unmanaged tables are ignored.
      """)

  @Flag(help: "Exit with 2 if a revision has no proof of its present statements; see `metaxy verify`.")
  var requireVerified = false

  @OptionGroup var fleet: FleetOptions
  @OptionGroup var environments: EnvironmentOptions
  @OptionGroup var global: GlobalOptions

  var allEnvironments: Bool { environments.all }

  static var takesSeveralStores: Bool { true }

  func answer(_ context: CommandContext) throws(MetaxyError) -> FleetAnswer<CheckReport> {
    try FleetAnswer(context, fleet.request(global)) { context throws(MetaxyError) in
      try Commands.check(context, requiresVerified: requireVerified)
    }
  }
}

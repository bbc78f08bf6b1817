internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors

struct CheckCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Compare the database with the features; exit with 2 if they differ.",
    discussion: """
      Pending revisions are listed; only differences that they do not explain count. Unmanaged tables are ignored.

      With --offline, no database is opened: the question is whether the revision files alone give the tables of the features.
      SQLite's sections run in memory; for PostgreSQL the records beside the files count.

        metaxy check --offline --all-environments
      """)

  @Flag(help: "Compare what the revision files alone make of an empty database; opens no database and no server.")
  var offline = false

  @Flag(help: "Exit with 2 if a revision has no proof of its present statements; see `metaxy verify`.")
  var requireVerified = false

  @OptionGroup var fleet: FleetOptions
  @OptionGroup var environments: EnvironmentOptions
  @OptionGroup var global: GlobalOptions

  var allEnvironments: Bool { environments.all }

  static var takesSeveralStores: Bool { true }
  static var formats: Set<OutputFormat> { [.text, .json, .github, .sarif] }

  func validate() throws {
    guard !offline || !fleet.request(global).isFleet else {
      throw ValidationError("`--offline` opens no database, so there is one answer for all stores")
    }
  }

  func answer(_ context: CommandContext) throws(MetaxyError) -> FleetAnswer<CheckReport> {
    if offline { return .one(try Commands.checkOffline(context, requiresVerified: requireVerified)) }
    return try FleetAnswer(context, fleet.request(global)) { context throws(MetaxyError) in
      try Commands.check(context, requiresVerified: requireVerified)
    }
  }
}

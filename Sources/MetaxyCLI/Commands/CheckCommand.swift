internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors

struct CheckCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Compares the database with the features; exits with 2 when they differ.",
    discussion: """
      Revisions that are not applied yet are listed; a difference is what they do not explain. Tables that are nobody's \
      do not count.
      """)

  @OptionGroup var environments: EnvironmentOptions
  @OptionGroup var global: GlobalOptions

  var allEnvironments: Bool { environments.all }

  func answer(_ context: CommandContext) throws(MetaxyError) -> CheckReport { try Commands.check(context) }
}

struct StatusCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Shows where every store and environment stands.")

  @OptionGroup var global: GlobalOptions

  func answer(_ context: CommandContext) throws(MetaxyError) -> StatusReport { try Commands.status(context) }
}

internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors

struct CurrentCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "current", abstract: "Shows the revisions that the database is at.")

  @Flag(
    name: [.customLong("check-heads")],
    help: "Exits with 2 when the database is not at its heads; -c after the command is short for it.")
  var checksHeads = false

  @Flag(name: [.short, .long], help: "Shows each revision in full.")
  var verbose = false

  @OptionGroup var environments: EnvironmentOptions
  @OptionGroup var global: GlobalOptions

  var allEnvironments: Bool { environments.all }

  func answer(_ context: CommandContext) throws(MetaxyError) -> RevisionList {
    try Commands.current(context, checksHeads: checksHeads, verbose: verbose)
  }
}

struct HeadsCommand: ReportingCommand {
  static let configuration = CommandConfiguration(commandName: "heads", abstract: "Shows the newest revisions.")

  @Flag(name: [.short, .long], help: "Shows each revision in full.")
  var verbose = false

  @OptionGroup var environments: EnvironmentOptions
  @OptionGroup var global: GlobalOptions

  var allEnvironments: Bool { environments.all }

  func answer(_ context: CommandContext) throws(MetaxyError) -> RevisionList {
    try Commands.heads(context, verbose: verbose)
  }
}

struct HistoryCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Lists the revisions, newest first.",
    discussion: "With -v also the snapshot that each was written for, and the features whose versions changed with it.")

  @Option(name: [.short, .customLong("rev-range")], help: "Only these: FROM:TO, FROM: or :TO.")
  var range: String?

  @Flag(name: [.short, .long], help: "Shows each revision in full.")
  var verbose = false

  @OptionGroup var environments: EnvironmentOptions
  @OptionGroup var global: GlobalOptions

  var allEnvironments: Bool { environments.all }

  func answer(_ context: CommandContext) throws(MetaxyError) -> RevisionList {
    try Commands.history(context, range: range, verbose: verbose)
  }
}

struct ShowCommand: ReportingCommand {
  static let configuration = CommandConfiguration(commandName: "show", abstract: "Shows one revision with its SQL.")

  @Argument(help: "A revision, the beginning of one, or head.")
  var revision: String

  @OptionGroup var global: GlobalOptions

  func answer(_ context: CommandContext) throws(MetaxyError) -> RevisionText {
    try Commands.show(context, target: revision)
  }
}

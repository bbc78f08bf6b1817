internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors

struct CurrentCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "current", abstract: "Show the current revisions of the database.")

  @Flag(
    name: [.customLong("check-heads")],
    help: "Exit with 2 if the database is not at the heads; -c after the command is its short form.")
  var checksHeads = false

  @Flag(name: [.short, .long], help: "Show each revision in full.")
  var verbose = false

  @OptionGroup var environments: EnvironmentOptions
  @OptionGroup var global: GlobalOptions

  var allEnvironments: Bool { environments.all }

  func answer(_ context: CommandContext) throws(MetaxyError) -> RevisionList {
    try Commands.current(context, checksHeads: checksHeads, verbose: verbose)
  }
}

struct HeadsCommand: ReportingCommand {
  static let configuration = CommandConfiguration(commandName: "heads", abstract: "Show the head revisions.")

  @Flag(name: [.short, .long], help: "Show each revision in full.")
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
    commandName: "history", abstract: "List the revisions, newest first.",
    discussion: "With -v, also list the snapshot of each revision and the features whose versions changed with it.")

  @Option(name: [.short, .customLong("rev-range")], help: "Only a range: FROM:TO, FROM: or :TO.")
  var range: String?

  @Flag(name: [.short, .long], help: "Show each revision in full.")
  var verbose = false

  @OptionGroup var environments: EnvironmentOptions
  @OptionGroup var global: GlobalOptions

  var allEnvironments: Bool { environments.all }

  func answer(_ context: CommandContext) throws(MetaxyError) -> RevisionList {
    try Commands.history(context, range: range, verbose: verbose)
  }
}

struct ShowCommand: ReportingCommand {
  static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one revision with its SQL.")

  @Argument(help: "A revision, a prefix of one, or head.")
  var revision: String

  @OptionGroup var global: GlobalOptions

  func answer(_ context: CommandContext) throws(MetaxyError) -> RevisionText {
    try Commands.show(context, target: revision)
  }
}

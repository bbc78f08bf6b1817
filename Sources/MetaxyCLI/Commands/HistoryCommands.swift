internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors
internal import MetaxyFeatures

struct CurrentCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "current", abstract: "Show the current revisions of the database.")

  @Flag(
    name: [.customLong("check-heads")],
    help: "Exit with 2 if the database is not at the heads; -c after the command is its short form.")
  var checksHeads = false

  @Flag(name: [.short, .long], help: "Show each revision in full.")
  var verbose = false

  @OptionGroup var fleet: FleetOptions
  @OptionGroup var environments: EnvironmentOptions
  @OptionGroup var global: GlobalOptions

  var allEnvironments: Bool { environments.all }
  static var takesSeveralStores: Bool { true }

  func answer(_ context: CommandContext) throws(MetaxyError) -> FleetAnswer<RevisionList> {
    let (checksHeads, verbose) = (checksHeads, verbose)
    return try FleetAnswer(context, fleet.request(global)) { context throws(MetaxyError) in
      try Commands.current(context, checksHeads: checksHeads, verbose: verbose)
    }
  }
}

struct HeadsCommand: ReportingCommand {
  static let configuration = CommandConfiguration(commandName: "heads", abstract: "Show the head revisions.")

  @Flag(name: .customLong("resolve-dependencies"), help: "Omit heads that other heads depend on.")
  var resolvesDependencies = false

  @Flag(name: [.short, .long], help: "Show each revision in full.")
  var verbose = false

  @OptionGroup var environments: EnvironmentOptions
  @OptionGroup var global: GlobalOptions

  var allEnvironments: Bool { environments.all }

  func answer(_ context: CommandContext) throws(MetaxyError) -> RevisionList {
    try Commands.heads(context, resolvesDependencies: resolvesDependencies, verbose: verbose)
  }
}

struct HistoryCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "List the revisions, newest first.",
    discussion: """
      On a terminal, lines show how the revisions follow each other. With -v, also list the snapshot of each revision and \
      the features whose versions changed with it.

      Marks show what the database has: (current), (applied), (pending), (half-applied), (edited). With --log, list the runs \
      instead: who ran what, when, for how long, and with which error.
      """)

  @Flag(name: .customLong("log"), help: "List the runs of revisions from the database's log, newest first.")
  var showsLog = false

  @Flag(
    name: .customLong("graph"), inversion: .prefixedNo, help: "Draw the history as a graph; the default on a terminal.")
  var drawsGraph: Bool?

  @Flag(name: [.customShort("i"), .customLong("indicate-current")], help: "Mark the current revisions; always on.")
  var indicatesCurrent = false

  @Option(
    name: [.short, .customLong("rev-range")], help: "Only a range: FROM:TO, FROM: or :TO.",
    completion: Completion.revision)
  var range: String?

  @Flag(name: [.short, .long], help: "Show each revision in full.")
  var verbose = false

  @OptionGroup var environments: EnvironmentOptions
  @OptionGroup var global: GlobalOptions

  var allEnvironments: Bool { environments.all }

  func validate() throws {
    if showsLog, range != nil { throw ValidationError("`--log` lists every run, so there is no `--rev-range`") }
  }

  func answer(_ context: CommandContext) throws(MetaxyError) -> HistoryAnswer {
    if showsLog { return .runs(try Commands.historyOfRuns(context)) }
    return .revisions(
      try Commands.history(
        context, range: range, drawsGraph: drawsGraph ?? Terminal.isInteractive, verbose: verbose))
  }
}

/// The revisions of a history, or their runs.
enum HistoryAnswer: Report {
  case revisions(RevisionList)
  case runs(RunLogReport)

  var json: JSONValue { report.json }
  var text: String { report.text }

  private var report: any Report {
    switch self {
    case .revisions(let report): report
    case .runs(let report): report
    }
  }
}

struct ShowCommand: ReportingCommand {
  static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one revision with its SQL.")

  @Argument(help: "A revision, a prefix of one, or head.", completion: Completion.revision)
  var revision: String

  @OptionGroup var global: GlobalOptions

  func answer(_ context: CommandContext) throws(MetaxyError) -> RevisionText {
    try Commands.show(context, target: revision)
  }
}

struct BranchesCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "branches", abstract: "List the revisions that several others follow, each with those.")

  @Flag(name: [.short, .long], help: "Show the message of each revision.")
  var verbose = false

  @OptionGroup var environments: EnvironmentOptions
  @OptionGroup var global: GlobalOptions

  var allEnvironments: Bool { environments.all }

  func answer(_ context: CommandContext) throws(MetaxyError) -> BranchList {
    try Commands.branches(context, verbose: verbose)
  }
}

internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyRevisions

struct UpgradeCommand: ReportingCommand {
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

  var allEnvironments: Bool { environments.all }

  var showsStatements: Bool { options.showsStatements }
  static var takesSeveralStores: Bool { true }

  func validate() throws {
    guard !options.script.isOffline || !fleet.request(global, canary: canary.canary).isFleet else {
      throw ValidationError("`--sql` needs no database, so there is one script for all stores")
    }
  }

  func answer(_ context: CommandContext) throws(MetaxyError) -> FleetAnswer<RunAnswer> {
    let request = options.request(.upgrade, to: revision)
    return try FleetAnswer(context, fleet.request(global, canary: canary.canary)) { context throws(MetaxyError) in
      try request.answer(context)
    }
  }
}

/// The options of upgrades and downgrades: how they run, or that they do not.
struct RunOptions: ParsableArguments {
  @OptionGroup var script: ScriptOptions

  @Flag(
    name: .customLong("dry-run"), help: "Show what would run from where the database is, and why not; exit with 2 then."
  )
  var isDry = false

  @Flag(name: .customLong("allow-destructive"), help: "Allow operations that lose data.")
  var allowsLoss = false

  @Flag(
    name: .customLong("backup"),
    help: "First copy the database to a file next to it, named after its revision and the time.")
  var backsUp = false

  @Flag(name: [.customShort("v"), .customLong("verbose")], help: "Print every statement with its time on stderr.")
  var showsStatements = false

  func validate() throws {
    if script.isOffline, backsUp { throw ValidationError("`--sql` runs nothing, so there is nothing to `--backup`") }
    if isDry, backsUp { throw ValidationError("`--dry-run` runs nothing, so there is nothing to `--backup`") }
    if script.isOffline, isDry { throw ValidationError("`--sql` needs no database, and `--dry-run` is about one") }
  }

  func request(_ direction: RevisionDirection, to target: String) -> RunRequest {
    RunRequest(
      direction: direction, target: target,
      script: script.isOffline ? script.request(target, allowsLoss: allowsLoss) : nil,
      isDry: isDry, allowsLoss: allowsLoss, backsUp: backsUp)
  }
}

/// A run as the command line describes it, on whichever store.
struct RunRequest: Sendable {
  let direction: RevisionDirection
  let target: String
  /// nil for a run.
  let script: Commands.ScriptRequest?
  let isDry: Bool
  let allowsLoss: Bool
  let backsUp: Bool

  func answer(_ context: CommandContext) throws(MetaxyError) -> RunAnswer {
    if let script {
      return switch direction {
      case .upgrade: .script(try Commands.upgradeScript(context, script))
      case .downgrade: .script(try Commands.downgradeScript(context, script))
      }
    }
    if isDry { return .dryRun(try Commands.dryRun(context, direction, target: target, allowsLoss: allowsLoss)) }
    return switch direction {
    case .upgrade: .run(try Commands.upgrade(context, target: target, allowsLoss: allowsLoss, backsUp: backsUp))
    case .downgrade: .run(try Commands.downgrade(context, target: target, allowsLoss: allowsLoss, backsUp: backsUp))
    }
  }
}

/// The options of commands that can write a script instead of running.
struct ScriptOptions: ParsableArguments {
  @Flag(name: .customLong("sql"), help: "Print the SQL instead of running it; no database is needed.")
  var isOffline = false

  @Option(
    help: ArgumentHelp(
      "The dialect of the SQL, sqlite or postgresql; by default that of the store.", valueName: "dialect"))
  var dialect: String?

  func validate() throws {
    if dialect != nil, !isOffline { throw ValidationError("`--dialect` is for `--sql`") }
  }

  func request(_ range: String, allowsLoss: Bool = false) -> Commands.ScriptRequest {
    Commands.ScriptRequest(range: range, dialect: dialect, allowsLoss: allowsLoss)
  }
}

/// The result of a run, what it would be, or its script.
enum RunAnswer: Report {
  case run(RunReport)
  case dryRun(DryRunReport)
  case script(ScriptReport)

  var json: JSONValue { report.json }
  var text: String { report.text }
  var line: String { report.line }
  var differs: Bool { report.differs }

  private var report: any Report {
    switch self {
    case .run(let report): report
    case .dryRun(let report): report
    case .script(let report): report
    }
  }
}

internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyRevisions

/// A command that runs revisions in one direction, on one store or several.
protocol RunCommand: ReportingCommand where Answer == FleetAnswer<RunAnswer> {
  static var direction: RevisionDirection { get }
  var revision: String { get }
  var script: ScriptOptions { get }
  var options: RunOptions { get }
  var fleet: FleetOptions { get }
  var canary: CanaryOptions { get }
  /// Whether tables that are not as the applied revisions left them are allowed.
  var allowsDrift: Bool { get }
  var environments: EnvironmentOptions { get }
}

extension RunCommand {
  static var takesSeveralStores: Bool { true }
  var allEnvironments: Bool { environments.all }
  var showsStatements: Bool { options.showsStatements }
  // A downgrade undoes what its revision did, whatever else was done.
  var allowsDrift: Bool { true }

  private var stores: FleetRequest { fleet.request(global, canary: canary.canary) }

  func validate() throws { try requireCompatibleFlags() }

  /// Refuses `--sql` with flags that are about a database.
  func requireCompatibleFlags() throws {
    guard script.isOffline else { return }
    if options.backsUp { throw ValidationError("`--sql` runs nothing, so there is nothing to `--backup`") }
    if options.isDry { throw ValidationError("`--sql` needs no database, and `--dry-run` is about one") }
    if stores.isFleet { throw ValidationError("`--sql` needs no database, so there is one script for all stores") }
  }

  func answer(_ context: CommandContext) throws(MetaxyError) -> FleetAnswer<RunAnswer> {
    let request = options.request(Self.direction, to: revision, script, allowsDrift: allowsDrift)
    return try FleetAnswer(context, stores) { context throws(MetaxyError) in try request.answer(context) }
  }
}

/// The options of upgrades and downgrades: how they run, or that they do not.
struct RunOptions: ParsableArguments {
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
    if isDry, backsUp { throw ValidationError("`--dry-run` runs nothing, so there is nothing to `--backup`") }
  }

  func request(
    _ direction: RevisionDirection, to target: String, _ script: ScriptOptions, allowsDrift: Bool
  ) -> RunRequest {
    RunRequest(
      direction: direction, target: target,
      script: script.isOffline ? script.request(target, allowsLoss: allowsLoss) : nil,
      isDry: isDry, allowsLoss: allowsLoss, allowsDrift: allowsDrift, backsUp: backsUp)
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
  let allowsDrift: Bool
  let backsUp: Bool

  func answer(_ context: CommandContext) throws(MetaxyError) -> RunAnswer {
    if let script {
      return switch direction {
      case .upgrade: .script(try Commands.upgradeScript(context, script))
      case .downgrade: .script(try Commands.downgradeScript(context, script))
      }
    }
    if isDry {
      return .dryRun(
        try Commands.dryRun(context, direction, target: target, allowsLoss: allowsLoss, allowsDrift: allowsDrift))
    }
    return switch direction {
    case .upgrade:
      .run(
        try Commands.upgrade(
          context, target: target, allowsLoss: allowsLoss, allowsDrift: allowsDrift, backsUp: backsUp))
    case .downgrade: .run(try Commands.downgrade(context, target: target, allowsLoss: allowsLoss, backsUp: backsUp))
    }
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

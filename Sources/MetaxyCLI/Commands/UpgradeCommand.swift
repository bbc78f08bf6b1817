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
  @OptionGroup var environments: EnvironmentOptions
  @OptionGroup var global: GlobalOptions

  var allEnvironments: Bool { environments.all }

  func answer(_ context: CommandContext) throws(MetaxyError) -> RunAnswer {
    try options.answer(context, .upgrade, to: revision)
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

  func validate() throws {
    if script.isOffline, backsUp { throw ValidationError("`--sql` runs nothing, so there is nothing to `--backup`") }
    if isDry, backsUp { throw ValidationError("`--dry-run` runs nothing, so there is nothing to `--backup`") }
    if script.isOffline, isDry { throw ValidationError("`--sql` needs no database, and `--dry-run` is about one") }
  }

  func answer(
    _ context: CommandContext, _ direction: RevisionDirection, to target: String
  ) throws(MetaxyError) -> RunAnswer {
    if script.isOffline {
      let request = script.request(target, allowsLoss: allowsLoss)
      return switch direction {
      case .upgrade: .script(try Commands.upgradeScript(context, request))
      case .downgrade: .script(try Commands.downgradeScript(context, request))
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
  var differs: Bool { report.differs }

  private var report: any Report {
    switch self {
    case .run(let report): report
    case .dryRun(let report): report
    case .script(let report): report
    }
  }
}

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

  @OptionGroup var script: ScriptOptions
  @OptionGroup var dryRun: DryRunOptions
  @OptionGroup var loss: LossOptions
  @OptionGroup var backup: BackupOptions
  @OptionGroup var environments: EnvironmentOptions
  @OptionGroup var global: GlobalOptions

  var allEnvironments: Bool { environments.all }

  func validate() throws { try script.validate(besides: backup, dryRun) }

  func answer(_ context: CommandContext) throws(MetaxyError) -> RunAnswer {
    if script.isOffline { return .script(try Commands.upgradeScript(context, script.request(revision, loss))) }
    if dryRun.isDry {
      return .dryRun(try Commands.dryRun(context, .upgrade, target: revision, allowsLoss: loss.allowsLoss))
    }
    return .run(try Commands.upgrade(context, target: revision, allowsLoss: loss.allowsLoss, backsUp: backup.backsUp))
  }
}

/// The consent to losing data.
struct LossOptions: ParsableArguments {
  @Flag(name: .customLong("allow-destructive"), help: "Allow operations that lose data.")
  var allowsLoss = false
}

/// The backup before a run.
struct BackupOptions: ParsableArguments {
  @Flag(
    name: .customLong("backup"),
    help: "First copy the database to a file next to it, named after its revision and the time.")
  var backsUp = false
}

/// The options of commands that can write a script instead of running.
struct ScriptOptions: ParsableArguments {
  @Flag(name: .customLong("sql"), help: "Print the SQL instead of running it; no database is needed.")
  var isOffline = false

  @Option(
    help: ArgumentHelp(
      "The dialect of the SQL, sqlite or postgresql; by default that of the store.", valueName: "dialect"))
  var dialect: String?

  func validate(besides backup: BackupOptions, _ dryRun: DryRunOptions) throws {
    if dialect != nil, !isOffline { throw ValidationError("`--dialect` is for `--sql`") }
    if isOffline, backup.backsUp { throw ValidationError("`--sql` runs nothing, so there is nothing to `--backup`") }
    if isOffline, dryRun.isDry { throw ValidationError("`--sql` needs no database, and `--dry-run` is about one") }
  }

  func request(_ range: String, _ loss: LossOptions? = nil) -> Commands.ScriptRequest {
    Commands.ScriptRequest(range: range, dialect: dialect, allowsLoss: loss?.allowsLoss ?? false)
  }
}

/// Whether a run is only reported.
struct DryRunOptions: ParsableArguments {
  @Flag(
    name: .customLong("dry-run"), help: "Show what would run from where the database is, and why not; exit with 2 then."
  )
  var isDry = false
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

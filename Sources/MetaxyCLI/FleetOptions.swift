internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors
internal import MetaxyFeatures

/// The options of commands that can work on several databases.
struct FleetOptions: ParsableArguments {
  @Flag(name: .customLong("all-stores"), help: "Work on every store of the configuration.")
  var isAll = false

  @Option(
    name: .customLong("stores-from"),
    help: .init(
      "Work on the databases that a file lists: a URL, or the name of a store, in each line.", valueName: "file"),
    completion: .file())
  var file: String?

  @Option(help: .init("How many databases to work on at once.", valueName: "count"))
  var jobs = 1

  func validate() throws {
    guard (1...1000).contains(jobs) else { throw ValidationError("`--jobs` is a number from 1 to 1000") }
  }

  func request(_ global: GlobalOptions, canary: String? = nil) -> FleetRequest {
    FleetRequest(stores: global.stores, isAll: isAll, file: file, jobs: jobs, canary: canary)
  }
}

/// The option of commands that change several databases.
struct CanaryOptions: ParsableArguments {
  @Option(
    help: .init("Work on this store first, and on the others only if that succeeds.", valueName: "store"),
    completion: Completion.store)
  var canary: String?
}

/// The result of a command on one store, or on several.
enum FleetAnswer<One: Report>: Report {
  case one(One)
  case each(FleetReport)

  /// Runs `work` on the store of `context`, or on each store of `request`.
  init(
    _ context: CommandContext, _ request: FleetRequest,
    _ work: @escaping @Sendable (CommandContext) throws(MetaxyError) -> One
  ) throws(MetaxyError) {
    self = request.isFleet ? .each(try Commands.onEach(context, request, work)) : .one(try work(context))
  }

  private var report: any Report {
    switch self {
    case .one(let report): report
    case .each(let report): report
    }
  }

  var json: JSONValue { report.json }
  var text: String { report.text }
  var annotations: [Annotation] { report.annotations }
  var differs: Bool { report.differs }
  var hasFailed: Bool { report.hasFailed }
}

package import MetaxyErrors
internal import MetaxyProject

extension Commands {
  /// Runs `work` on each of several databases, and returns what became of each.
  ///
  /// - Parameter work: the command on one store, that of its context; called on other threads.
  /// - Throws: what makes the command impossible for all of them: an unreadable configuration, an unknown store.
  package static func onEach<Answer: Report>(
    _ context: CommandContext, _ request: FleetRequest,
    _ work: @escaping @Sendable (CommandContext) throws(MetaxyError) -> Answer
  ) throws(MetaxyError) -> FleetReport {
    let project = try Project.load(context)
    let members = try request.members(of: project).map { FleetMember($0, in: project) }
    let run = FleetRun(context: context, jobs: request.jobs, work: work)
    var report = FleetReport()
    let canaries = members.prefix(request.canary == nil ? 0 : 1)
    report.add(Array(canaries), run.run(Array(canaries)))
    let others = Array(members.dropFirst(canaries.count))
    guard report.entries.allSatisfy({ $0.outcome == .done }) else {
      report.add(others, others.map { _ in FleetOutcome<Answer>.notRun })
      return report
    }
    report.add(others, run.run(others))
    return report
  }

  /// Reports the state of each of several databases.
  package static func status(
    _ context: CommandContext, _ request: FleetRequest, countingRows: Bool = false
  ) throws(MetaxyError) -> StatusReport {
    let project = try Project.load(context)
    let members = try request.members(of: project).map { FleetMember($0, in: project) }
    let run = FleetRun(context: context, jobs: request.jobs) { context throws(MetaxyError) in
      try status(context, countingRows: countingRows)
    }
    return StatusReport(
      stores: zip(members, run.run(members)).flatMap { member, outcome -> [StatusReport.Store] in
        switch outcome {
        case .answer(let report): report.stores
        case .failure(let error):
          [.init(name: member.name, database: member.database ?? "", parts: [], error: error.message)]
        case .notRun: [.init(name: member.name, database: member.database ?? "", parts: [], error: "not run")]
        }
      })
  }
}

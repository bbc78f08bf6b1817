internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyPlatform
internal import MetaxyProject
internal import Synchronization

/// Runs a command on several databases, some at a time; the failure of one leaves the others alone.
struct FleetRun<Answer: Report>: Sendable {
  let context: CommandContext
  let jobs: Int
  let work: @Sendable (CommandContext) throws(MetaxyError) -> Answer

  /// Returns the outcomes in the order of `members`.
  func run(_ members: [FleetMember]) -> [FleetOutcome<Answer>] {
    let state = Mutex(Progress(outcomes: [:], interruptions: [:]))
    let next = Atomic(0)
    let ended = try? Interruption()
    Interruption.shareAmongThreads()
    context.interruption?.begin()
    WorkerThreads.run(min(jobs, members.count)) {
      while true {
        let place = next.add(1, ordering: .relaxed).oldValue
        guard place < members.count else { break }
        let own = try? Interruption()
        let isStopped = state.withLock { state in
          state.interruptions[place] = own
          return state.isStopped
        }
        if isStopped { break }
        let outcome = run(members[place], own)
        state.withLock { state in
          state.interruptions[place] = nil
          state.outcomes[place] = outcome
        }
      }
      state.withLock { $0.endedWorkers += 1 }
      ended?.request()
    } meanwhile: { started in
      while state.withLock({ $0.endedWorkers < started && !$0.isStopped }) { wait(state, ended) }
    }
    return members.indices.map { place in state.withLock { $0.outcomes[place] } ?? .notRun }
  }

  private struct Progress {
    var outcomes: [Int: FleetOutcome<Answer>]
    /// What stops the running ones.
    var interruptions: [Int: Interruption]
    var endedWorkers = 0
    /// Whether no more databases are begun.
    var isStopped = false
  }

  /// Waits until a worker has ended or the command is interrupted, and passes that on to every running one.
  private func wait(_ state: borrowing Mutex<Progress>, _ ended: Interruption?) {
    var descriptors = [ended, context.interruption].compactMap { $0 }.map {
      pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0)
    }
    // Without descriptors it looks again after a moment.
    _ = poll(&descriptors, nfds_t(descriptors.count), descriptors.isEmpty ? 20 : -1)
    _ = ended?.take()
    guard context.interruption?.take() == true else { return }
    state.withLock { state in
      state.isStopped = true
      for interruption in state.interruptions.values { interruption.request() }
    }
  }

  private func run(_ member: FleetMember, _ interruption: Interruption?) -> FleetOutcome<Answer> {
    var context = context
    let report = context.report
    context.overrides.store = member.store
    context.interruption = interruption
    context.report = { report(.inStore(member.name, $0)) }
    do {
      return .answer(try work(context))
    } catch {
      let completed = error.completed(for: context.invocation)
      context.report(.failure(completed))
      return .failure(completed)
    }
  }
}

/// One of the databases of a fleet.
struct FleetMember: Sendable {
  /// The name of the store, or its URL with the password.
  let store: String
  /// The name for display.
  let name: String
  /// The URL for display; nil if the store has none.
  let database: String?

  init(_ store: String, in project: Project) {
    self.store = store
    // A store whose URL needs a variable that is not set.
    let found = try? project.store(named: store)
    name = found?.name ?? store
    database = found?.url.redacted
  }
}

/// What became of one database.
enum FleetOutcome<Answer: Report>: Sendable {
  case answer(Answer)
  case failure(MetaxyError)
  case notRun
}

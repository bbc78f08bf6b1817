internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyPlatform
internal import MetaxyRuntime

/// Where a database is after a run lost its connection.
///
/// The run does not know whether its last transaction was committed, or, after a failover, whether the new primary had
/// received it. So the database is read again, on whichever of the store's hosts accepts the connection now.
struct PositionAfterLoss {
  private let environment: EnvironmentContext
  /// The rows of the version table after the last transaction that the run knows to be committed.
  private let lastKnown: Set<String>

  init(_ environment: EnvironmentContext, lastKnown: Set<String>) {
    self.environment = environment
    self.lastKnown = lastKnown
  }

  /// A standby needs some seconds to be promoted.
  private static let attempts = 6

  var hint: Hint {
    for attempt in 1...Self.attempts {
      // A second signal must not wait for a server.
      guard Interruption.caughtSignal == nil else { break }
      if let state = try? environment.state(environment.database.openForReading()) {
        let place = "the database is at \(Self.text(of: state.current))"
        guard let last = state.log.last, last.isHalfApplied else { return Hint(place) }
        return Hint("\(place), with a part of the \(last.direction) of `\(last.revision)`")
      }
      if attempt < Self.attempts { sleep(1) }
    }
    return Hint(
      "the database cannot be reached now; when the connection was lost it was at \(Self.text(of: lastKnown))")
  }

  private static func text(of revisions: Set<String>) -> String {
    revisions.isEmpty ? "base" : revisions.sorted().map { "`\($0)`" }.joined(separator: ", ")
  }
}

internal import MetaxyPlatform

/// A state outside the test process that was not reached in time.
package struct StateNeverReached: Error, CustomStringConvertible {
  /// The expected state.
  package var state: String
  package var description: String { "the state was not reached within ten minutes: \(state)" }
}

/// Polls for a state: rows of a system view, a file, the end of a process.
///
/// The bound is high enough for a slow machine; it ends a test whose state is never reached.
///
/// - Throws: ``StateNeverReached`` after ten minutes.
package func waitUntil(_ state: String, _ isReached: () throws -> Bool) throws {
  let start = ContinuousClock.now
  while try !isReached() {
    guard ContinuousClock.now - start < .seconds(600) else { throw StateNeverReached(state: state) }
    usleep(2_000)
  }
}

/// Polls for a state without blocking the thread.
package func waitUntil(_ state: String, _ isReached: () async throws -> Bool) async throws {
  let start = ContinuousClock.now
  while try await !isReached() {
    guard ContinuousClock.now - start < .seconds(600) else { throw StateNeverReached(state: state) }
    try await Task.sleep(for: .milliseconds(2))
  }
}

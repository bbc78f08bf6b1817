internal import MetaxyPlatform

/// A state outside of the test process that did not come.
package struct StateNeverReached: Error, CustomStringConvertible {
  /// What was waited for.
  package var state: String
  package var description: String { "waited for ten minutes, in vain, for the state: \(state)" }
}

/// Waits for a state that can only be looked up: rows of a system view, a file, the end of a process.
///
/// However slow the machine is, the state comes. The bound is there for a fault that keeps it from coming.
///
/// - Throws: ``StateNeverReached`` after ten minutes.
package func waitUntil(_ state: String, _ isReached: () throws -> Bool) throws {
  let start = ContinuousClock.now
  while try !isReached() {
    guard ContinuousClock.now - start < .seconds(600) else { throw StateNeverReached(state: state) }
    usleep(2_000)
  }
}

/// Waits likewise, and lets other tasks work meanwhile.
package func waitUntil(_ state: String, _ isReached: () async throws -> Bool) async throws {
  let start = ContinuousClock.now
  while try await !isReached() {
    guard ContinuousClock.now - start < .seconds(600) else { throw StateNeverReached(state: state) }
    try await Task.sleep(for: .milliseconds(2))
  }
}

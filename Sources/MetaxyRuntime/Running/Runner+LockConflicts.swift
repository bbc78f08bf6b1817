internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyPlatform

// Retries after conflicts with other sessions.
extension Runner {
  /// The number of attempts of an operation that conflicts with other sessions.
  static let attempts = 10

  /// Runs `body` in a transaction that prevents other sessions from changing the version, with retries after conflicts.
  func transaction<Result>(_ body: () throws(MetaxyError) -> Result) throws(MetaxyError) -> Result {
    try retrying { () throws(MetaxyError) in
      try connection.transaction { () throws(MetaxyError) in
        try versions.lock(connection, exists: hasBookkeeping)
        return try body()
      }
    }
  }

  /// Runs `body`, and runs it again if it fails because of another session. A failed attempt must leave no effect.
  ///
  /// - Throws: `blocked` after the last attempt; any other error at once.
  func retrying<Result>(_ body: () throws(MetaxyError) -> Result) throws(MetaxyError) -> Result {
    var attempt = 1
    while true {
      do {
        return try body()
      } catch {
        guard let lockConflict = connection.lockConflict(behind: error) else { throw error }
        guard attempt < Self.attempts else { throw .blocked(lockConflict, attempts: attempt, cause: error) }
        Self.pause(before: attempt, atMost: lockConflict.longestPause)
        attempt += 1
      }
    }
  }

  /// Waits twice as long each time, with a random part, so that two programs with the same conflict do not retry in
  /// step.
  private static func pause(before attempt: Int, atMost longest: Duration) {
    let pause = min(.milliseconds(100) * (1 << attempt) / 2, longest) * Double.random(in: 0.5...1)
    let (seconds, attoseconds) = pause.components
    var time = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
    nanosleep(&time, nil)  // a signal ends it; the next statement then checks for an interruption
  }
}

internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyPlatform

// What is done beside other programs: tried again when they were in the way.
extension Runner {
  /// How often something is tried that others are in the way of.
  static let attempts = 10

  /// Runs `body` in a transaction in which nobody else moves the version, as often as others are in its way.
  func transaction<Result>(_ body: () throws(MetaxyError) -> Result) throws(MetaxyError) -> Result {
    try retrying { () throws(MetaxyError) in
      try connection.transaction { () throws(MetaxyError) in
        try versions.lock(connection)
        return try body()
      }
    }
  }

  /// Runs `body`, and again when it fails by what somebody else does at the same time. It must leave nothing behind then.
  ///
  /// - Throws: `blocked`, after the last attempt; whatever else went wrong, at once.
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

  /// Waits twice as long each time, and never just as long as another program that met this one: they would meet again.
  private static func pause(before attempt: Int, atMost longest: Duration) {
    let pause = min(.milliseconds(100) * (1 << attempt) / 2, longest) * Double.random(in: 0.5...1)
    let (seconds, attoseconds) = pause.components
    var time = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
    nanosleep(&time, nil)  // a signal ends it; the next statement asks what the signal was for
  }
}

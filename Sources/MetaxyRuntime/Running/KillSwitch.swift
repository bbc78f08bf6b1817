#if DEBUG
  internal import MetaxyPlatform

  /// Ends the process before a statement, for tests of killed runs.
  ///
  /// `METAXY_TEST_KILL_AT_STATEMENT` is the number of the statement among those that the process executes, from 1.
  /// Queries do not count. Only debug builds contain this.
  package enum KillSwitch {
    private static let position = getenv("METAXY_TEST_KILL_AT_STATEMENT").flatMap { Int(String(cString: $0)) }
    /// The number of executed statements; a command runs its statements one after another on one thread.
    private nonisolated(unsafe) static var executed = 0

    /// Counts a statement before it is executed.
    package static func count() {
      guard let position else { return }
      executed += 1
      if executed == position { kill(getpid(), SIGKILL) }
    }
  }
#endif

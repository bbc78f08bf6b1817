#if DEBUG
  internal import MetaxyPlatform

  /// Ends the process before a statement, for the tests that ask what a run leaves behind when it is killed there.
  ///
  /// `METAXY_TEST_KILL_AT_STATEMENT` is the number of the statement among those that the process executes, from 1.
  /// Queries do not count. Only debug builds hold any of this.
  package enum KillSwitch {
    private static let position = getenv("METAXY_TEST_KILL_AT_STATEMENT").flatMap { Int(String(cString: $0)) }
    /// A command runs its statements one after another, on one thread.
    private nonisolated(unsafe) static var executed = 0

    /// Counts a statement that is about to be executed.
    package static func count() {
      guard let position else { return }
      executed += 1
      if executed == position { kill(getpid(), SIGKILL) }
    }
  }
#endif

internal import MetaxyPlatform
package import Testing

/// Records the duration of each test case of a suite, without the time that it waits to start, as a line in the file
/// `METAXY_TEST_TIMES`, and drops its databases on the shared server.
package struct TimedTrait: SuiteTrait, TestTrait, TestScoping {
  package var isRecursive: Bool { true }

  package func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    let file = getenv("METAXY_TEST_TIMES").map { String(cString: $0) }
    let start = ContinuousClock.now
    defer { if let file { Self.note(ContinuousClock.now - start, of: test, in: file) } }
    try await PostgreSQLCluster.CaseDatabases.collecting(function)
  }

  private static func note(_ time: Duration, of test: Test, in file: String) {
    let milliseconds = time.components.seconds * 1000 + time.components.attoseconds / 1_000_000_000_000_000
    let fraction = String(1000 + milliseconds % 1000).dropFirst()
    let line = "\(milliseconds / 1000).\(fraction) \(test.id)\n"
    // Appended in one piece, so that lines of several tests do not mix.
    let descriptor = open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    _ = write(descriptor, line, line.utf8.count)  // best effort: a lost line is only missing in the report
  }
}

extension Trait where Self == TimedTrait {
  package static var timed: TimedTrait { TimedTrait() }
}

internal import MetaxyEssentials

/// A program that ran to its end.
package struct ChildProcess: Sendable {
  package var output: String
  package var errors: String
  /// The exit code; 128 and the signal's number when a signal ended it, as the shell counts.
  package var status: Int32

  init(output: String, errors: String, status: Int32) {
    self.output = output
    self.errors = errors
    self.status = status
  }

  /// Runs a command line with `/bin/sh` and waits for it.
  ///
  /// - Parameters:
  ///   - environment: every variable that it gets; none is inherited.
  ///   - directory: where it runs.
  package init(_ command: String, environment: [String: String], directory: String) throws {
    self = try RunningProcess(command, environment: environment, directory: directory).end()
  }

  /// Runs a program, which is found on the search path of `environment`, and waits for it.
  package init(_ words: [String], environment: [String: String] = Self.machine, directory: String) throws {
    self = try RunningProcess(words, environment: environment, directory: directory).end()
  }

  /// What the machine's own programs need: the environment of the tests, without what configures metaxy.
  package static let machine = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("METAXY_") }
}

/// Why a program could not be run to its end.
package struct ChildProcessFailure: Error, CustomStringConvertible {
  package var reason: String
  package var description: String { reason }

  package init(reason: String) { self.reason = reason }
}

internal import MetaxyEssentials

/// The result of a program that has ended.
package struct ChildProcess: Sendable {
  package var output: String
  package var errors: String
  /// The exit code; 128 plus the signal's number if a signal ended it, as in the shell.
  package var status: Int32

  init(output: String, errors: String, status: Int32) {
    self.output = output
    self.errors = errors
    self.status = status
  }

  /// Runs a command line with `/bin/sh` and waits for it.
  ///
  /// - Parameters:
  ///   - environment: all its variables; none is inherited.
  ///   - directory: its working directory.
  package init(_ command: String, environment: [String: String], directory: String) throws {
    self = try RunningProcess(command, environment: environment, directory: directory).end()
  }

  /// Runs a program, which is found on the search path of `environment`, and waits for it.
  package init(_ words: [String], environment: [String: String] = Self.machine, directory: String) throws {
    self = try RunningProcess(words, environment: environment, directory: directory).end()
  }

  /// The environment of the tests, without the variables of metaxy.
  package static let machine = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("METAXY_") }
}

/// The reason why a program could not be run.
package struct ChildProcessFailure: Error, CustomStringConvertible {
  package var reason: String
  package var description: String { reason }

  package init(reason: String) { self.reason = reason }
}

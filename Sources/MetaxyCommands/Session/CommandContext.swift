package import MetaxyConfiguration
internal import MetaxyPostgreSQL
package import MetaxyPostgreSQLDriver
package import MetaxyRuntime

/// What a command is run with: where, with which variables and flags, and whom to tell what happens meanwhile.
package struct CommandContext {
  /// The version of the program, as `--version` and the log tell it.
  package static let toolVersion = "0.1.0"

  package var workingDirectory: String
  package var variables: [String: String]
  package var overrides: Project.Overrides
  /// Whether the command works on both environments.
  package var allEnvironments: Bool
  /// Whether tables that exist are changed in ways that let others read and write meanwhile, where the engine knows any.
  package var isOnline: Bool
  /// What can stop a statement on a server; nil when nothing can.
  package var interruption: Interruption?
  package var report: @Sendable (ProgressEvent) -> Void

  package init(
    workingDirectory: String, variables: [String: String], overrides: Project.Overrides = .init(),
    allEnvironments: Bool = false, isOnline: Bool = true, interruption: Interruption? = nil,
    report: @escaping @Sendable (ProgressEvent) -> Void
  ) {
    self.workingDirectory = workingDirectory
    self.variables = variables
    self.overrides = overrides
    self.allEnvironments = allEnvironments
    self.isOnline = isOnline
    self.interruption = interruption
    self.report = report
  }
}

/// What is said while a command runs; never part of its answer.
package enum ProgressEvent: Sendable {
  case note(String)
  case warning(String)
  /// A revision is done.
  case applied(AppliedRevision)
  /// A part of the work is done, and took this long.
  case phase(Phase, Duration)
}

package import MetaxyDatabase
package import MetaxyErrors
internal import MetaxyPostgreSQL
package import MetaxyProject
package import MetaxyRuntime

/// The context of a command: directory, environment variables, flags, and the receiver of progress events.
package struct CommandContext {
  package var workingDirectory: String
  package var variables: [String: String]
  package var overrides: Project.Overrides
  /// Whether the command works on both environments.
  package var allEnvironments: Bool
  /// Whether existing tables are changed without locking out other sessions, on engines that support it.
  package var isOnline: Bool
  /// The source of interruptions of statements on a server; nil if there is none.
  package var interruption: Interruption?
  package var report: @Sendable (ProgressEvent) -> Void
  /// Asks the user a question that is answered with yes or no, and returns the answer; nil where no user answers.
  package var confirm: (@Sendable (String) -> Bool?)?

  package init(
    workingDirectory: String, variables: [String: String], overrides: Project.Overrides = .init(),
    allEnvironments: Bool = false, isOnline: Bool = true, interruption: Interruption? = nil,
    confirm: (@Sendable (String) -> Bool?)? = nil, report: @escaping @Sendable (ProgressEvent) -> Void
  ) {
    self.workingDirectory = workingDirectory
    self.variables = variables
    self.overrides = overrides
    self.allEnvironments = allEnvironments
    self.isOnline = isOnline
    self.interruption = interruption
    self.confirm = confirm
    self.report = report
  }
}

/// Progress while a command runs; not part of its result.
package enum ProgressEvent: Sendable {
  case note(String)
  case warning(String)
  /// A warning at a place of a file.
  case diagnostic(Diagnostic)
  /// A revision is done.
  case applied(AppliedRevision)
  /// A phase ended after this duration.
  case phase(Phase, Duration)
}

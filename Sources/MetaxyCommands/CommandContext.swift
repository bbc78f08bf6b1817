public import MetaxyProject
public import MetaxyRuntime

/// What a command is run with: where, with which variables and flags, and whom to tell what happens meanwhile.
public struct CommandContext {
  /// The version of the program, as `--version` and the log tell it.
  public static let toolVersion = "0.1.0"

  public var workingDirectory: String
  public var variables: [String: String]
  public var overrides: Project.Overrides
  /// Whether the command works on both environments.
  public var allEnvironments: Bool
  public var narrate: (Narration) -> Void

  public init(
    workingDirectory: String, variables: [String: String], overrides: Project.Overrides = .init(),
    allEnvironments: Bool = false, narrate: @escaping (Narration) -> Void
  ) {
    self.workingDirectory = workingDirectory
    self.variables = variables
    self.overrides = overrides
    self.allEnvironments = allEnvironments
    self.narrate = narrate
  }
}

/// What is said while a command runs; never part of its answer.
public enum Narration: Sendable {
  case note(String)
  case warning(String)
  /// A revision is done.
  case applied(AppliedRevision)
  /// A part of the work is done, and took this long.
  case phase(Phase, Duration)
}

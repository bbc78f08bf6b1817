internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFiles
internal import MetaxyPlatform
internal import MetaxyProject

/// Interruption by Ctrl-C and SIGTERM; nil if the process cannot open more files, so that the signals end the process.
private let interruption = try? Interruption(catchesSignals: true)

/// A command whose result is a report.
protocol ReportingCommand: ParsableCommand {
  associatedtype Answer: Report

  var global: GlobalOptions { get }
  /// The supported output formats.
  static var formats: Set<OutputFormat> { get }
  /// Whether the command works on both environments.
  var allEnvironments: Bool { get }
  /// Whether existing tables are changed without locking out other sessions.
  var isOnline: Bool { get }
  /// Whether each statement of a revision is printed with its time.
  var showsStatements: Bool { get }
  /// Whether `--store` can be repeated.
  static var takesSeveralStores: Bool { get }
  func answer(_ context: CommandContext) throws(MetaxyError) -> Answer
}

extension ReportingCommand {
  static var formats: Set<OutputFormat> { [.text, .json] }
  var allEnvironments: Bool { false }
  var isOnline: Bool { true }
  var showsStatements: Bool { false }
  static var takesSeveralStores: Bool { false }

  mutating func run() throws {
    guard Self.formats.contains(global.format) else {
      let names = OutputFormat.allCases.filter(Self.formats.contains).map(\.rawValue)
      let known = names.dropLast().joined(separator: ", ") + " or \(names.last ?? "")"
      throw ValidationError(
        "the answer of `\(Self.configuration.commandName ?? "")` is \(known), not \(global.format.rawValue)")
    }
    guard Self.takesSeveralStores || global.stores.count < 2 else {
      throw ValidationError(
        "`\(Self.configuration.commandName ?? "")` works on one store; `upgrade`, `downgrade`, `check`, `current`,"
          + " `status` and `report` take several")
    }
    guard let directory = Paths.workingDirectory else {
      Terminal(global).report(.noWorkingDirectory())
      throw ExitCode(1)
    }
    let isPyproject = Project.isInPyproject(
      from: directory, environment: ProcessEnvironment.variables, overrides: overrides)
    let terminal = Terminal(global, showsStatements: showsStatements, isPyproject: isPyproject)
    let context = context(terminal, in: directory)
    do {
      let report = try answer(context)
      try terminal.answer(report)
      if report.hasFailed { throw ExitCode(Interruption.caughtSignal.map { 128 + $0 } ?? 1) }
      if report.differs { throw ExitCode(2) }
    } catch let error as MetaxyError {
      terminal.report(error, after: context.invocation)
      // As the shell counts a process that a signal ended. Whatever fails after a signal fails because of it.
      let signal = Interruption.caughtSignal ?? (error.isInterruption ? SIGINT : nil)
      throw ExitCode(signal.map { 128 + $0 } ?? 1)
    }
  }

  private var overrides: Project.Overrides {
    // In the flags before the command, `-c FILE.toml` names the configuration file.
    let isFile = global.environment?.hasSuffix(".toml") ?? false
    return Project.Overrides(
      configFile: global.configFile ?? (isFile ? global.environment : nil), store: global.stores.first,
      environment: isFile ? nil : global.environment)
  }

  private func context(_ terminal: Terminal, in directory: String) -> CommandContext {
    CommandContext(
      workingDirectory: directory, variables: ProcessEnvironment.variables, overrides: overrides,
      allEnvironments: allEnvironments, isOnline: isOnline, interruption: interruption, confirm: terminal.confirm,
      report: terminal.report)
  }
}

extension MetaxyError {
  fileprivate static func noWorkingDirectory() -> MetaxyError {
    MetaxyError(
      .unreadableFile, "cannot read the working directory: it was removed, or a directory above it cannot be read",
      hints: ["change to the project's directory, then run the command again"])
  }
}

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
  func answer(_ context: CommandContext) throws(MetaxyError) -> Answer
}

extension ReportingCommand {
  static var formats: Set<OutputFormat> { [.text, .json] }
  var allEnvironments: Bool { false }
  var isOnline: Bool { true }

  mutating func run() throws {
    guard Self.formats.contains(global.format) else {
      throw ValidationError(
        "the answer of `\(Self.configuration.commandName ?? "")` is text or json, not \(global.format.rawValue)")
    }
    let terminal = Terminal(global)
    let context = context(terminal)
    do {
      let report = try answer(context)
      terminal.answer(report)
      if report.differs { throw ExitCode(2) }
    } catch let error as MetaxyError {
      terminal.report(error, after: context.invocation)
      // As the shell counts a process that a signal ended.
      throw ExitCode(error.isInterruption ? 128 + (Interruption.caughtSignal ?? SIGINT) : 1)
    }
  }

  private func context(_ terminal: Terminal) -> CommandContext {
    // In the flags before the command, `-c FILE.toml` names the configuration file.
    let isFile = global.environment?.hasSuffix(".toml") ?? false
    return CommandContext(
      workingDirectory: Paths.current, variables: ProcessEnvironment.variables,
      overrides: Project.Overrides(
        configFile: global.configFile ?? (isFile ? global.environment : nil), store: global.store,
        environment: isFile ? nil : global.environment),
      allEnvironments: allEnvironments, isOnline: isOnline, interruption: interruption, report: terminal.report)
  }
}

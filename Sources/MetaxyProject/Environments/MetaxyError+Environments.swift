internal import MetaxyConfiguration
import MetaxyErrors
internal import MetaxyMigrationErrors

extension MetaxyError {
  /// - Parameter store: the store whose own directory it is; nil for the project's.
  static func notInitialised(
    _ kind: MigrationEnvironment.Kind, _ directory: String, ownedBy store: Store?
  ) -> MetaxyError {
    MetaxyError(
      .notInitialised, "the \(kind.rawValue) environment `\(directory)` is not initialised",
      Payload(path: directory, store: store?.name),
      hints: [store == nil ? "\(.initialise(directory)) creates it" : "\(.initialise()) creates both of the store's"])
  }

  static func notAnEnvironment(
    _ argument: String, environments: [(kind: MigrationEnvironment.Kind, directory: String)]
  ) -> MetaxyError {
    let hints: [Hint] = environments.map { "`\($0.directory)` is the \($0.kind.rawValue) environment" }
    return MetaxyError(
      .notAnEnvironment, "`\(argument)` is not an environment of this project", Payload(path: argument),
      hints: hints.isEmpty ? ["none is initialised: \(.initialise()) creates them"] : hints)
  }

  static func systemTablesDisabled(key: String, value: Bool) -> MetaxyError {
    MetaxyError(
      .systemTablesDisabled,
      "the project has no system environment: `\(key)` is `\(value)` in `[ext.sqlmodel]`",
      hints: ["set `\(key) = \(!value)` in `[ext.sqlmodel]`"])
  }

  static func invalidINI(_ displayText: String, line: Int, _ message: String) -> MetaxyError {
    let location = SourceLocation(file: displayText, line: line, column: 1)
    return MetaxyError(
      .invalidINI, "cannot read `\(displayText)`: \(message)", Payload(path: displayText),
      diagnostics: [Diagnostic(.error, message, at: location)])
  }

  static func unusableINIValue(_ displayText: String, _ key: String, _ value: String) -> MetaxyError {
    MetaxyError(.invalidINI, "`\(key)` of `\(displayText)` cannot be `\(value)`", Payload(path: displayText))
  }

  static func unsupportedHook(_ displayText: String, name: String, type: String) -> MetaxyError {
    MetaxyError(
      .invalidINI, "hook `\(name)` of `\(displayText)` has the type `\(type)`, which needs Python",
      hints: ["use `\(name).type = exec` with `\(name).executable`"])
  }
}

// MARK: - Creating environments

extension MetaxyError {
  static func occupiedDirectory(_ displayText: String) -> MetaxyError {
    MetaxyError(
      .notAnEnvironment, "`\(displayText)` is not empty and is not an environment: it has no directory `versions`",
      hints: ["choose another directory: \(.initialise("DIRECTORY"))"])
  }

  static func uneditableConfiguration(_ file: String, _ line: String, below header: String) -> MetaxyError {
    MetaxyError(
      .uneditableConfiguration, "cannot add `\(line)` to `\(file)` because of the way it is written",
      hints: ["add `\(line)` under `\(header)`, then run the command again"])
  }
}

import MetaxyErrors

extension MetaxyError {
  static func notInitialised(_ kind: MigrationEnvironment.Kind, _ directory: String) -> MetaxyError {
    MetaxyError(
      .notInitialised, "the \(kind.rawValue) environment `\(directory)` does not exist yet",
      hints: ["\(.initialise(directory)) makes it"])
  }

  static func notAnEnvironment(
    _ argument: String, environments: [(kind: MigrationEnvironment.Kind, directory: String)]
  ) -> MetaxyError {
    let hints: [Hint] = environments.map { "`\($0.directory)` is the \($0.kind.rawValue) environment" }
    return MetaxyError(
      .notAnEnvironment, "`\(argument)` is no environment of this project",
      hints: hints.isEmpty ? ["there is none yet: \(.initialise()) makes them"] : hints)
  }

  static func systemTablesDisabled(key: String, value: Bool) -> MetaxyError {
    MetaxyError(
      .systemTablesDisabled,
      "there is no system environment: `\(key)` is `\(value)` in `[ext.sqlmodel]`",
      hints: ["set `\(key) = \(!value)` in `[ext.sqlmodel]`"])
  }

  static func invalidINI(_ displayText: String, line: Int, _ message: String) -> MetaxyError {
    let location = SourceLocation(file: displayText, line: line, column: 1)
    return MetaxyError(
      .invalidINI, "cannot read `\(displayText)`: \(message)",
      diagnostics: [Diagnostic(.error, message, at: location)])
  }

  static func unusableINIValue(_ displayText: String, _ key: String, _ value: String) -> MetaxyError {
    MetaxyError(.invalidINI, "`\(key)` of `\(displayText)` cannot be `\(value)`")
  }

  static func unsupportedHook(_ displayText: String, name: String, type: String) -> MetaxyError {
    MetaxyError(
      .invalidINI, "hook `\(name)` of `\(displayText)` has the type `\(type)`, which needs Python",
      hints: ["run the program with `\(name).type = exec` and `\(name).executable`"])
  }
}

// MARK: - Creating environments

extension MetaxyError {
  static func occupiedDirectory(_ displayText: String) -> MetaxyError {
    MetaxyError(
      .notAnEnvironment, "`\(displayText)` is not empty and no environment: it has no directory `versions`",
      hints: ["name another directory: \(.initialise("DIRECTORY"))"])
  }

  static func uneditableConfiguration(_ file: String, _ line: String, below header: String) -> MetaxyError {
    MetaxyError(
      .uneditableConfiguration, "cannot add `\(line)` to `\(file)` the way it is written",
      hints: ["write `\(line)` under `\(header)`, then run the command again"])
  }
}

package import MetaxyErrors
internal import MetaxyFiles
internal import MetaxyProject

// The flags that the commands in hints and notes repeat.

extension CommandContext {
  /// The flags of the running command, those that stand in variables included.
  package var invocation: Invocation {
    let isFile = overrides.environment?.hasSuffix(".toml") ?? false
    return Invocation(
      configFile: overrides.configFile ?? (isFile ? overrides.environment : nil) ?? variable("METAXY_CONFIG"),
      store: overrides.store ?? variable("METAXY_STORE"), environment: isFile ? nil : overrides.environment)
  }

  private func variable(_ name: String) -> String? {
    variables[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Reports what the user may want to know.
  func note(_ text: Hint) { report(.note(text.completed(for: invocation).description)) }

  /// Reports what the user should look into.
  func warn(_ text: Hint) { report(.warning(text.completed(for: invocation).description)) }
}

extension ProjectSession {
  /// The flags with which a command works on an environment that no flag chose: none for the user environment.
  func invocation(of kind: MigrationEnvironment.Kind) -> Invocation {
    var invocation = context.invocation
    let directory = project.directory(of: kind, for: store)
    invocation.environment = kind == .user ? nil : Paths.displayPath(directory, from: project.workingDirectory)
    return invocation
  }
}

extension EnvironmentContext {
  /// Does a part of a command's work on this environment: the commands in the hints of its errors work on it, too.
  func completingHints<Result>(_ work: () throws(MetaxyError) -> Result) throws(MetaxyError) -> Result {
    do {
      return try work()
    } catch {
      throw error.completed(for: invocation)
    }
  }
}

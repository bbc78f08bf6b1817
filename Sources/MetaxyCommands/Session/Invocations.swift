internal import MetaxyConfiguration
package import MetaxyErrors
internal import MetaxyFiles
internal import MetaxyProject

// The flags that the commands in hints and notes repeat.

extension CommandContext {
  /// The flags of the running command, including those set by variables.
  package var invocation: Invocation {
    let isFile = overrides.environment?.hasSuffix(".toml") ?? false
    return Invocation(
      configFile: overrides.configFile ?? (isFile ? overrides.environment : nil) ?? variable("METAXY_CONFIG"),
      store: (overrides.store ?? variable("METAXY_STORE")).map(Store.displayName),
      environment: isFile ? nil : overrides.environment)
  }

  private func variable(_ name: String) -> String? {
    variables[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Reports a note.
  func note(_ text: Hint) { report(.note(text.completed(for: invocation).description)) }

  /// Reports a warning.
  func warn(_ text: Hint) { report(.warning(text.completed(for: invocation).description)) }
}

extension ProjectSession {
  /// The flags that select an environment: none for the user environment.
  func invocation(of kind: MigrationEnvironment.Kind) -> Invocation {
    var invocation = context.invocation
    let directory = project.directory(of: kind, for: store)
    invocation.environment = kind == .user ? nil : Paths.displayPath(directory, from: project.workingDirectory)
    return invocation
  }
}

extension EnvironmentContext {
  /// Runs `work`, and completes the commands in the hints of its errors with the flags of this environment.
  func completingHints<Result>(_ work: () throws(MetaxyError) -> Result) throws(MetaxyError) -> Result {
    do {
      return try work()
    } catch {
      throw error.completed(for: invocation)
    }
  }
}

internal import MetaxyConfiguration
internal import MetaxyErrors
internal import MetaxyFiles

extension ConfigurationFile {
  /// Returns the file that a flag or a variable names, whether it exists or not.
  static func named(
    in workingDirectory: String, environment: [String: String], overrides: Project.Overrides
  ) throws(MetaxyError) -> Named? {
    let short = overrides.environment.flatMap { $0.hasSuffix(".toml") ? $0 : nil }
    if let short, let long = overrides.configFile,
      Paths.resolve(short, in: workingDirectory) != Paths.resolve(long, in: workingDirectory)
    {
      throw .twoConfigurationFiles(short, long)
    }
    for case (let path?, let flag) in [(overrides.configFile, "--config-file"), (short, "-c")] where !path.isEmpty {
      return (ConfigurationFile(path: Paths.resolve(path, in: workingDirectory)), flag)
    }
    return named(in: workingDirectory, environment: environment)
  }
}

extension Project {
  /// Returns whether the settings are in a `pyproject.toml`; false if no configuration is found.
  package static func isInPyproject(
    from workingDirectory: String, environment: [String: String], overrides: Overrides
  ) -> Bool {
    do {
      let named = try ConfigurationFile.named(in: workingDirectory, environment: environment, overrides: overrides)
      return try !ConfigurationFile.find(from: workingDirectory, named: named).keys.isEmpty
    } catch {
      // What is wrong with the file is reported where it is read.
      return false
    }
  }
}

extension MetaxyError {
  fileprivate static func twoConfigurationFiles(_ first: String, _ second: String) -> MetaxyError {
    MetaxyError(
      .noConfiguration, "`-c` is the configuration file `\(first)`, but `--config-file` is `\(second)`",
      hints: ["remove one of the two flags"])
  }
}

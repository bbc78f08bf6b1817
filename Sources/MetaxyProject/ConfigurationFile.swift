import MetaxyErrors
import MetaxyFiles

/// Where the configuration is.
enum ConfigurationFile {
  static let name = "metaxy.toml"

  /// Returns the file that is named by a flag or a variable, or found in the working directory or one above.
  static func find(
    from workingDirectory: String, environment: [String: String], overrides: Project.Overrides
  ) throws(MetaxyError) -> String {
    if let named = try named(in: workingDirectory, environment: environment, overrides: overrides) {
      guard Files.kind(of: named.path) == .file else {
        throw .configurationFileMissing(named.path, namedBy: named.origin)
      }
      return named.path
    }
    guard let found = search(from: workingDirectory) else { throw .noConfiguration(workingDirectory) }
    return found
  }

  /// Returns the file that is named, whether it exists or not.
  static func named(
    in workingDirectory: String, environment: [String: String], overrides: Project.Overrides
  ) throws(MetaxyError) -> (path: String, origin: String)? {
    let short = overrides.environment.flatMap { $0.hasSuffix(".toml") ? $0 : nil }
    if let short, let long = overrides.configFile, resolved(short, workingDirectory) != resolved(long, workingDirectory)
    {
      throw .twoConfigurationFiles(short, long)
    }
    let candidates = [
      (overrides.configFile, "--config-file"), (short, "-c"),
      (environment[EnvironmentVariables.configFile], EnvironmentVariables.configFile),
    ]
    for case (let path?, let origin) in candidates where !path.isEmpty {
      guard Paths.name(of: path) != "pyproject.toml" else { throw .configurationInPyproject(path) }
      return (resolved(path, workingDirectory), origin)
    }
    return nil
  }

  /// Returns the nearest file of the name in a directory or those above it.
  static func search(from directory: String) -> String? {
    var directory = Paths.resolve(directory, in: "/")
    while true {
      let candidate = Paths.resolve(name, in: directory)
      if Files.kind(of: candidate) == .file { return candidate }
      guard directory != "/" else { return nil }
      directory = Paths.parent(of: directory)
    }
  }

  private static func resolved(_ path: String, _ directory: String) -> String { Paths.resolve(path, in: directory) }
}

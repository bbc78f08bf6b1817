package import MetaxyErrors
import MetaxyFiles
package import MetaxyTOML

/// The file of the configuration: a `metaxy.toml`, or a `pyproject.toml` with `[tool.metaxy]`.
package struct ConfigurationFile {
  /// The absolute path.
  package let path: String

  package static let ownName = "metaxy.toml"
  private static let pyprojectName = "pyproject.toml"

  package var name: String { Paths.name(of: path) }
  package var directory: String { Paths.parent(of: path) }

  /// The path of the settings from the top of the file.
  package var keys: [String] { name == Self.pyprojectName ? ["tool", "metaxy"] : [] }

  /// Returns the table of the settings; nil if the file has none.
  package func settings(in root: TOMLTable) throws(MetaxyError) -> TOMLTable? {
    var table = root
    for key in keys {
      guard let next = try table.table(key) else { return nil }
      table = next
    }
    return table
  }

  package init(path: String) { self.path = path }

  // MARK: - Search

  /// Returns the file named by a flag or a variable, or the one found in the working directory or a parent.
  static func find(
    from workingDirectory: String, environment: [String: String], overrides: Project.Overrides
  ) throws(MetaxyError) -> ConfigurationFile {
    if let named = try named(in: workingDirectory, environment: environment, overrides: overrides) {
      guard Files.kind(of: named.file.path) == .file else {
        throw .configurationFileMissing(named.file.path, namedBy: named.origin)
      }
      return named.file
    }
    guard let found = try search(from: workingDirectory) else { throw .noConfiguration(workingDirectory) }
    return found
  }

  /// Returns the named file, whether it exists or not.
  package static func named(
    in workingDirectory: String, environment: [String: String], overrides: Project.Overrides
  ) throws(MetaxyError) -> (file: ConfigurationFile, origin: String)? {
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
      return (ConfigurationFile(path: resolved(path, workingDirectory)), origin)
    }
    return nil
  }

  /// Returns the nearest file with settings in a directory or its parents, as Metaxy does: a `metaxy.toml` takes
  /// precedence over the `pyproject.toml` next to it, and a `pyproject.toml` without `[tool.metaxy]`, or with an empty
  /// one, does not count.
  package static func search(from directory: String) throws(MetaxyError) -> ConfigurationFile? {
    var directory = Paths.resolve(directory, in: "/")
    while true {
      let own = ConfigurationFile(path: Paths.resolve(ownName, in: directory))
      if Files.kind(of: own.path) == .file { return own }
      let pyproject = ConfigurationFile(path: Paths.resolve(pyprojectName, in: directory))
      if Files.kind(of: pyproject.path) == .file, try pyproject.hasSettings() { return pyproject }
      guard directory != "/" else { return nil }
      directory = Paths.parent(of: directory)
    }
  }

  private func hasSettings() throws(MetaxyError) -> Bool {
    let root = try TOMLDocument(try Files.text(at: path), file: name).root
    return try settings(in: root).map { !$0.entries.isEmpty } ?? false
  }

  private static func resolved(_ path: String, _ directory: String) -> String { Paths.resolve(path, in: directory) }
}

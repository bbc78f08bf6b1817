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

  /// A file with the flag or the variable that names it; it need not exist.
  package typealias Named = (file: ConfigurationFile, origin: String)

  /// Returns the file that `METAXY_CONFIG` names, whether it exists or not.
  package static func named(in workingDirectory: String, environment: [String: String]) -> Named? {
    guard let path = environment[EnvironmentVariables.configFile], !path.isEmpty else { return nil }
    return (ConfigurationFile(path: Paths.resolve(path, in: workingDirectory)), EnvironmentVariables.configFile)
  }

  /// Returns the named file, or the one found in the working directory or a parent.
  package static func find(from workingDirectory: String, named: Named?) throws(MetaxyError) -> ConfigurationFile {
    if let named {
      guard Files.kind(of: named.file.path) == .file else {
        throw .configurationFileMissing(named.file.path, namedBy: named.origin)
      }
      return named.file
    }
    guard let found = try search(from: workingDirectory) else { throw .noConfiguration(workingDirectory) }
    return found
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
}

package import MetaxyErrors
internal import MetaxyFiles

/// The stores of a project, with the configuration and the directory that it belongs to.
package struct ConfiguredStores: Sendable {
  /// The directory of the configuration file, to which relative paths are relative.
  package let root: String
  package let configFile: String
  package private(set) var configuration: Configuration
  /// The store that takes precedence over the configured one.
  private let chosen: String?

  package init(_ file: ConfigurationFile, _ configuration: Configuration, choosing store: String?) {
    root = file.directory
    configFile = file.path
    self.configuration = configuration
    chosen = store
  }

  /// Finds and reads the configuration. Precedence: the arguments, variables, the file, the defaults.
  ///
  /// - Throws: `no_configuration`, `invalid_toml`, `invalid_configuration` with all problems.
  package static func load(
    from directory: String, environment: [String: String], choosing store: String? = nil
  ) throws(MetaxyError) -> ConfiguredStores {
    let file = try ConfigurationFile.find(
      from: directory, named: ConfigurationFile.named(in: directory, environment: environment))
    let configuration = try ConfigurationReader.read(file, try Files.text(at: file.path), environment: environment)
    return ConfiguredStores(file, configuration, choosing: store)
  }

  /// Whether the settings are in a `pyproject.toml`, below `[tool.metaxy]`.
  package var isPyproject: Bool { !ConfigurationFile(path: configFile).keys.isEmpty }

  /// The same project without its servers, so that none of them is connected to.
  package var withoutServers: ConfiguredStores {
    var stores = self
    stores.configuration.stores.removeAll { $0.url.dialect == .postgresql }
    return stores
  }

  /// Returns a path for display: relative to the project's root if it is below it.
  package func displayPath(_ path: String) -> String { Paths.displayPath(path, from: root) }

  /// Returns the chosen store: the one named by the caller, by `METAXY_STORE` or by `store`, or the only one.
  ///
  /// - Throws: `unknown_store`, `unusable_store`, `no_store`, `ambiguous_store`.
  package func store() throws(MetaxyError) -> Store {
    if let name = chosen ?? configuration.store { return try store(named: name) }
    // A store with an unset variable still counts; otherwise another store could become the only one.
    let unset = configuration.unusableStores.filter { $0.value.needsVariable }.keys.sorted()
    let names = configuration.stores.map(\.name) + unset
    guard names.count < 2 else { throw .ambiguousStore(names) }
    guard let only = names.first else {
      throw .noStore(displayPath(configFile), unusable: configuration.unusableStores)
    }
    return try store(named: only)
  }

  /// Returns a store by its name, or the one at a URL.
  package func store(named name: String) throws(MetaxyError) -> Store {
    if let store = configuration.stores.first(where: { $0.name == name }) { return store }
    if let unusable = configuration.unusableStores[name] { throw .unusableStore(name, unusable) }
    if StoreURL.isURL(name) {
      return Store(
        at: try StoreURL(name, relativeTo: root), configuration.timeouts, tablePrefix: prefixOfOtherDatabases)
    }
    throw .unknownStore(name, known: configuration.stores.map(\.name))
  }
}

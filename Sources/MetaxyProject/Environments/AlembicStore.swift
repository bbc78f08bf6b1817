internal import MetaxyConfiguration
internal import MetaxyErrors
internal import MetaxyFiles

/// The store of a project that has its URL in an `alembic.ini` alone, as Alembic's projects do.
struct AlembicStore {
  private let settings: MigrationSettings
  private let root: String

  init(of settings: MigrationSettings, in root: String) {
    self.settings = settings
    self.root = root
  }

  /// Returns the store of the first `alembic.ini` with a URL: the one that `-c` names, those of the environments, and that
  /// beside the configuration; nil if the configuration has a store, or no file a URL.
  func store(
    _ overrides: Project.Overrides, _ workingDirectory: String, _ configuration: Configuration
  ) -> Store? {
    guard configuration.stores.isEmpty, configuration.unusableStores.values.allSatisfy({ !$0.needsVariable }) else {
      return nil
    }
    var files = ["\(settings.directory)/alembic.ini", "\(settings.systemDirectory)/alembic.ini", "alembic.ini"].map {
      Paths.resolve($0, in: root)
    }
    if let named = overrides.environment, !named.hasSuffix(".toml") {
      let path = Paths.resolve(named, in: workingDirectory)
      files.insert(named.hasSuffix(".ini") ? path : "\(path)/alembic.ini", at: 0)
    }
    return files.lazy.filter { Files.kind(of: $0) == .file }.compactMap(url).first.map { url in
      Store(named: configuration.store ?? "alembic", at: url, configuration.timeouts)
    }
  }

  private func url(in path: String) -> StoreURL? {
    do {
      let ini = try AlembicINI.read(path, displayText: Paths.displayPath(path, from: root))
      return try ini.databaseURL().map { text throws(MetaxyError) in try StoreURL(text, relativeTo: root) }
    } catch {
      return nil  // commands that use the environment report the file; without a store, they report that
    }
  }
}

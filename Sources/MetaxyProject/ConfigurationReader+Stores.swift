import MetaxyErrors

extension ConfigurationReader {
  /// Reads the stores of both sections; what `[ext.migrations.stores]` says wins.
  mutating func readStores(metaxy: SettingsSection?, own: SettingsSection?) {
    let ownNames = own?.sectionNames ?? []
    for name in ownNames + (metaxy?.sectionNames ?? []).filter({ !ownNames.contains($0) }) {
      let section = own?.section(name)
      let url = readURL(of: name, own: section, metaxy: metaxy?.section(name))
      let store = makeStore(name, url: url, section: section)
      if let store { change { $0.stores.append(store) } }
      section?.rejectUnknown()
    }
  }

  /// Reads what is not the URL even where there is none, so that all its problems are told.
  private func makeStore(_ name: String, url: StoreURL?, section: SettingsSection?) -> Store? {
    let defaults = configuration.migrations.timeouts
    let isProduction = section?.boolean("production") ?? false
    let directory = section?.path("directory")
    let systemDirectory = section?.path("system_directory")
    let timeouts = section?.timeouts(default: defaults) ?? defaults
    return url.map {
      Store(
        name: name, url: $0, isProduction: isProduction, directory: directory, systemDirectory: systemDirectory,
        timeouts: timeouts)
    }
  }

  private mutating func readURL(of name: String, own: SettingsSection?, metaxy: SettingsSection?) -> StoreURL? {
    let fallback = metaxy.map { readMetaxyStore($0) }
    if let own, own.origin(ofSet: "url") != nil { return own.url("url", relativeTo: directory) }
    switch fallback {
    case .url(let url): return url
    case .unusable(let reason):
      own?.report("url", "store `\(name)` needs a `url`: \(reason)")
      change { $0.unusableStores[name] = reason }
    case .reported: break
    case nil: own?.report("url", "store `\(name)` needs a `url`, such as `sqlite:///metaxy.db`")
    }
    return nil
  }

  private enum MetaxyStore {
    case url(StoreURL)
    case unusable(String)
    /// Something is wrong with it, and was said.
    case reported
  }

  /// Reads a store in Metaxy's own form: the class of `type` names the engine, `config` the database.
  private func readMetaxyStore(_ section: SettingsSection) -> MetaxyStore {
    let type = section.string("type")
    let config = section.section("config")
    let text = section.string("url")
    section.rejectUnknown()
    if text != nil { return section.url("url", relativeTo: directory).map { .url($0) } ?? .reported }
    guard let type else { return .unusable("it has neither a `type` nor a `url`") }
    let engine = type.lowercased()
    guard engine.contains("sqlite") || engine.contains("postgres") else {
      return .unusable("it is a `\(type)`, neither SQLite nor PostgreSQL")
    }
    let keys = engine.contains("sqlite") ? Self.sqliteKeys : Self.postgresqlKeys
    guard let config, let key = keys.first(where: { config.origin(ofSet: $0) != nil }), let text = config.string(key)
    else { return .unusable("its `config` has none of " + keys.map { "`\($0)`" }.joined(separator: ", ")) }
    do {
      if engine.contains("sqlite"), text.firstRange(of: "://") == nil {
        return .url(try StoreURL(sqlitePath: text, relativeTo: directory))
      }
      return .url(try StoreURL(text, relativeTo: directory))
    } catch {
      config.report(key, error)
      return .reported
    }
  }

  private static let postgresqlKeys = ["connection_string", "url"]
  private static let sqliteKeys = ["connection_string", "url", "database", "path"]
}

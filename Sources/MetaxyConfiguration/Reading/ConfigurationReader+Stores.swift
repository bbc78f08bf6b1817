import MetaxyErrors

extension ConfigurationReader {
  /// Reads the stores of both sections; `[ext.migrations.stores]` takes precedence.
  mutating func readStores(metaxy: SettingsSection?, own: SettingsSection?) {
    let ownNames = own?.sectionNames ?? []
    for name in ownNames + (metaxy?.sectionNames ?? []).filter({ !ownNames.contains($0) }) {
      let section = own?.section(name)
      let url = readURL(of: name, own: section, metaxy: metaxy?.section(name))
      let algorithm =
        section?.string("hash_algorithm") ?? metaxy?.section(name)?.section("config")?.string("hash_algorithm")
      let prefix = tablePrefix(of: name, own: section, metaxy: metaxy?.section(name)?.section("config"))
      let createsTables = createsTables(name, own: section, metaxy: metaxy?.section(name)?.section("config"))
      let store = makeStore(
        name, url: url, hashAlgorithm: algorithm, tablePrefix: prefix, createsTables: createsTables, section: section)
      if let store { change { $0.stores.append(store) } }
      if store != nil || configuration.unusableStores[name]?.needsVariable ?? false {
        let directories = (section?.path("directory"), section?.path("system_directory"))
        change {
          $0.prefixes.append(
            StorePrefix(store: name, prefix: prefix, directory: directories.0, systemDirectory: directories.1))
        }
      }
      section?.rejectUnknown()
    }
  }

  /// Returns whether missing tables of a store are created, according to its own setting or the project's.
  ///
  /// The project's setting does not apply to production stores; the same setting of a production store is an error.
  private func createsTables(_ name: String, own: SettingsSection?, metaxy: SettingsSection?) -> Bool {
    let isProduction = own?.boolean("production") ?? false
    let setting = own?.boolean("auto_create_tables")
    if isProduction, setting == true {
      own?.report(
        "auto_create_tables",
        "store `\(name)` has both `auto_create_tables = true` and `production = true`: tables of production are migrated"
      )
    }
    let isEnabled =
      setting ?? metaxy?.boolean("auto_create_tables") ?? configuration.createsTablesAutomatically
    return isEnabled && !isProduction
  }

  /// Returns what the names of the tables of a store start with, in the setting of its own or in Metaxy's.
  private func tablePrefix(of name: String, own: SettingsSection?, metaxy: SettingsSection?) -> String {
    let section = own?.isSet("table_prefix") ?? false ? own : metaxy
    let prefix = section?.string("table_prefix") ?? ""
    if prefix.utf8.count > StorePrefix.maximumLength {
      section?.report(
        "table_prefix",
        "`table_prefix` of store `\(name)` has \(prefix.utf8.count) bytes, and at most \(StorePrefix.maximumLength) leave room"
          + " for the names of Metaxy's tables and indexes")
    }
    return prefix
  }

  /// Reads the other settings even if there is no URL, so that all problems are reported.
  private func makeStore(
    _ name: String, url: StoreURL?, hashAlgorithm: String?, tablePrefix: String, createsTables: Bool,
    section: SettingsSection?
  ) -> Store? {
    let defaults = configuration.timeouts
    let isProduction = section?.boolean("production") ?? false
    let directory = section?.path("directory")
    let systemDirectory = section?.path("system_directory")
    let timeouts = section?.timeouts(default: defaults) ?? defaults
    let owner = section?.string("owner")
    if owner != nil, url?.dialect == .sqlite {
      section?.report("owner", "`owner` of store `\(name)`: only PostgreSQL's tables have an owner")
    }
    return url.map {
      Store(
        name: name, url: $0, isProduction: isProduction, createsTables: createsTables, directory: directory,
        systemDirectory: systemDirectory,
        timeouts: timeouts, owner: owner, hashAlgorithm: hashAlgorithm, tablePrefix: tablePrefix)
    }
  }

  private mutating func readURL(of name: String, own: SettingsSection?, metaxy: SettingsSection?) -> StoreURL? {
    let fallback = metaxy.map { readMetaxyStore($0) }
    let isOwn = own?.origin(ofSet: "url") != nil
    switch isOwn ? own.map({ setting("url", in: $0) }) : fallback {
    case .url(let url): return url
    case .unusable(let store):
      if !store.needsVariable { own?.report("url", "store `\(name)` needs a `url`: \(store.reason)") }
      change { $0.unusableStores[name] = store }
    case .reported: break
    case nil: own?.report("url", "store `\(name)` needs a `url`, such as `sqlite:///metaxy.db`")
    }
    return nil
  }

  enum StoreSetting {
    case url(StoreURL)
    case unusable(UnusableStore)
    /// The value is invalid, and the problem is already reported.
    case reported
  }

  /// Reads a URL. A variable in it that is not set is only an error for commands that use the store: a developer does
  /// not have the password of the production database.
  func setting(
    _ key: String, in section: SettingsSection, engine: StoreDialect? = nil,
    url: ((FilledText) throws(MetaxyError) -> StoreURL)? = nil
  ) -> StoreSetting {
    guard let template = section.template(key) else { return .reported }
    let filled: FilledText
    do {
      filled = try section.fill(template)
    } catch {
      let reason = "`\(key)` needs the environment variable `\(error.name)`, which is not set"
      return .unusable(
        UnusableStore(
          reason: reason, hint: error.hint, diagnostic: section.diagnostic(key, reason), needsVariable: true,
          dialect: engine ?? StoreURL.dialect(of: template)))
    }
    do {
      if let url { return .url(try url(filled)) }
      if engine == .sqlite, filled.text.firstRange(of: "://") == nil {
        return .url(try StoreURL(sqlitePath: filled, relativeTo: directory))
      }
      return .url(try StoreURL(filled, relativeTo: directory))
    } catch {
      section.report(key, error)
      return .reported
    }
  }
}

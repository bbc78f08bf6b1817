import MetaxyErrors

/// Stores in Metaxy's own form: the class in `type` and the members of `config` determine the database.
extension ConfigurationReader {
  func readMetaxyStore(_ section: SettingsSection) -> StoreSetting {
    let type = section.string("type")
    let config = section.section("config")
    let hasURL = section.isSet("url")
    section.rejectUnknown()
    if hasURL { return setting("url", in: section) }
    guard let type else { return .unusable(UnusableStore(reason: "it has neither a `type` nor a `url`")) }
    let name = type.lowercased()
    if name.contains("postgres") { return readPostgreSQL(config) }
    if name.contains("sqlite") { return readFile(config) }
    if name.contains("ibis"), let config { return readIbis(config, type: type) }
    return .unusable(UnusableStore(reason: "it is a `\(type)`, neither SQLite nor PostgreSQL"))
  }

  // MARK: - Ibis

  /// Reads a store on any engine: that of its connection string, otherwise that of its backend.
  private func readIbis(_ config: SettingsSection, type: String) -> StoreSetting {
    if config.isSet("connection_string") {
      guard let template = config.template("connection_string") else { return .reported }
      switch StoreURL.dialect(ofIbis: template) {
      case .postgresql: return connectionString(in: config, .postgresql)
      case .sqlite: return connectionString(in: config, .sqlite)
      case nil where template.hasVariables && template.startsWithVariable: return anyConnectionString(in: config)
      case nil: return .unusable(UnusableStore(reason: "its `connection_string` is neither SQLite's nor PostgreSQL's"))
      }
    }
    switch config.string("backend") {
    case "postgres", "postgresql": return readPostgreSQL(config)
    case "sqlite": return readFile(config)
    case let backend?:
      return .unusable(UnusableStore(reason: "its `backend` is `\(backend)`, neither SQLite nor PostgreSQL"))
    case nil: return .unusable(UnusableStore(reason: "its `config` has neither `connection_string` nor `backend`"))
    }
  }

  private func connectionString(in config: SettingsSection, _ engine: StoreDialect) -> StoreSetting {
    let directory = directory
    return setting("connection_string", in: config, engine: engine) { filled throws(MetaxyError) in
      try StoreURL(ibis: filled, relativeTo: directory)
    }
  }

  /// Reads a connection string that begins with a variable, so that its engine is known once it is filled.
  private func anyConnectionString(in config: SettingsSection) -> StoreSetting {
    let directory = directory
    return setting("connection_string", in: config) { filled throws(MetaxyError) in
      try StoreURL(ibis: filled, relativeTo: directory)
    }
  }

  // MARK: - PostgreSQL

  private func readPostgreSQL(_ config: SettingsSection?) -> StoreSetting {
    if let config, config.isSet("connection_string") { return connectionString(in: config, .postgresql) }
    if let config, config.isSet("url") { return setting("url", in: config, engine: .postgresql) }
    guard let parameters = config?.section("connection_params") else {
      return .unusable(
        UnusableStore(reason: "its `config` has none of `connection_string`, `connection_params` and `url`"))
    }
    return keywords(in: parameters)
  }

  /// Reads the arguments of a connection, most of which are libpq's keywords.
  private func keywords(in parameters: SettingsSection) -> StoreSetting {
    var keywords: [(name: String, value: FilledText)] = []
    for name in parameters.sectionNames where name != "autocommit" {
      guard let template = parameters.scalar(name) else { return .reported }
      do {
        keywords.append((name == "database" ? "dbname" : name, try parameters.fill(template)))
      } catch {
        let reason = "`connection_params.\(name)` needs the environment variable `\(error.name)`, which is not set"
        return .unusable(
          UnusableStore(
            reason: reason, hint: error.hint, diagnostic: parameters.diagnostic(name, reason), needsVariable: true,
            dialect: .postgresql))
      }
    }
    return .url(StoreURL(keywords: keywords))
  }

  // MARK: - SQLite

  private func readFile(_ config: SettingsSection?) -> StoreSetting {
    if let config, config.isSet("connection_string") { return connectionString(in: config, .sqlite) }
    let keys = ["url", "database", "path"]
    if let config, let key = keys.first(where: config.isSet) { return setting(key, in: config, engine: .sqlite) }
    if let parameters = config?.section("connection_params"), parameters.isSet("database") {
      return setting("database", in: parameters, engine: .sqlite)
    }
    return .unusable(UnusableStore(reason: "its `config` has none of \(Wording.list(["connection_string"] + keys))"))
  }
}

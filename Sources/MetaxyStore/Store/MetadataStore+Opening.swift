internal import MetaxyConfiguration
internal import MetaxyErrors
public import MetaxyFeatures
internal import MetaxyFiles

extension MetadataStore {
  /// Opens a store that `metaxy.toml` names, as the command does.
  ///
  /// - Parameters:
  ///   - name: the store; nil for the one that `METAXY_STORE` or `store` names, or the only one.
  ///   - registry: what `metaxy generate` wrote.
  ///   - directory: where the search for `metaxy.toml` begins, upwards; nil for the working directory.
  ///   - hashAlgorithm: what data versions are hashed with; nil for the store's `hash_algorithm`, or else MD5 as in Metaxy.
  /// - Throws: `MetaxyError`: `no_configuration`, `unknown_store`, `no_database`, what connecting throws;
  ///   where the store says `auto_create_tables`: `no_definitions`, `database_busy`, what creating tables throws.
  public static func open(
    _ name: String? = nil, registry: FeatureRegistry, directory: String? = nil, hashAlgorithm: HashAlgorithm? = nil
  ) async throws -> MetadataStore {
    let project = try Project.load(
      from: directory ?? Paths.current, environment: ProcessEnvironment.variables,
      overrides: Project.Overrides(store: name))
    let store = try project.store()
    let settings = project.configuration.sqlModel
    let opened = MetadataStore(
      store.url.rowDatabase(
        displayText: project.displayPath(store.url.target), timeouts: store.timeouts, owner: store.owner),
      store.url.dialect, registry: registry,
      hashAlgorithm: try hashAlgorithm ?? algorithm(of: store),
      requiresRecordedSnapshot: settings.isEnabled && settings.managesSystemTables, createsTables: store.createsTables)
    try await opened.connect()
    return opened
  }

  /// Opens a database by its URL: `sqlite:///metaxy.db`, `postgresql://me@host/metaxy`.
  ///
  /// - Parameters:
  ///   - url: as in `metaxy.toml`; a relative file is looked for from the working directory.
  ///   - registry: what `metaxy generate` wrote.
  ///   - hashAlgorithm: what data versions are hashed with.
  ///   - requiresRecordedSnapshot: whether a write is refused where the database does not hold the program's snapshot as
  ///     the one recorded last. False for databases without Metaxy's system tables.
  ///   - createsTables: whether missing tables of the project's own features are created, as for development. Then a
  ///     database in which no snapshot is recorded is written to, and one with another snapshot is not.
  /// - Throws: `MetaxyError`: `invalid_store_url`, `no_database`, what connecting throws; none shows a password.
  public static func open(
    url: String, registry: FeatureRegistry, hashAlgorithm: HashAlgorithm = .md5, requiresRecordedSnapshot: Bool = true,
    createsTables: Bool = false
  ) async throws -> MetadataStore {
    let url = try StoreURL(url, relativeTo: Paths.current)
    let opened = MetadataStore(
      url.rowDatabase(displayText: url.target, timeouts: Timeouts()), url.dialect, registry: registry,
      hashAlgorithm: hashAlgorithm, requiresRecordedSnapshot: requiresRecordedSnapshot, createsTables: createsTables)
    try await opened.connect()
    return opened
  }

  private static func algorithm(of store: Store) throws(MetaxyError) -> HashAlgorithm {
    guard let name = store.hashAlgorithm else { return .md5 }
    guard let algorithm = HashAlgorithm(rawValue: name.lowercased()) else {
      throw .unknownAlgorithm(name, store: store.name)
    }
    return algorithm
  }
}

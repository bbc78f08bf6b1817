internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
public import MetaxyFeatures
internal import MetaxyFiles
internal import MetaxyNames
internal import MetaxySQLiteDriver

extension MetadataStore {
  /// Opens a store that `metaxy.toml` names, as the command does.
  ///
  /// - Parameters:
  ///   - name: The name of the store; nil for the one that `METAXY_STORE` or `store` names, or the only one.
  ///   - registry: The registry that `metaxy generate` wrote.
  ///   - directory: Where the search for `metaxy.toml` starts, upwards; nil for the working directory.
  ///   - hashAlgorithm: The algorithm of data versions; nil for the `hash_algorithm` of the store, or else that of Metaxy: MD5,
  ///     since 0.1 XXH32.
  /// - Returns: The store, connected.
  /// - Throws: `MetaxyError`: `no_configuration`, `invalid_configuration`, `unknown_store`, `unknown_hash_algorithm`,
  ///   `no_database`, or the error of connecting; with `auto_create_tables` also `no_definitions`, `database_busy`, or
  ///   the error of creating tables.
  public static func open(
    _ name: String? = nil, registry: FeatureRegistry, directory: String? = nil, hashAlgorithm: HashAlgorithm? = nil
  ) async throws -> MetadataStore {
    let stores = try ConfiguredStores.load(
      from: directory.map { Paths.resolve($0, in: Paths.current) } ?? Paths.current,
      environment: ProcessEnvironment.variables, choosing: name)
    let store = try stores.store()
    let invocation = Invocation(
      configFile: directory == nil ? nil : stores.configFile, store: store.name, isPyproject: stores.isPyproject)
    if let generation = stores.configuration.generation, generation != registry.generation {
      throw MetaxyError.otherGeneration(registry.generation, configured: generation).completed(for: invocation)
    }
    let settings = stores.configuration.sqlModel
    let opened = MetadataStore(
      store.url.rowDatabase(
        displayText: store.url.writtenPath ?? stores.displayPath(store.url.target), timeouts: store.timeouts,
        owner: store.owner),
      store.url.dialect, registry: registry,
      hashAlgorithm: try hashAlgorithm ?? algorithm(of: store, registry.generation),
      requiresRecordedSnapshot: settings.isEnabled && settings.managesSystemTables, createsTables: store.createsTables,
      tablePrefix: store.tablePrefix, invocation: invocation)
    try await opened.connect()
    return opened
  }

  /// Opens a database by its URL: `sqlite:///metaxy.db`, `postgresql://me@host/metaxy`.
  ///
  /// - Parameters:
  ///   - url: The URL as in `metaxy.toml`; a relative path starts at the working directory.
  ///   - registry: The registry that `metaxy generate` wrote.
  ///   - hashAlgorithm: The algorithm of data versions; nil for that of Metaxy: MD5, since 0.1 XXH32.
  ///   - requiresRecordedSnapshot: Whether a write is refused where the snapshot of the program is not the one recorded
  ///     last in the database. False for databases without Metaxy's system tables.
  ///   - createsTables: Whether missing tables of the project's own features are created, for development. A database
  ///     without a recorded snapshot can then be written to, one with another snapshot cannot.
  ///   - tablePrefix: What the names of all tables start with, `table_prefix` in the configuration.
  /// - Returns: The store, connected.
  /// - Throws: `MetaxyError`: `invalid_store_url`, `no_database`, or the error of connecting; with `createsTables` also
  ///   `no_definitions`, `database_busy`. No error contains a password.
  public static func open(
    url: String, registry: FeatureRegistry, hashAlgorithm: HashAlgorithm? = nil,
    requiresRecordedSnapshot: Bool = true, createsTables: Bool = false, tablePrefix: String = ""
  ) async throws -> MetadataStore {
    let url = try StoreURL(url, relativeTo: Paths.current)
    let opened = MetadataStore(
      url.rowDatabase(displayText: url.target, timeouts: Timeouts()), url.dialect, registry: registry,
      hashAlgorithm: hashAlgorithm ?? .standard(in: registry.generation),
      requiresRecordedSnapshot: requiresRecordedSnapshot, createsTables: createsTables, tablePrefix: tablePrefix)
    try await opened.connect()
    return opened
  }

  /// Creates an empty SQLite database in memory, with the tables of the project's own features, for tests of programs.
  ///
  /// The rows are gone with the store. The registry must contain the definitions of the tables, which `metaxy generate`
  /// writes with `auto_create_tables = true`.
  ///
  /// - Parameters:
  ///   - registry: The registry that `metaxy generate` wrote.
  ///   - hashAlgorithm: The algorithm of data versions; nil for that of Metaxy: MD5, since 0.1 XXH32.
  /// - Returns: The store.
  /// - Throws: `MetaxyError`: `no_definitions`.
  public static func inMemory(
    registry: FeatureRegistry, hashAlgorithm: HashAlgorithm? = nil
  ) async throws -> MetadataStore {
    let opened = MetadataStore(
      SQLiteMemoryDatabase(), .sqlite, registry: registry,
      hashAlgorithm: hashAlgorithm ?? .standard(in: registry.generation),
      requiresRecordedSnapshot: false, createsTables: true,
      tablePrefix: try registry.definitions.map { text throws(MetaxyError) in
        try TableScript.firstPrefix(in: text, dialect: StoreDialect.sqlite.rawValue)
      } ?? "")
    try await opened.connect()
    return opened
  }

  private static func algorithm(
    of store: Store, _ generation: Generation
  ) throws(MetaxyError) -> HashAlgorithm {
    guard let name = store.hashAlgorithm else { return .standard(in: generation) }
    let known = HashAlgorithm.all(in: generation)
    guard let algorithm = HashAlgorithm(rawValue: name.lowercased()), known.contains(algorithm) else {
      throw .unknownAlgorithm(name, store: store.name, generation)
    }
    return algorithm
  }
}

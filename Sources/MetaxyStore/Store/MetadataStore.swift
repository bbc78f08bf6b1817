internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
public import MetaxyFeatures

/// A database that holds the rows of a project's features.
///
/// ```swift
/// let store = try await MetadataStore.open("dev", registry: .videoPipeline)
/// try await store.write(videos) { video in ["frames": hash(of: video.path), "audio": hash(of: video.path)] }
/// try await store.write(crops)
/// for row in try await store.read(RawVideo.self).where(RawVideo.Columns.durationSeconds > 5).all() {
///   print(row.path, row.dataVersion)
/// }
/// ```
///
/// The registry, which `metaxy generate` writes, says which types there are, and for which graph of features the program
/// was built. Tables are migrated by `metaxy upgrade` alone, but those that are missing in a store of development, which says
/// `auto_create_tables = true`: they are created when it is opened.
///
/// What a store is asked for happens one thing after the other, on a queue of its own, so that no task's thread is blocked.
/// A task that is cancelled stops what the database does for it, and gets a `CancellationError`. Connections are closed with
/// the store, or by ``close()``.
public actor MetadataStore {
  /// The registry that the store was opened with.
  public nonisolated let registry: FeatureRegistry
  /// What data versions are hashed with.
  public nonisolated let hashAlgorithm: HashAlgorithm

  let executor: StoreExecutor
  let database: any RowDatabase
  let dialect: StoreDialect
  /// Whether the database contains the snapshot for which it was migrated.
  let requiresRecordedSnapshot: Bool
  /// Whether missing tables are created when the store is opened.
  let createsTables: Bool
  private let features: [ObjectIdentifier: RegisteredFeature]
  private var connection: (any RowConnection)?
  /// An idle connection of an earlier stream, for the next one.
  var idleReader: (any RowConnection)?
  /// The tables that were checked.
  var knownTables: Set<KnownTable> = []

  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(
    _ database: any RowDatabase, _ dialect: StoreDialect, registry: FeatureRegistry, hashAlgorithm: HashAlgorithm,
    requiresRecordedSnapshot: Bool, createsTables: Bool
  ) {
    self.database = database
    self.dialect = dialect
    self.registry = registry
    self.hashAlgorithm = hashAlgorithm
    self.requiresRecordedSnapshot = requiresRecordedSnapshot
    self.createsTables = createsTables
    executor = StoreExecutor()
    let typed = registry.features.compactMap { feature in feature.type.map { (ObjectIdentifier($0), feature) } }
    features = Dictionary(typed) { first, _ in first }
  }

  /// Connects at once, so that opening the store reports connection errors.
  func connect() throws(MetaxyError) {
    if createsTables { try TableCreation(database, dialect, registry).createMissing() }
    connection = try database.openForRows(.writing)
  }

  /// Ends the connections. Whatever the store is asked for afterwards throws `store_closed`.
  public func close() {
    connection = nil
    idleReader = nil
  }

  /// Runs an operation on the store's connection; cancelling the calling task stops it.
  ///
  /// - Throws: `CancellationError` if the task is cancelled; `store_closed`.
  func perform<Result>(_ body: (any RowConnection) throws -> Result) async throws -> Result {
    guard let connection else { throw MetaxyError.storeClosed() }
    return try await perform(on: connection, body)
  }

  func perform<Result>(
    on connection: any RowConnection, _ body: (any RowConnection) throws -> Result
  ) async throws -> Result {
    try Task.checkCancellation()
    let interruptor = connection.interruptor
    // A late request must not stop the operation of another task.
    defer { interruptor.withdraw() }
    do {
      return try await withTaskCancellationHandler {
        try run(body, connection)
      } onCancel: {
        interruptor.request()
      }
    } catch {
      if Task.isCancelled, error is MetaxyError { throw CancellationError() }
      throw error
    }
  }

  /// Runs `body` on the actor; a closure only runs there if it captures the actor, so this is a method.
  private func run<Result>(
    _ body: (any RowConnection) throws -> Result, _ connection: any RowConnection
  ) throws -> Result { try body(connection) }

  /// Returns the layout of a type's rows.
  ///
  /// - Throws: `type_not_registered`, with the command that registers it.
  nonisolated func layout(of type: any Feature.Type) throws(MetaxyError) -> RowLayout {
    guard let feature = features[ObjectIdentifier(type)] else {
      throw .typeNotRegistered(type, project: registry.project)
    }
    return try layout(of: feature)
  }

  nonisolated func layout(of feature: RegisteredFeature) throws(MetaxyError) -> RowLayout {
    let layout = RowLayout(feature, dialect)
    if let missing = feature.idColumns.first(where: { layout.position(ofColumn: $0) == nil }) {
      throw .idColumnMissing(feature.key, missing)
    }
    return layout
  }
}

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
/// The registry, which `metaxy generate` writes, lists the types and the graph of features that the program was built
/// for. Tables are migrated by `metaxy upgrade`. Only a store with `auto_create_tables = true`, for development,
/// creates missing tables when it is opened.
///
/// A store does one thing at a time, on its own queue, so that no thread of a task is blocked. Cancelling a task
/// cancels its statement in the database and throws a `CancellationError`. Connections are closed by ``close()``, or
/// with the store.
public actor MetadataStore {
  /// The registry that the store was opened with; the names of tables are those of the store, with its `table_prefix`.
  public nonisolated let registry: FeatureRegistry
  /// The algorithm of data versions.
  public nonisolated let hashAlgorithm: HashAlgorithm

  let executor: StoreExecutor
  let database: any RowDatabase
  let dialect: StoreDialect
  /// Whether the database contains the snapshot for which it was migrated.
  let requiresRecordedSnapshot: Bool
  /// Whether missing tables are created when the store is opened.
  let createsTables: Bool
  /// What the names of the tables start with.
  let tablePrefix: String
  /// The flags with which the command works on the same store, for the commands in hints.
  nonisolated let invocation: Invocation
  private let features: [ObjectIdentifier: RegisteredFeature]
  private var connection: (any RowConnection)?
  /// An idle connection of an earlier stream, for the next one.
  var idleReader: (any RowConnection)?
  /// The tables that were checked.
  ///
  /// Only code that was passed a connection uses it, so it runs on the queue of the store.
  nonisolated(unsafe) var knownTables: Set<KnownTable> = []
  /// What determines the newest rows of tables; used as ``knownTables``.
  nonisolated(unsafe) var knownOrders = KnownOrders()

  /// The queue of the store.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(
    _ database: any RowDatabase, _ dialect: StoreDialect, registry: FeatureRegistry, hashAlgorithm: HashAlgorithm,
    requiresRecordedSnapshot: Bool, createsTables: Bool, tablePrefix: String = "",
    invocation: Invocation = Invocation()
  ) {
    let registry = registry.prefixingTables(with: tablePrefix)
    self.tablePrefix = tablePrefix
    self.database = database
    self.dialect = dialect
    self.registry = registry
    self.hashAlgorithm = hashAlgorithm
    self.requiresRecordedSnapshot = requiresRecordedSnapshot
    self.createsTables = createsTables
    self.invocation = invocation
    executor = StoreExecutor()
    let typed = registry.features.compactMap { feature in feature.type.map { (ObjectIdentifier($0), feature) } }
    features = Dictionary(typed) { first, _ in first }
  }

  /// Connects at once, so that opening the store reports connection errors.
  func connect() throws(MetaxyError) {
    do {
      if createsTables { try TableCreation(database, dialect, registry, prefix: tablePrefix).createMissing() }
      connection = try database.openForRows(.writing)
    } catch {
      throw error.completed(for: invocation)
    }
  }

  /// Closes the connections.
  ///
  /// Every later call of the store throws `store_closed`.
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
    } catch let error as MetaxyError {
      // Only a cancelled task interrupts the connection of a store.
      if Task.isCancelled || error.code == .interrupted { throw CancellationError() }
      throw error.completed(for: invocation)
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
      throw .typeNotRegistered(type, project: registry.project).completed(for: invocation)
    }
    return try layout(of: feature)
  }

  nonisolated func layout(of feature: RegisteredFeature) throws(MetaxyError) -> RowLayout {
    let layout = RowLayout(feature, dialect, registry.generation)
    if let missing = feature.idColumns.first(where: { layout.position(ofColumn: $0) == nil }) {
      throw .idColumnMissing(feature.key, missing).completed(for: invocation)
    }
    if let shared = layout.fieldsOfOneMember { throw .membersShared(feature.key, shared) }
    return layout
  }
}

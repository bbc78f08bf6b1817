internal import MetaxyDatabase
internal import MetaxyErrors
public import MetaxyFeatures

/// Several reads and writes of a store that take effect together; see ``MetadataStore/transaction(_:)``.
///
/// After an error nothing of the transaction is kept, even if the program catches it.
public final class StoreTransaction {
  private let store: MetadataStore
  private let connection: any RowConnection
  /// The first error, with which the transaction ends.
  private(set) var failure: (any Error)?
  private var isEnded = false

  init(_ store: MetadataStore, _ connection: any RowConnection) {
    self.store = store
    self.connection = connection
  }

  func end() { isEnded = true }

  /// Writes rows of a feature with dependencies, as ``MetadataStore/write(_:_:allowingOtherProjects:materializationID:)``.
  ///
  /// - Parameters:
  ///   - rows: The rows. No two of them have the same ID columns.
  ///   - mode: What is done with samples that have rows already. Default: the rows are appended.
  ///   - allowingOtherProjects: Whether rows of a feature of another project may be written.
  /// - Returns: The number of rows written, without skipped ones.
  /// - Throws: As ``MetadataStore/write(_:_:allowingOtherProjects:materializationID:)``; `transaction_ended`.
  @discardableResult
  public func write<Root: Feature>(
    _ rows: some Sequence<Root>, _ mode: WriteMode = .appending, allowingOtherProjects: Bool = false
  ) throws -> Int {
    try run { store, connection in
      try store.insert(rows, mode, store.computedValues(Root.self, nil), allowingOtherProjects, connection)
    }
  }

  /// Writes rows of a feature without dependencies, as
  /// ``MetadataStore/write(_:_:allowingOtherProjects:materializationID:dataVersions:)``.
  ///
  /// - Parameters:
  ///   - rows: The rows. No two of them have the same ID columns.
  ///   - mode: What is done with samples that have rows already. Default: the rows are appended.
  ///   - allowingOtherProjects: Whether rows of a feature of another project may be written.
  ///   - dataVersions: Returns, for every field of the feature, a hash or another text that changes with the data.
  /// - Returns: The number of rows written, without skipped ones.
  /// - Throws: As ``MetadataStore/write(_:_:allowingOtherProjects:materializationID:dataVersions:)``; `transaction_ended`.
  @discardableResult
  public func write<Root: Feature>(
    _ rows: some Sequence<Root>, _ mode: WriteMode = .appending, allowingOtherProjects: Bool = false,
    dataVersions: @escaping (Root) throws -> [FieldKey: String]
  ) throws -> Int {
    try run { store, connection in
      try store.insert(rows, mode, store.givenValues(dataVersions, nil), allowingOtherProjects, connection)
    }
  }

  /// Deletes the rows that a request finds, as ``RowRequest/delete(_:allowingOtherProjects:)``.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - mode: Whether the rows leave, or are marked. Default: they leave.
  ///   - allowingOtherProjects: Whether rows of a feature of another project may be deleted.
  /// - Returns: The number of rows deleted, or of samples marked.
  /// - Throws: As ``RowRequest/delete(_:allowingOtherProjects:)``; `transaction_ended`.
  @discardableResult
  public func delete<Root: Feature>(
    _ request: RowRequest<Root>, _ mode: DeletionMode = .hard, allowingOtherProjects: Bool = false
  ) throws -> Int {
    try run { store, connection in try store.delete(request, mode, allowingOtherProjects, connection) }
  }

  /// Returns a request for rows, to be fetched with ``all(_:)`` or deleted in the same transaction; as
  /// ``MetadataStore/read(_:history:)``.
  public func read<Root: Feature>(_ type: Root.Type, history: Bool = false) -> RowRequest<Root> {
    store.read(type, history: history)
  }

  /// Fetches the rows of a request, with those that the transaction has written.
  ///
  /// - Throws: As ``RowRequest/all()``; `transaction_ended`.
  public func all<Root: Feature>(_ request: RowRequest<Root>) throws -> [StoredRow<Root>] {
    try run { store, connection in try store.all(request, connection) }
  }

  /// Counts the rows of a request, with those that the transaction has written.
  ///
  /// - Throws: As ``RowRequest/count()``; `transaction_ended`.
  public func count<Root: Feature>(_ request: RowRequest<Root>) throws -> Int {
    try run { store, connection in try store.count(request, connection) }
  }

  func run<Result>(_ body: (MetadataStore, any RowConnection) throws -> Result) throws -> Result {
    guard !isEnded else { throw MetaxyError.transactionEnded() }
    // PostgreSQL refuses everything after an error, and would not keep the statements before it either.
    if let failure { throw failure }
    do {
      return try body(store, connection)
    } catch {
      failure = error
      throw error
    }
  }
}

extension MetadataStore {
  /// Runs several reads and writes that take effect together, or not at all.
  ///
  /// ```swift
  /// try await store.transaction { transaction in
  ///   try transaction.delete(transaction.read(VideoCrop.self).where(VideoCrop.Columns.height == nil))
  ///   try transaction.write(crops)
  /// }
  /// ```
  ///
  /// The closure runs on the queue of the store, so it does not wait for other tasks; no other task uses the store
  /// meanwhile. On PostgreSQL a read sees what other programs have committed when it starts; on SQLite the transaction
  /// excludes other writers.
  ///
  /// - Parameter body: Returns a result, with which the transaction is committed, or throws an error, with which it is
  ///   rolled back. An error of the transaction's own functions rolls it back even if the closure catches it.
  /// - Returns: What `body` returns.
  /// - Throws: What `body` throws; the first error of the transaction; `CancellationError` when the task is cancelled.
  public func transaction<Result: Sendable>(
    _ body: @Sendable (StoreTransaction) throws -> Result
  ) async throws -> Result {
    try await change { connection in
      let transaction = StoreTransaction(self, connection)
      defer { transaction.end() }
      let result = try body(transaction)
      if let failure = transaction.failure { throw failure }
      return result
    }
  }
}

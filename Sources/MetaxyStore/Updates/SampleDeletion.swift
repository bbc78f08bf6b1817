internal import MetaxyDatabase
internal import MetaxyErrors
public import MetaxyFeatures

extension MetadataStore {
  /// Deletes all rows of some samples in the current version of a feature.
  ///
  /// ```swift
  /// try await store.delete(update.orphaned)
  /// ```
  ///
  /// All samples are deleted, or none.
  ///
  /// - Parameters:
  ///   - samples: The samples, as ``resolveUpdate(_:)`` finds them.
  ///   - mode: Whether the rows leave, or are marked. Default: they leave.
  ///   - allowingOtherProjects: Whether rows of a feature of another project may be deleted.
  /// - Returns: The number of rows deleted, or of samples marked.
  /// - Throws: As ``RowRequest/delete(_:allowingOtherProjects:)``.
  @discardableResult
  public func delete<Root: Feature>(
    _ samples: some Sequence<SampleID<Root>> & Sendable, _ mode: DeletionMode = .hard,
    allowingOtherProjects: Bool = false
  ) async throws -> Int {
    try await change { connection in try delete(samples, mode, allowingOtherProjects, connection) }
  }

  /// Deletes samples in the current transaction.
  nonisolated func delete<Root: Feature>(
    _ samples: some Sequence<SampleID<Root>>, _ mode: DeletionMode, _ allowsOtherProjects: Bool,
    _ connection: any RowConnection
  ) throws -> Int {
    let layout = try layout(of: Root.self)
    let marking = mode == .soft ? try SoftDeletion(layout, self) : nil
    try requireWritable(layout, allowsOtherProjects, connection)
    let lookup = NewestLookup(layout: layout, database: database)
    var count = 0
    // Samples of one update have the same columns.
    for (columns, samples) in Dictionary(grouping: samples, by: \.columns) {
      for start in stride(from: 0, to: samples.count, by: Self.batchOfSamples) {
        try Task.checkCancellation()
        let batch = samples[start..<min(start + Self.batchOfSamples, samples.count)]
        let ids = batch.map(\.id)
        if let marking {
          let rows = try lookup.newest(ids, by: columns, connection)
          count += try marking.mark(rows.sql, rows.parameters, connection)
        } else {
          count += try lookup.delete(ids, by: columns, connection)
        }
      }
    }
    return count
  }

  private static var batchOfSamples: Int { 1000 }
}

extension StoreTransaction {
  /// Deletes all rows of some samples, as ``MetadataStore/delete(_:_:allowingOtherProjects:)``.
  ///
  /// - Parameters:
  ///   - samples: The samples.
  ///   - mode: Whether the rows leave, or are marked. Default: they leave.
  ///   - allowingOtherProjects: Whether rows of a feature of another project may be deleted.
  /// - Returns: The number of rows deleted, or of samples marked.
  /// - Throws: As ``RowRequest/delete(_:allowingOtherProjects:)``; `transaction_ended`.
  @discardableResult
  public func delete<Root: Feature>(
    _ samples: some Sequence<SampleID<Root>>, _ mode: DeletionMode = .hard, allowingOtherProjects: Bool = false
  ) throws -> Int {
    try run { store, connection in try store.delete(samples, mode, allowingOtherProjects, connection) }
  }
}

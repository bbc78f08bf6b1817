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
  ///   - allowingOtherProjects: Whether rows of a feature of another project may be deleted.
  /// - Returns: The number of rows deleted.
  /// - Throws: As ``RowRequest/delete(allowingOtherProjects:)``.
  @discardableResult
  public func delete<Root: Feature>(
    _ samples: some Sequence<SampleID<Root>> & Sendable, allowingOtherProjects: Bool = false
  ) async throws -> Int {
    try await change { connection in try delete(samples, allowingOtherProjects, connection) }
  }

  /// Deletes samples in the current transaction.
  nonisolated func delete<Root: Feature>(
    _ samples: some Sequence<SampleID<Root>>, _ allowsOtherProjects: Bool, _ connection: any RowConnection
  ) throws -> Int {
    let layout = try layout(of: Root.self)
    try requireSeed(for: "`delete`")
    try requireWritable(layout, allowsOtherProjects, connection)
    let lookup = NewestLookup(layout: layout, database: database)
    var count = 0
    // Samples of one update have the same columns.
    for (columns, samples) in Dictionary(grouping: samples, by: \.columns) {
      for start in stride(from: 0, to: samples.count, by: Self.batchOfSamples) {
        try Task.checkCancellation()
        let batch = samples[start..<min(start + Self.batchOfSamples, samples.count)]
        count += try lookup.delete(batch.map(\.id), by: columns, connection)
      }
    }
    return count
  }

  private static var batchOfSamples: Int { 1000 }
}

extension StoreTransaction {
  /// Deletes all rows of some samples, as ``MetadataStore/delete(_:allowingOtherProjects:)``.
  ///
  /// - Parameters:
  ///   - samples: The samples.
  ///   - allowingOtherProjects: Whether rows of a feature of another project may be deleted.
  /// - Returns: The number of rows deleted.
  /// - Throws: As ``RowRequest/delete(allowingOtherProjects:)``; `transaction_ended`.
  @discardableResult
  public func delete<Root: Feature>(
    _ samples: some Sequence<SampleID<Root>>, allowingOtherProjects: Bool = false
  ) throws -> Int {
    try run { store, connection in try store.delete(samples, allowingOtherProjects, connection) }
  }
}

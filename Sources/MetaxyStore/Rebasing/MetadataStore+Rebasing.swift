internal import MetaxyDatabase
internal import MetaxyErrors
public import MetaxyFeatures

/// The rows that took over the data of a former version.
public struct RebasedRows: Sendable, Hashable {
  /// The number of rows added to the current version.
  public let rebased: Int
  /// The number of samples that have parents and no row in either version: they must be computed.
  public let toCompute: Int
}

extension MetadataStore {
  /// Appends rows of the current version of a derived feature that take over the data of a former version.
  ///
  /// ```swift
  /// try await store.rebase(VideoCrop.self, from: "949fc0fa")
  /// ```
  ///
  /// A version changes with the graph, and a sample need not: it would be computed from the same data by the same code if
  /// the hashes of its fields, as they are computed from its parents now, are those of its former row. Then a copy of that row is
  /// appended, with its values and data versions, and the versions of now. If the hash of a field differs, nothing is changed,
  /// and the error has the sample and its fields; since Metaxy 0.1 fields whose data did not change all the same can be listed. Their
  /// provenance becomes that of now, and their data version stays, so that what is computed from them stays up to date.
  ///
  /// Existing rows are never changed. Samples that have a row in the current version, and those without parents, are left out. The newest
  /// row of a sample is taken, and none that is deleted.
  ///
  /// - Parameters:
  ///   - type: The type of the rows.
  ///   - version: The former version of the feature.
  ///   - fields: The fields whose data is the same although their hashes differ, for example after a new code version.
  ///   - materializationID: The run that writes the rows, since Metaxy 0.1.
  ///   - allowingOtherProjects: Whether rows of a feature of another project may be written.
  /// - Returns: The numbers of rows and samples.
  /// - Throws: `MetaxyError`: `rows_outdated` with the fields that must be computed again; `data_versions_needed` for a
  ///   feature without dependencies; and as ``UpdateRequest/all()`` and
  ///   ``write(_:_:allowingOtherProjects:materializationID:)``. `CancellationError` when the task is cancelled.
  @discardableResult
  public func rebase<Root: Feature>(
    _ type: Root.Type, from version: String, unchanged fields: Set<FieldKey> = [], materializationID: String? = nil,
    allowingOtherProjects: Bool = false
  ) async throws -> RebasedRows {
    let layout = try layout(of: type)
    try requireRuns(materializationID)
    let rule = try RebasedVersion(layout, self, from: version, unchanged: fields, materializationID)
    let request = resolveUpdate(type)
    let isApart = try await perform { connection in
      try requireTables(of: request, connection)
      return connection.keepsCursorsApart
    }
    let reader = isApart ? nil : try database.openForRows(.reading)
    let interruptor = reader?.interruptor
    return try await withTaskCancellationHandler {
      try await change { connection in
        try requireWritable(layout, allowingOtherProjects, connection)
        return try rebase(request, rule, reader ?? connection, connection)
      }
    } onCancel: {
      interruptor?.request()
    }
  }

  private func rebase<Root: Feature>(
    _ request: UpdateRequest<Root>, _ rule: RebasedVersion, _ source: any RowConnection, _ connection: any RowConnection
  ) throws -> RebasedRows {
    let updates = try request.reader()
    let query = try request.query(.streaming, source)
    let cursor = try query.cursor(partSize: RowRebasing<Root>.batchSize, source)
    let rebasing = RowRebasing<Root>(rule, database, connection)
    var row: [SQLValue] = []
    while try cursor.next(into: &row) {
      if query.isTied(row) { throw try ambiguity(of: request.tables(), source) }
      if let sample = try updates.read(row), sample.change == .new { try rebasing.take(sample) }
    }
    return try rebasing.finish()
  }
}

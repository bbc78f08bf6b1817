internal import MetaxyDatabase
internal import MetaxyErrors
public import MetaxyFeatures
internal import MetaxyNames

extension MetadataStore {
  /// Appends rows of a feature with dependencies.
  ///
  /// The data versions are computed from the rows of the parents: those of the parent's current version with the same
  /// ID columns. If a parent has several such rows, they must agree on the fields that are needed. The rule is
  /// Metaxy's. Since Metaxy 0.1 the lineage of the dependency decides which rows are the parents, and of each sample the
  /// latest row counts.
  ///
  /// All rows are written, or none.
  ///
  /// - Parameters:
  ///   - rows: The rows. No two of them have the same ID columns.
  ///   - allowingOtherProjects: Whether rows of a feature of another project may be written.
  ///   - materializationID: The run that writes the rows, which only rows since Metaxy 0.1 keep.
  /// - Returns: The number of rows written.
  /// - Throws: `MetaxyError`: `row_refused` with feature, row and column; `type_not_registered`, `invalid_registry`,
  ///   `snapshot_differs`, `snapshot_not_recorded`, `table_missing`, `table_drifted`, `other_project`,
  ///   `data_versions_needed`, `parent_ids_missing`, `store_closed`, or the error of the engine. `CancellationError`
  ///   when the task is cancelled.
  @discardableResult
  public func write<Root: Feature>(
    _ rows: some Sequence<Root> & Sendable, allowingOtherProjects: Bool = false, materializationID: String? = nil
  ) async throws -> Int {
    let layout = try layout(of: Root.self)
    guard !layout.hasGivenVersions else { throw MetaxyError.dataVersionsNeeded(layout.feature.key) }
    try requireRuns(materializationID)
    let system: any SystemValues<Root> =
      switch registry.generation {
      case .seed: try SeedValues<Root>(layout, registry, ComputedVersions<Root>(layout, self))
      case .release01:
        try RecordedValues<Root>(
          layout, self, ComputedProvenance<Root>(layout, self), materializationID: materializationID)
      }
    return try await append(rows, layout, system, allowingOtherProjects)
  }

  /// Appends rows with their data versions: those of a feature without dependencies.
  ///
  /// Since Metaxy 0.1 the data versions of a feature with dependencies can be given, too, in place of its provenance; a row for
  /// which none are returned has its provenance.
  ///
  /// ```swift
  /// try await store.write(videos) { video in ["frames": video.frameHash, "audio": video.audioHash] }
  /// ```
  ///
  /// All rows are written, or none.
  ///
  /// - Parameters:
  ///   - rows: The rows. No two of them have the same ID columns.
  ///   - allowingOtherProjects: Whether rows of a feature of another project may be written.
  ///   - materializationID: The run that writes the rows, which only rows since Metaxy 0.1 keep.
  ///   - dataVersions: Returns, for every field of the feature, a hash or another text that changes with the data.
  /// - Returns: The number of rows written.
  /// - Throws: As
  ///   ``write(_:allowingOtherProjects:materializationID:)``, with `data_versions_computed` in place of
  ///   `data_versions_needed`; and what `dataVersions` throws.
  @discardableResult
  public func write<Root: Feature>(
    _ rows: some Sequence<Root> & Sendable, allowingOtherProjects: Bool = false, materializationID: String? = nil,
    dataVersions: @escaping @Sendable (Root) throws -> [FieldKey: String]
  ) async throws -> Int {
    let layout = try layout(of: Root.self)
    try requireRuns(materializationID)
    return try await append(
      rows, layout, try system(layout, giving: dataVersions, materializationID), allowingOtherProjects)
  }

  /// Returns the system columns of rows whose data versions the program gives.
  private func system<Root: Feature>(
    _ layout: RowLayout, giving dataVersions: @escaping (Root) throws -> [FieldKey: String],
    _ materializationID: String?
  ) throws(MetaxyError) -> any SystemValues<Root> {
    switch registry.generation {
    case .seed:
      guard layout.hasGivenVersions else { throw .dataVersionsComputed(layout.feature.key) }
      return SeedValues<Root>(layout, registry, GivenVersions<Root>(layout, self, dataVersions))
    case .release01:
      let given = GivenHashes<Root>(layout, self, dataVersions)
      guard !layout.hasGivenVersions else {
        return RecordedValues<Root>(layout, self, given, materializationID: materializationID)
      }
      return RecordedValues<Root>(
        layout, self, try ComputedProvenance<Root>(layout, self), given: given, materializationID: materializationID)
    }
  }

  /// Refuses the name of a run for rows that cannot keep it.
  private func requireRuns(_ materializationID: String?) throws(MetaxyError) {
    guard materializationID == nil || registry.generation == .release01 else {
      throw .noMaterializationID(registry.project)
    }
  }

  private func append<Root: Feature>(
    _ rows: some Sequence<Root>, _ layout: RowLayout, _ system: any SystemValues<Root>, _ allowsOtherProjects: Bool
  ) async throws -> Int {
    guard allowsOtherProjects || layout.feature.project == registry.project else {
      throw MetaxyError.otherProject(layout.feature, own: registry.project)
    }
    return try await perform { connection in
      do {
        return try inTransaction(connection) {
          try requireRecordedSnapshot(connection)
          try requireTable(layout, for: .writing, connection)
          for parent in system.parents { try requireTable(parent, for: .reading, connection) }
          let writer = RowWriter(layout, system, connection)
          for row in rows { try writer.write(row) }
          return try writer.finish()
        }
      } catch {
        // The tables may have been migrated in the meantime.
        knownTables.removeAll()
        throw error
      }
    }
  }

  /// Runs `body` in a transaction; unlike ``Connection/transaction(_:)``, it can throw the program's errors.
  private func inTransaction<Result>(
    _ connection: any RowConnection, _ body: () throws -> Result
  ) throws -> Result {
    try connection.beginTransaction()
    do {
      let result = try body()
      try Task.checkCancellation()
      try connection.commitTransaction()
      return result
    } catch {
      connection.rollbackTransaction()
      throw error
    }
  }
}

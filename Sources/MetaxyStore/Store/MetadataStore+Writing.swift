internal import MetaxyDatabase
internal import MetaxyErrors
public import MetaxyFeatures
internal import MetaxyNames

extension MetadataStore {
  /// Writes rows of a feature with dependencies.
  ///
  /// The data versions are computed from the newest rows of the parents: those of the parent's current version with the
  /// same ID columns. If a parent has several rows that are equally new, they must agree on the fields that are needed.
  /// The rule is Metaxy's. Since Metaxy 0.1 the lineage of the dependency decides which rows are the parents, and of each
  /// sample the latest row counts.
  ///
  /// All rows are written, or none.
  ///
  /// - Parameters:
  ///   - rows: The rows. No two of them have the same ID columns.
  ///   - mode: What is done with samples that have rows already. Default: the rows are appended.
  ///   - allowingOtherProjects: Whether rows of a feature of another project may be written.
  ///   - materializationID: The run that writes the rows, which only rows since Metaxy 0.1 keep.
  /// - Returns: The number of rows written, without skipped ones.
  /// - Throws: `MetaxyError`: `row_refused` with feature, row and column; `type_not_registered`, `invalid_registry`,
  ///   `snapshot_differs`, `snapshot_not_recorded`, `table_missing`, `table_drifted`, `other_project`,
  ///   `data_versions_needed`, `parent_ids_missing`, `store_closed`, or the error of the engine. `CancellationError`
  ///   when the task is cancelled.
  @discardableResult
  public func write<Root: Feature>(
    _ rows: some Sequence<Root> & Sendable, _ mode: WriteMode = .appending, allowingOtherProjects: Bool = false,
    materializationID: String? = nil
  ) async throws -> Int {
    let system = try computedValues(Root.self, materializationID)
    return try await change { connection in try insert(rows, mode, system, allowingOtherProjects, connection) }
  }

  /// Writes rows with their data versions: those of a feature without dependencies.
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
  ///   - mode: What is done with samples that have rows already. Default: the rows are appended.
  ///   - allowingOtherProjects: Whether rows of a feature of another project may be written.
  ///   - materializationID: The run that writes the rows, which only rows since Metaxy 0.1 keep.
  ///   - dataVersions: Returns, for every field of the feature, a hash or another text that changes with the data.
  /// - Returns: The number of rows written, without skipped ones.
  /// - Throws: As
  ///   ``write(_:_:allowingOtherProjects:materializationID:)``, with `data_versions_computed` in place of `data_versions_needed`; and what `dataVersions`
  ///   throws.
  @discardableResult
  public func write<Root: Feature>(
    _ rows: some Sequence<Root> & Sendable, _ mode: WriteMode = .appending, allowingOtherProjects: Bool = false,
    materializationID: String? = nil, dataVersions: @escaping @Sendable (Root) throws -> [FieldKey: String]
  ) async throws -> Int {
    let system = try givenValues(dataVersions, materializationID)
    return try await change { connection in try insert(rows, mode, system, allowingOtherProjects, connection) }
  }

  /// Returns the system columns of rows of a feature with dependencies.
  nonisolated func computedValues<Root: Feature>(
    _ type: Root.Type, _ materializationID: String?
  ) throws(MetaxyError) -> any SystemValues<Root> {
    let layout = try layout(of: type)
    guard !layout.hasGivenVersions else { throw .dataVersionsNeeded(layout.feature.key) }
    try requireRuns(materializationID)
    guard layout.generation == .seed else {
      return RecordedValues<Root>(
        layout, self, try ComputedProvenance<Root>(layout, self), materializationID: materializationID)
    }
    return SeedValues<Root>(layout, registry, try ComputedVersions<Root>(layout, self))
  }

  /// Returns the system columns of rows whose data versions the program gives.
  nonisolated func givenValues<Root: Feature>(
    _ dataVersions: @escaping (Root) throws -> [FieldKey: String], _ materializationID: String?
  ) throws(MetaxyError) -> any SystemValues<Root> {
    let layout = try layout(of: Root.self)
    try requireRuns(materializationID)
    guard layout.generation == .release01 else {
      return SeedValues<Root>(layout, registry, try givenVersions(dataVersions))
    }
    let given = GivenHashes<Root>(layout, self, dataVersions)
    guard !layout.hasGivenVersions else {
      return RecordedValues<Root>(layout, self, given, materializationID: materializationID)
    }
    return RecordedValues<Root>(
      layout, self, try ComputedProvenance<Root>(layout, self), given: given, materializationID: materializationID)
  }

  /// Refuses the name of a run for rows that cannot keep it.
  nonisolated func requireRuns(_ materializationID: String?) throws(MetaxyError) {
    guard materializationID == nil || registry.generation == .release01 else {
      throw .noMaterializationID(registry.project)
    }
  }

  /// Returns the source of data versions of a feature without dependencies.
  nonisolated func givenVersions<Root: Feature>(
    _ dataVersions: @escaping (Root) throws -> [FieldKey: String]
  ) throws(MetaxyError) -> GivenVersions<Root> {
    let layout = try layout(of: Root.self)
    guard DataVersionRecipe.isExplicit(layout.feature) else { throw .dataVersionsComputed(layout.feature.key) }
    return GivenVersions(layout, self, dataVersions)
  }

  /// Writes rows in the current transaction.
  nonisolated func insert<Root: Feature>(
    _ rows: some Sequence<Root>, _ mode: WriteMode, _ system: any SystemValues<Root>, _ allowsOtherProjects: Bool,
    _ connection: any RowConnection
  ) throws -> Int {
    let layout = try layout(of: Root.self)
    try requireWritable(layout, allowsOtherProjects, connection)
    for parent in system.parents { try requireTable(parent, for: .reading, connection) }
    let writer = RowWriter(layout, self, system, mode, connection)
    for row in rows { try writer.write(row) }
    return try writer.finish()
  }

  /// Requires that the program may change the rows of a feature.
  nonisolated func requireWritable(
    _ layout: RowLayout, _ allowsOtherProjects: Bool, _ connection: any RowConnection
  ) throws(MetaxyError) {
    guard allowsOtherProjects || layout.feature.project == registry.project else {
      throw .otherProject(layout.feature, own: registry.project)
    }
    try requireRecordedSnapshot(connection)
    try requireTable(layout, for: .writing, connection)
  }

  /// Runs `body` in a transaction of the store's connection.
  func change<Result>(_ body: (any RowConnection) throws -> Result) async throws -> Result {
    try await perform { connection in
      do {
        return try inTransaction(connection) { try body(connection) }
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

internal import MetaxyErrors
public import MetaxyFeatures
internal import MetaxyRuntime

extension MetadataStore {
  /// Appends rows of a feature with dependencies.
  ///
  /// The data versions are computed from the rows of the parents: those of the parent's current version with the same
  /// ID columns. If a parent has several such rows, they must agree on the fields that are needed. The rule is
  /// Metaxy's.
  ///
  /// All rows are written, or none.
  ///
  /// - Parameters:
  ///   - rows: The rows. No two of them have the same ID columns.
  ///   - allowingOtherProjects: Whether rows of a feature of another project may be written.
  /// - Returns: The number of rows written.
  /// - Throws: `MetaxyError`: `row_refused` with feature, row and column; `type_not_registered`, `invalid_registry`,
  ///   `snapshot_differs`, `snapshot_not_recorded`, `table_missing`, `table_drifted`, `other_project`,
  ///   `data_versions_needed`, `parent_ids_missing`, `store_closed`, or the error of the engine. `CancellationError`
  ///   when the task is cancelled.
  @discardableResult
  public func write<Root: Feature>(
    _ rows: some Sequence<Root> & Sendable, allowingOtherProjects: Bool = false
  ) async throws -> Int {
    let layout = try layout(of: Root.self)
    guard !DataVersionRecipe.isExplicit(layout.feature) else {
      throw MetaxyError.dataVersionsNeeded(layout.feature.key)
    }
    return try await append(rows, layout, ComputedVersions(layout, self), allowingOtherProjects)
  }

  /// Appends rows of a feature without dependencies, with their data versions.
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
  ///   - dataVersions: Returns, for every field of the feature, a hash or another text that changes with the data.
  /// - Returns: The number of rows written.
  /// - Throws: As
  ///   ``write(_:allowingOtherProjects:)``, with `data_versions_computed` in place of `data_versions_needed`; and what `dataVersions`
  ///   throws.
  @discardableResult
  public func write<Root: Feature>(
    _ rows: some Sequence<Root> & Sendable, allowingOtherProjects: Bool = false,
    dataVersions: @escaping @Sendable (Root) throws -> [FieldKey: String]
  ) async throws -> Int {
    let layout = try layout(of: Root.self)
    guard DataVersionRecipe.isExplicit(layout.feature) else {
      throw MetaxyError.dataVersionsComputed(layout.feature.key)
    }
    return try await append(rows, layout, GivenVersions(layout, self, dataVersions), allowingOtherProjects)
  }

  private func append<Root: Feature>(
    _ rows: some Sequence<Root>, _ layout: RowLayout, _ source: any DataVersionSource<Root>,
    _ allowsOtherProjects: Bool
  ) async throws -> Int {
    guard allowsOtherProjects || layout.feature.project == registry.project else {
      throw MetaxyError.otherProject(layout.feature, own: registry.project)
    }
    return try await perform { connection in
      do {
        return try inTransaction(connection) {
          try requireRecordedSnapshot(connection)
          try requireTable(layout, for: .writing, connection)
          for parent in source.parents { try requireTable(parent, for: .reading, connection) }
          let writer = RowWriter(layout, registry, source, connection)
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

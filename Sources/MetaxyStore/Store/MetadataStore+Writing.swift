internal import MetaxyDatabase
internal import MetaxyErrors
public import MetaxyFeatures

extension MetadataStore {
  /// Appends rows of a feature that is computed from others.
  ///
  /// The data versions are computed from the parents' rows: those of the parent's current version with the same ID columns.
  /// Where a parent has several, which all appended tables may, they must agree on the fields that are needed.
  ///
  /// All rows are written, or none.
  ///
  /// - Parameters:
  ///   - rows: each with ID columns of its own.
  ///   - allowingOtherProjects: whether rows of another project's feature may be written.
  /// - Returns: how many rows were written.
  /// - Throws: `MetaxyError`: `row_refused` with feature, row and column; `type_not_registered`, `snapshot_differs`,
  ///   `snapshot_not_recorded`, `table_missing`, `table_drifted`, `other_project`, `data_versions_needed`.
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

  /// Appends rows of a feature that is computed from no other, with the data versions that are given for them.
  ///
  /// ```swift
  /// try await store.write(videos) { video in ["frames": video.frameHash, "audio": video.audioHash] }
  /// ```
  ///
  /// All rows are written, or none.
  ///
  /// - Parameters:
  ///   - rows: each with ID columns of its own.
  ///   - allowingOtherProjects: whether rows of another project's feature may be written.
  ///   - dataVersions: a hash, or another text that changes with the data, for every field of the feature.
  /// - Returns: how many rows were written.
  /// - Throws: what ``write(_:allowingOtherProjects:)`` throws, but `data_versions_computed`; what `dataVersions` throws.
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

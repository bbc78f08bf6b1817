internal import MetaxyDatabase
internal import MetaxyErrors
public import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRows

/// How given samples differ from the rows of a feature without dependencies.
public struct RootUpdate<Root: Feature>: Sendable {
  /// The given samples that have no row.
  public internal(set) var new: [Root] = []
  /// The given samples whose newest row has another data version; since Metaxy 0.1 another provenance, which is what is given.
  public internal(set) var changed: [Root] = []
  /// The samples that have a row and are not among the given ones.
  public internal(set) var orphaned: [SampleID<Root>] = []
}

extension MetadataStore {
  /// Compares given samples with the newest rows of a feature without dependencies, in its current version.
  ///
  /// ```swift
  /// let update = try await store.resolveUpdate(samples: videos) { video in ["frames": video.frameHash] }
  /// try await store.write(update.new + update.changed) { video in ["frames": video.frameHash] }
  /// try await store.delete(update.orphaned)
  /// ```
  ///
  /// The rows are read once, by one query. The given samples are kept in memory.
  ///
  /// - Parameters:
  ///   - samples: All samples that exist now. No two of them have the same ID columns.
  ///   - dataVersions: Returns, for every field of the feature, a hash or another text that changes with the data.
  /// - Returns: The samples that differ: given ones in their order, orphaned ones in an undefined order.
  /// - Throws: As ``MetadataStore/write(_:_:allowingOtherProjects:materializationID:dataVersions:)``, and `newest_row_ambiguous`.
  public func resolveUpdate<Root: Feature>(
    samples: some Sequence<Root> & Sendable, dataVersions: @escaping @Sendable (Root) throws -> [FieldKey: String]
  ) async throws -> RootUpdate<Root> {
    let version = try givenVersion(dataVersions)
    let layout = try layout(of: Root.self)
    return try await perform { connection in
      try requireTable(layout, for: .reading, connection)
      var given = GivenSamples<Root>(layout)
      for sample in samples { try given.add(sample) { try version($0, connection) } }
      try readNewestVersions(of: layout, connection) { id, version in given.compare(id, version) }
      return given.update
    }
  }

  /// Returns the version that a given sample of a feature without dependencies would be written with.
  private func givenVersion<Root: Feature>(
    _ dataVersions: @escaping (Root) throws -> [FieldKey: String]
  ) throws(MetaxyError) -> (PendingRow<Root>, any RowConnection) throws -> RowVersion {
    let layout = try layout(of: Root.self)
    guard layout.hasGivenVersions else { throw .dataVersionsComputed(layout.feature.key) }
    guard layout.generation == .release01 else {
      let source = try givenVersions(dataVersions)
      return { row, connection in
        let versions = try source.dataVersions(of: [row], connection)
        return RowVersion(provenance: nil, FieldHashes(versions[0]), .seed)
      }
    }
    let source = GivenHashes<Root>(layout, self, dataVersions)
    let hashing = RowHashing(hashAlgorithm, length: registry.hashTruncationLength)
    return { row, connection in
      let hashes = try source.provenance(of: [row], connection)[0]
      return RowVersion(provenance: hashing.hash(of: hashes, layout.feature.fields), hashes, .release01)
    }
  }

  /// Calls `body` with the ID columns and the version of each newest row of a feature.
  private func readNewestVersions(
    of layout: RowLayout, _ connection: any RowConnection, _ body: ([SQLValue], RowVersion) -> Void
  ) throws(MetaxyError) {
    let order = try NewestOrder(of: layout, connection)
    let ids = layout.feature.idColumns
    let version = "\(NewestRows.alias).\(SQLText.identifier(layout.generation.featureVersionColumn))"
    let newest = NewestRows(layout: layout, order: order, columns: ids + layout.versionColumns)
    let cursor = try connection.cursor(
      newest.text(where: ["\(version) = \(database.placeholder(1))"]), [.text(layout.feature.featureVersion)],
      partSize: 1024)
    var row: [SQLValue] = []
    while try cursor.next(into: &row) {
      if order.allowsTies, row.last?.integer ?? 1 > 1 {
        throw try ambiguity(of: [SelectedTable(layout: layout, selection: RowSelection())], connection)
      }
      let end = ids.count + layout.versionColumns.count
      body(Array(row[..<ids.count]), RowVersion(row[ids.count..<end], layout.generation))
    }
  }
}

/// Samples that a program gives, by their ID columns.
private struct GivenSamples<Root: Feature> {
  private let layout: RowLayout
  private var intake: RowIntake<Root>
  private var rows: [(row: Root, version: RowVersion, isNew: Bool, isChanged: Bool)] = []
  private var positions: [RowID: Int] = [:]
  private var orphaned: [SampleID<Root>] = []

  init(_ layout: RowLayout) {
    self.layout = layout
    intake = RowIntake(layout)
  }

  mutating func add(_ sample: Root, _ version: (PendingRow<Root>) throws -> RowVersion) throws {
    if rows.count.isMultiple(of: 1024) { try Task.checkCancellation() }
    let row = try intake.take(sample)
    positions[layout.normalisedID(row.id.values)] = rows.count
    rows.append((sample, try version(row), true, false))
  }

  /// Compares a stored row.
  mutating func compare(_ id: [SQLValue], _ version: RowVersion) {
    guard let position = positions[layout.normalisedID(id)] else {
      orphaned.append(SampleID(layout, columns: layout.feature.idColumns, id))
      return
    }
    rows[position].isNew = false
    rows[position].isChanged = !version.isComputed(as: rows[position].version)
  }

  var update: RootUpdate<Root> {
    RootUpdate(new: rows.filter(\.isNew).map(\.row), changed: rows.filter(\.isChanged).map(\.row), orphaned: orphaned)
  }
}

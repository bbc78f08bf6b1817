internal import MetaxyDatabase
internal import MetaxyErrors
public import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRows

/// How given samples differ from the rows of a feature without dependencies.
public struct RootUpdate<Root: Feature>: Sendable {
  /// The given samples that have no row.
  public internal(set) var new: [Root] = []
  /// The given samples whose newest row has another data version.
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
    try requireSeed(for: "`resolveUpdate`")
    let source = try givenVersions(dataVersions)
    let layout = try layout(of: Root.self)
    return try await perform { connection in
      try requireTable(layout, for: .reading, connection)
      var given = GivenSamples<Root>(layout)
      for sample in samples { try given.add(sample, source, connection) }
      try readNewestVersions(of: layout, connection) { id, version in given.compare(id, version) }
      return given.update
    }
  }

  /// Calls `body` with the ID columns and the data version of each newest row of a feature.
  private func readNewestVersions(
    of layout: RowLayout, _ connection: any RowConnection, _ body: ([SQLValue], SQLValue) -> Void
  ) throws(MetaxyError) {
    let order = try NewestOrder(of: layout, connection)
    let ids = layout.feature.idColumns
    let version = "\(NewestRows.alias).\(SQLText.identifier(SystemColumn.featureVersion.rawValue))"
    let newest = NewestRows(layout: layout, order: order, columns: ids + [SystemColumn.dataVersion.rawValue])
    let cursor = try connection.cursor(
      newest.text(where: ["\(version) = \(database.placeholder(1))"]), [.text(layout.feature.featureVersion)],
      partSize: 1024)
    var row: [SQLValue] = []
    while try cursor.next(into: &row) {
      if order.allowsTies, row.last?.integer ?? 1 > 1 {
        throw try ambiguity(of: [SelectedTable(layout: layout, selection: RowSelection())], connection)
      }
      body(Array(row[..<ids.count]), row[ids.count])
    }
  }
}

/// Samples that a program gives, by their ID columns.
private struct GivenSamples<Root: Feature> {
  private let layout: RowLayout
  private var intake: RowIntake<Root>
  private var rows: [(row: Root, version: DataVersions, isNew: Bool, isChanged: Bool)] = []
  private var positions: [RowID: Int] = [:]
  private var orphaned: [SampleID<Root>] = []

  init(_ layout: RowLayout) {
    self.layout = layout
    intake = RowIntake(layout)
  }

  mutating func add(_ sample: Root, _ source: GivenVersions<Root>, _ connection: any RowConnection) throws {
    if rows.count.isMultiple(of: 1024) { try Task.checkCancellation() }
    let row = try intake.take(sample)
    for version in try source.dataVersions(of: [row], connection) {
      positions[layout.normalisedID(row.id.values)] = rows.count
      rows.append((sample, version, true, false))
    }
  }

  /// Compares a stored row.
  mutating func compare(_ id: [SQLValue], _ version: SQLValue) {
    guard let position = positions[layout.normalisedID(id)] else {
      orphaned.append(SampleID(layout, columns: layout.feature.idColumns, id))
      return
    }
    rows[position].isNew = false
    let stored = version.text.flatMap(DataVersions.init)
    rows[position].isChanged = !(stored?.isEqual(to: rows[position].version) ?? false)
  }

  var update: RootUpdate<Root> {
    RootUpdate(new: rows.filter(\.isNew).map(\.row), changed: rows.filter(\.isChanged).map(\.row), orphaned: orphaned)
  }
}

internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRows

/// The rows of a feature that its table has already, for the samples of a batch.
struct StoredVersions<Root: Feature> {
  private let layout: RowLayout
  private let lookup: NewestLookup

  init(_ layout: RowLayout, _ database: any RowDatabase) {
    self.layout = layout
    lookup = NewestLookup(layout: layout, database: database)
  }

  /// Returns the positions of those rows whose version is not that of the newest row of their sample.
  ///
  /// - Throws: `row_refused` for a sample whose newest rows differ from each other.
  func changed(
    _ rows: [PendingRow<Root>], _ versions: [RowVersion], _ connection: any RowConnection
  ) throws(MetaxyError) -> [Int] {
    var found: [RowID: [RowVersion]] = [:]
    try lookup.rows(of: rows.map(\.id), layout.versionColumns, connection) { row in
      found[layout.normalisedID(row.id), default: []].append(RowVersion(row.values, layout.generation))
    }
    var changed: [Int] = []
    for position in rows.indices {
      let stored = found[layout.normalisedID(rows[position].id.values)] ?? []
      let isEqual = stored.map { $0.isEqual(to: versions[position]) }
      if isEqual.contains(true), isEqual.contains(false) { throw ambiguous(rows[position]) }
      if !isEqual.contains(true) { changed.append(position) }
    }
    return changed
  }

  /// Deletes the rows of these samples in the current version of the feature.
  func delete(_ rows: [PendingRow<Root>], _ connection: any RowConnection) throws(MetaxyError) {
    _ = try lookup.delete(rows.map(\.id), by: layout.feature.idColumns, connection)
  }

  private func ambiguous(_ row: PendingRow<Root>) -> MetaxyError {
    .rowRefused(
      layout.feature.key, row: row.number, id: layout.displayID(row.id.values),
      "the sample has several rows that are equally new, and their data versions differ",
      hints: [
        layout.generation == .seed
          ? .orderColumn(of: layout.feature.key)
          : "the greatest `\(SystemColumn01.updatedAt.rawValue)` of a sample must be in one row: delete the others"
      ])
  }
}

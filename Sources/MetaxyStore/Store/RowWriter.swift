internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures

/// Writes the rows of one feature, batch by batch.
final class RowWriter<Root: Feature> {
  private let layout: RowLayout
  private let system: any SystemValues<Root>
  private let connection: any RowConnection
  private var intake: RowIntake<Root>
  private let mode: WriteMode
  private let stored: StoredVersions<Root>
  private let columns: [String]
  private var batch: [PendingRow<Root>] = []
  private var values: [SQLValue] = []
  private var skipped = 0

  /// Large enough for efficient statements, and small enough for a list of parameters.
  private static var batchSize: Int { 1000 }

  init(
    _ layout: RowLayout, _ store: MetadataStore, _ system: any SystemValues<Root>, _ mode: WriteMode,
    _ connection: any RowConnection
  ) {
    self.layout = layout
    self.system = system
    self.connection = connection
    self.mode = mode
    stored = StoredVersions(layout, store.database)
    intake = RowIntake(layout)
    columns = layout.writtenColumns
  }

  func write(_ row: Root) throws {
    let pending = try intake.take(row)
    batch.append(pending)
    // They are set when the parents of the whole batch are known.
    for _ in layout.systemColumns { values.append(.null) }
    for position in layout.writtenPositions { values.append(pending.values[position]) }
    if batch.count == Self.batchSize { try flush() }
  }

  /// Writes the last batch and returns the number of rows written.
  func finish() throws -> Int {
    try flush()
    return intake.count - skipped
  }

  private func flush() throws {
    guard !batch.isEmpty else { return }
    try Task.checkCancellation()
    let width = columns.count
    let system = try system.values(of: batch, connection)
    for (position, system) in system.enumerated() {
      for (offset, value) in system.enumerated() { values[position * width + offset] = value }
    }
    switch mode {
    case .appending: break
    case .unlessUnchanged:
      let positions = layout.versionColumns.compactMap(layout.systemColumns.firstIndex)
      let versions = system.map { row in RowVersion(positions.map { row[$0] }, layout.generation) }
      keep(try stored.changed(batch, versions, connection))
    case .replacing: try stored.delete(batch, connection)
    }
    do throws(AppendFailure) {
      if !batch.isEmpty { try connection.append(values, to: layout.table, columns: columns) }
    } catch {
      throw refusal(error)
    }
    batch.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
  }

  /// Keeps only some rows of the batch.
  private func keep(_ positions: [Int]) {
    guard positions.count < batch.count else { return }
    skipped += batch.count - positions.count
    let width = columns.count
    values = positions.flatMap { values[$0 * width..<($0 + 1) * width] }
    batch = positions.map { batch[$0] }
  }

  private func refusal(_ failure: AppendFailure) -> MetaxyError {
    if let position = failure.position, batch.indices.contains(position) {
      let row = batch[position]
      return .rowRefused(
        layout.feature.key, row: row.number, id: layout.displayID(row.id.values), "the database refused it",
        hints: ["nothing was written; \(.check()) shows whether the table differs"], cause: failure.cause)
    }
    return .rowsRefused(
      layout.feature.key, rows: (batch.first?.number ?? intake.count)...intake.count, cause: failure.cause)
  }
}

/// A row that is not written yet.
struct PendingRow<Root: Feature> {
  let row: Root
  /// Its position in the write, from 1.
  let number: Int
  /// The values in the order of the layout's columns.
  let values: [SQLValue]
  let id: RowID

  init(row: Root, number: Int, values: [SQLValue], _ layout: RowLayout) {
    self.row = row
    self.number = number
    self.values = values
    id = RowID(layout.idPositions.map { values[$0] })
  }
}

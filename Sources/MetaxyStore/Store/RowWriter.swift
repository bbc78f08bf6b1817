internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures

/// Writes the rows of one feature, batch by batch.
final class RowWriter<Root: Feature> {
  private let layout: RowLayout
  private let system: any SystemValues<Root>
  private let connection: any RowConnection
  private let encoder: RowEncoder
  private let columns: [String]
  /// The position of each sample's row in the write.
  private var seen: [RowID: Int] = [:]
  private var batch: [PendingRow<Root>] = []
  private var values: [SQLValue] = []
  private var count = 0

  /// Large enough for efficient statements, and small enough for a list of parameters.
  private static var batchSize: Int { 1000 }

  init(_ layout: RowLayout, _ system: any SystemValues<Root>, _ connection: any RowConnection) {
    self.layout = layout
    self.system = system
    self.connection = connection
    encoder = RowEncoder(layout)
    columns = layout.writtenColumns
  }

  func write(_ row: Root) throws {
    count += 1
    do {
      try encoder.encode(row)
    } catch let problem as CellProblem {
      throw refusal(problem)
    } catch {
      throw refusal(CellProblem(column: nil, reason: "the row cannot be coded", cause: error))
    }
    let pending = PendingRow(row: row, number: count, values: encoder.values, layout)
    try check(pending)
    batch.append(pending)
    // They are set when the parents of the whole batch are known.
    for _ in layout.systemColumns { values.append(.null) }
    for position in layout.writtenPositions { values.append(encoder.values[position]) }
    if batch.count == Self.batchSize { try flush() }
  }

  /// Writes the last batch and returns the number of rows.
  func finish() throws -> Int {
    try flush()
    return count
  }

  private func refusal(_ problem: CellProblem) -> MetaxyError {
    let id = layout.idPositions.map { encoder.values.indices.contains($0) ? encoder.values[$0] : .null }
    return .rowRefused(
      layout.feature.key, row: count, id: id.contains(.null) ? "" : layout.displayID(id), column: problem.column,
      problem.reason, cause: problem.cause)
  }

  private func check(_ row: PendingRow<Root>) throws(MetaxyError) {
    for (position, value) in zip(layout.idPositions, row.id.values) where value == .null || value == .text("") {
      throw .rowRefused(
        layout.feature.key, row: row.number, id: "", column: layout.forms[position].name,
        "an ID column is \(value == .null ? "NULL" : "empty")")
    }
    if let first = seen.updateValue(row.number, forKey: row.id) {
      throw .rowRefused(
        layout.feature.key, row: row.number, id: layout.displayID(row.id.values),
        "row \(first) of the same write has the same ID")
    }
  }

  private func flush() throws {
    guard !batch.isEmpty else { return }
    try Task.checkCancellation()
    let width = columns.count
    for (position, system) in try system.values(of: batch, connection).enumerated() {
      for (offset, value) in system.enumerated() { values[position * width + offset] = value }
    }
    do throws(AppendFailure) {
      try connection.append(values, to: layout.table, columns: columns)
    } catch {
      throw refusal(error)
    }
    batch.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
  }

  private func refusal(_ failure: AppendFailure) -> MetaxyError {
    if let position = failure.position, batch.indices.contains(position) {
      let row = batch[position]
      return .rowRefused(
        layout.feature.key, row: row.number, id: layout.displayID(row.id.values), "the database refused it",
        hints: ["nothing was written; \(.check()) shows whether the table differs"], cause: failure.cause)
    }
    return .rowsRefused(
      layout.feature.key, rows: (batch.first?.number ?? count)...count, cause: failure.cause)
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

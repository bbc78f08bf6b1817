internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures

/// Takes rows from a program one by one: codes them, and refuses those without an ID, or with that of an earlier row.
struct RowIntake<Root: Feature> {
  private let layout: RowLayout
  private let encoder: RowEncoder
  private var seen = SeenSamples()
  /// The number of rows taken.
  private(set) var count = 0

  init(_ layout: RowLayout) {
    self.layout = layout
    encoder = RowEncoder(layout)
  }

  /// - Throws: `row_refused` with the row and the column.
  mutating func take(_ row: Root) throws(MetaxyError) -> PendingRow<Root> {
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
    return pending
  }

  private func refusal(_ problem: CellProblem) -> MetaxyError {
    let id = layout.idPositions.map { encoder.values.indices.contains($0) ? encoder.values[$0] : .null }
    return .rowRefused(
      layout.feature.key, row: count, id: id.contains(.null) ? "" : layout.displayID(id), column: problem.column,
      problem.reason, cause: problem.cause)
  }

  private mutating func check(_ row: PendingRow<Root>) throws(MetaxyError) {
    for (position, value) in zip(layout.idPositions, row.id.values) where value == .null || value == .text("") {
      throw .rowRefused(
        layout.feature.key, row: row.number, id: "", column: layout.forms[position].name,
        "an ID column is \(value == .null ? "NULL" : "empty")")
    }
    if let first = seen.add(row.id, at: row.number) {
      throw .rowRefused(
        layout.feature.key, row: row.number, id: layout.displayID(row.id.values),
        "row \(first) of the same write has the same ID")
    }
  }
}

internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRows

/// Appends, batch by batch, the rows of samples that take over the data of a former version.
final class RowRebasing<Root: Feature> {
  private let rule: RebasedVersion
  private let database: any RowDatabase
  private let connection: any RowConnection
  private var batch: [UpdatedSample<Root>] = []
  private var (rebased, toCompute) = (0, 0)
  private var layout: RowLayout { rule.layout }

  static var batchSize: Int { 500 }

  init(_ rule: RebasedVersion, _ database: any RowDatabase, _ connection: any RowConnection) {
    self.rule = rule
    self.database = database
    self.connection = connection
  }

  /// Takes a sample that has no row in the current version.
  func take(_ sample: UpdatedSample<Root>) throws {
    batch.append(sample)
    if batch.count == Self.batchSize { try flush() }
  }

  func finish() throws -> RebasedRows {
    try flush()
    return RebasedRows(rebased: rebased, toCompute: toCompute)
  }

  private func flush() throws {
    guard let columns = batch.first?.id.columns else { return }
    try Task.checkCancellation()
    let former = try formerRows(columns)
    var values: [SQLValue] = []
    for sample in batch {
      let rows = former[normalised(sample.id.id.values, columns)] ?? []
      if rows.isEmpty { toCompute += 1 }
      for row in rows { values += try rule.values(of: row, sample.dataVersion, sample.id.description) }
      rebased += rows.count
    }
    batch.removeAll(keepingCapacity: true)
    guard !values.isEmpty else { return }
    do throws(AppendFailure) {
      try connection.append(values, to: layout.table, columns: layout.writtenColumns)
    } catch {
      guard error.cause.code != .interrupted else { throw error.cause }
      throw MetaxyError.rowsRefused(layout.feature.key, rows: 1...max(1, rebased), cause: error.cause)
    }
  }

  /// Returns the newest rows of the batch in the former version, by the columns that name a sample.
  private func formerRows(_ columns: [String]) throws(MetaxyError) -> [RowID: [[SQLValue]]] {
    func name(_ column: String) -> String { "\(NewestRows.alias).\(SQLText.identifier(column))" }
    let order = try NewestOrder(of: layout, connection)
    var query = SampleQuery(layout.dialect, database)
    let version = query.place(.text(rule.former))
    let terms = [
      "\(name(layout.generation.featureVersionColumn)) = \(version)",
      query.condition(batch.map(\.id.id), columns.map(name)),
    ]
    let names = layout.writtenColumns
    let newest = NewestRows(layout: layout, order: order, columns: names)
    let cursor = try connection.cursor(newest.text(where: terms), query.parameters, partSize: nil)
    let positions = columns.compactMap { column in names.firstIndex { ScalarString($0) == ScalarString(column) } }
    var found: [RowID: [[SQLValue]]] = [:]
    var row: [SQLValue] = []
    while try cursor.next(into: &row) {
      let id = positions.map { row[$0] }
      if order.allowsTies, let copies = row.last?.integer, copies > 1 {
        let sample = SampleID<Root>(layout, columns: columns, id).description
        throw .newestRowAmbiguous(layout, sample: sample, rows: copies, value: nil)
      }
      found[normalised(id, columns), default: []].append(Array(row[..<names.count]))
    }
    return found
  }

  private func normalised(_ values: [SQLValue], _ columns: [String]) -> RowID {
    RowID(
      zip(columns, values).map { column, value in
        layout.position(ofColumn: column).map { layout.forms[$0].normalised(value) } ?? value
      })
  }
}

internal import MetaxyDatabase
internal import MetaxyErrors

/// Reads a file twice: first to find every value that cannot be imported, and every row that is in the table, then to write.
final class ImportCheck {
  private let table: FeatureTable
  private let file: String
  private let stop: () throws(MetaxyError) -> Void
  private var rows: ImportedRows
  private var existing: ExistingRows
  /// For each row of the file, whether it is in the table already.
  private(set) var isKnown: [Bool] = []
  private(set) var existingCount = 0
  /// The places of rows that are in the table, as far as they are reported.
  private(set) var existingRows: [Diagnostic] = []
  private var currentCount = 0

  private typealias Row = (line: Int, values: [SQLValue?])

  /// - Parameter stop: throws where the caller wants to stop.
  init(_ table: FeatureTable, _ file: String, stop: @escaping () throws(MetaxyError) -> Void) {
    self.table = table
    self.file = file
    self.stop = stop
    rows = ImportedRows(table, file)
    existing = ExistingRows(table)
  }

  /// Whether rows of the file have other feature versions than that of the sources, all of them.
  var isOutdated: Bool { !isKnown.isEmpty && currentCount == 0 }

  /// Large, because a table without an index is searched once for each batch; a statement has at most 32,766 parameters.
  private var batchSize: Int { max(1, min(5000, 30_000 / table.samples.idColumns.count)) }

  /// Reads the file for the first time.
  ///
  /// - Throws: `row_refused` with every place; `rows_file_refused`, `unknown_column`.
  func run(_ reader: any RowTextReader) throws(MetaxyError) {
    // A header is known before the first row.
    if !reader.columns.isEmpty { try rows.requireColumns(reader.columns) }
    try batches(of: reader) { batch throws(MetaxyError) in
      let known = try existing.positions(in: batch.map(\.values))
      for (position, row) in batch.enumerated() {
        isKnown.append(known.contains(position))
        if existing.version(of: row.values) == .text(table.currentVersion) { currentCount += 1 }
        guard known.contains(position) else { continue }
        existingCount += 1
        guard existingRows.count < ImportedRows.limit else { continue }
        let id = table.displayID(existing.id(of: row.values))
        let place = SourceLocation(file: file, line: row.line, column: 1)
        existingRows.append(Diagnostic("the row is in the table already: \(id)", at: place))
      }
    }
    try rows.requireNoProblems()
    if !isKnown.isEmpty { try rows.requireColumns(reader.columns) }
  }

  /// Reads the file again, writes the rows that are not in the table, and returns their number.
  ///
  /// - Throws: `row_refused` with the line.
  func write(_ reader: any RowTextReader) throws(MetaxyError) -> Int {
    let targets = rows.presence.keys.sorted()
    let names = targets.map { table.columns[$0].live.name }
    rows = ImportedRows(table, file)
    var (count, number) = (0, 0)
    try batches(of: reader) { batch throws(MetaxyError) in
      var lines: [Int] = []
      var values: [SQLValue] = []
      for row in batch {
        defer { number += 1 }
        // A file that grew since it was checked has rows that were not looked up.
        guard number < isKnown.count else {
          throw .columnRefused(file, line: row.line, "the file changes while it is read")
        }
        guard !isKnown[number] else { continue }
        lines.append(row.line)
        for target in targets { values.append(row.values[target] ?? .null) }
      }
      guard !lines.isEmpty else { return }
      do throws(AppendFailure) {
        try table.connection.append(values, to: table.samples.name, columns: names)
      } catch {
        let row = error.position.flatMap { lines.indices.contains($0) ? $0 : nil }
        throw .importRefused(
          file, table.key, lines: row.map { lines[$0]...lines[$0] } ?? lines[0]...lines[lines.count - 1],
          row: row.map { count + $0 + 1 }, cause: error.cause)
      }
      count += lines.count
    }
    try rows.requireNoProblems()
    return count
  }

  /// Reads the rows whose values can be imported, batch by batch.
  private func batches(
    of reader: any RowTextReader, _ body: ([Row]) throws(MetaxyError) -> Void
  ) throws(MetaxyError) {
    var batch: [Row] = []
    while let row = try reader.next() {
      if let values = try rows.values(of: row, reader.columns) { batch.append((row.line, values)) }
      guard batch.count == batchSize else { continue }
      try stop()
      try body(batch)
      batch.removeAll(keepingCapacity: true)
    }
    if !batch.isEmpty { try body(batch) }
  }
}

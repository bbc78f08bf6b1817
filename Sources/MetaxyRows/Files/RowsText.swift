internal import MetaxyConfiguration
internal import MetaxyDatabase
package import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyFileWriting
internal import MetaxyFiles
internal import MetaxyJSON

/// The rows of a feature as the text of a file.
package struct RowsText {
  private let table: FeatureTable
  private let columns: [TableColumn]
  private let query: RowsQuery
  private let format: RowFormat

  /// - Parameters:
  ///   - names: the names of the columns; nil for all that the database does not compute.
  ///   - version: the feature version of the rows; nil for all versions.
  ///   - hasHistory: whether all rows of a sample are written instead of the newest one.
  /// - Throws: `unknown_column`.
  package init(
    _ table: FeatureTable, columns names: [String]?, version: String?, hasHistory: Bool, _ format: RowFormat
  ) throws(MetaxyError) {
    self.table = table
    self.format = format
    columns =
      try names?.map { name throws(MetaxyError) in
        guard let column = table.column(name) else { throw .noColumnOfFeature(table, name) }
        return column
      } ?? table.columns.filter { !$0.live.isGenerated }
    query = try RowsQuery(table, columns, version: version, hasHistory: hasHistory)
  }

  /// Writes the text into a file, which takes its place when it is complete, and returns the number of rows.
  ///
  /// - Parameters:
  ///   - path: the absolute path.
  ///   - displayPath: the path for errors.
  ///   - overwrites: whether a file that exists is replaced.
  ///   - check: throws where the caller wants to stop.
  /// - Throws: `unwritable_file`; as ``write(check:_:)``.
  package func write(
    to path: String, displayPath: String, overwrites: Bool, check: () throws(MetaxyError) -> Void
  ) throws(MetaxyError) -> Int {
    guard overwrites || Files.kind(of: path) == nil else { throw .fileExists(displayPath, table.caller) }
    let draft = try FileDraft(of: path, displayPath: displayPath)
    let count = try write(check: check) { bytes throws(MetaxyError) in try draft.write(bytes) }
    try draft.finish(replacing: overwrites)
    return count
  }

  /// Passes the text to `write`, part by part, and returns the number of rows.
  ///
  /// - Throws: `newest_row_ambiguous` before the first part; `unreadable_row` with the sample and the column; what `check`
  ///   throws.
  package func write(
    check: () throws(MetaxyError) -> Void, _ write: ([UInt8]) throws(MetaxyError) -> Void
  ) throws(MetaxyError) -> Int {
    var writer = RowTextWriter(format, columns.map(\.form))
    let cursor = try table.connection.cursor(query.sql, query.parameters, partSize: Self.partSize)
    var row: [SQLValue] = []
    var cells: [Cell] = []
    var count = 0
    while try cursor.next(into: &row) {
      if query.countsCopies, let copies = row.last?.integer, copies > 1 { throw try ambiguity(row, copies) }
      cells.removeAll(keepingCapacity: true)
      for (position, column) in columns.enumerated() { cells.append(try cell(row[position], column, row)) }
      writer.append(cells)
      count += 1
      if writer.bytes.count >= Self.partOfText { try write(writer.take()) }
      if count.isMultiple(of: Self.partSize) { try check() }
    }
    try write(writer.take())
    return count
  }

  private static let partSize = 1000
  private static let partOfText = 1 << 16

  private func cell(_ value: SQLValue, _ column: TableColumn, _ row: [SQLValue]) throws(MetaxyError) -> Cell {
    do {
      let cell = try column.form.cell(value)
      if format == .jsonl, case .json(let text) = cell { try requireLine(text, column.form) }
      return cell
    } catch {
      throw .unreadableValue(table, id: table.displayID(row[columns.count...]), column.form.name, error.reason)
    }
  }

  /// Requires a JSON text that can be a value in a line.
  private func requireLine(_ text: String, _ column: RowColumn) throws(CellRefusal) {
    if column.isSystem, text.utf8.elementsEqual("null".utf8) {
      throw CellRefusal("the JSON value `null` is NULL in JSON Lines; CSV distinguishes them")
    }
    // The server checks its JSON.
    guard column.dialect == .sqlite, column.type == .json else { return }
    do {
      _ = try JSONNode(parsing: text.utf8, file: "")
    } catch {
      throw CellRefusal("`\(text.prefix(60))` is not JSON; CSV can contain it")
    }
  }

  private func ambiguity(_ row: [SQLValue], _ copies: Int64) throws(MetaxyError) -> MetaxyError {
    .newestRowAmbiguous(
      table.key, order: table.samples.orderColumn, sample: table.displayID(row[columns.count...]), rows: copies,
      value: nil, wayOut: table.caller.allRows)
  }
}

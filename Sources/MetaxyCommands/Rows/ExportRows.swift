internal import MetaxyConfiguration
internal import MetaxyDatabase
package import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyFileWriting
internal import MetaxyFiles
internal import MetaxyJSON
internal import MetaxyNames
package import MetaxyRows
internal import MetaxyRuntime

extension Commands {
  /// The options of `metaxy rows export FEATURE`.
  package struct RowExport: Sendable {
    /// The versions whose rows are exported.
    package enum Version: Sendable, Hashable {
      case current, all
      case version(String)
    }

    package var feature: String
    /// nil for the one of the file's name, or CSV.
    package var format: RowFormat?
    /// The file, relative to the working directory; nil for stdout.
    package var output: String?
    package var overwrites: Bool
    /// Whether all rows of a sample are exported instead of the newest one.
    package var hasHistory: Bool
    package var version: Version
    /// The names of the columns; nil for all that the database does not compute.
    package var columns: [String]?

    package init(
      feature: String, format: RowFormat?, output: String?, overwrites: Bool, hasHistory: Bool, version: Version,
      columns: [String]?
    ) {
      self.feature = feature
      self.format = format
      self.output = output
      self.overwrites = overwrites
      self.hasHistory = hasHistory
      self.version = version
      self.columns = columns
    }
  }

  /// Writes the rows of a feature into a file or to stdout.
  ///
  /// - Parameter print: writes a part of the text to stdout.
  package static func exportRows(
    _ context: CommandContext, _ request: RowExport, print: ([UInt8]) throws(MetaxyError) -> Void
  ) throws(MetaxyError) -> RowExportReport {
    let session = try ProjectSession(context)
    let path = request.output.map { Paths.resolve($0, in: context.workingDirectory) }
    if let path, let output = request.output, !request.overwrites, Files.kind(of: path) != nil {
      throw .fileExists(output)
    }
    let table = try FeatureTable(request.feature, session, for: .reading)
    let format = request.format ?? request.output.flatMap(RowFormat.ofFile) ?? .csv
    let text = try RowsText(table, request, format)
    let count: Int
    // An interrupted export leaves no draft of its file.
    context.interruption?.begin()
    if let path {
      let draft = try FileDraft(of: path, displayPath: request.output)
      count = try text.write(context) { bytes throws(MetaxyError) in try draft.write(bytes) }
      try draft.finish(replacing: request.overwrites)
    } else {
      count = try text.write(context, print)
      context.report(.note(Wording.count(count, "row") + " of \(table.key)"))
    }
    if count == 0, case .version(let version) = request.version {
      context.warn("there are no rows of the version `\(version)`; \(.statusOfRows()) lists the versions")
    }
    return RowExportReport(
      feature: table.key.text, table: table.samples.name.reportText, path: request.output, format: format, rows: count)
  }
}

/// The rows of a feature as the text of a file.
struct RowsText {
  private let table: FeatureTable
  private let columns: [TableColumn]
  private let query: RowsQuery
  private let format: RowFormat

  /// - Throws: `unknown_column`.
  init(_ table: FeatureTable, _ request: Commands.RowExport, _ format: RowFormat) throws(MetaxyError) {
    self.table = table
    self.format = format
    if let names = request.columns {
      columns = try names.map { name throws(MetaxyError) in
        guard let column = table.column(name) else { throw .noColumnOfFeature(table, name) }
        return column
      }
    } else {
      columns = table.columns.filter { !$0.live.isGenerated }
    }
    let version: String? =
      switch request.version {
      case .current: table.currentVersion
      case .all: nil
      case .version(let version): version
      }
    query = try RowsQuery(table, columns, version: version, hasHistory: request.hasHistory)
  }

  /// Passes the text to `write`, part by part, and returns the number of rows.
  ///
  /// - Throws: `newest_row_ambiguous` before the first part; `unreadable_row` with the sample and the column.
  func write(
    _ context: CommandContext, _ write: ([UInt8]) throws(MetaxyError) -> Void
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
      if count % Self.partSize == 0, context.interruption?.take() == true { throw .interrupted() }
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
      value: nil, wayOut: "`--history` exports all rows of a sample")
  }
}

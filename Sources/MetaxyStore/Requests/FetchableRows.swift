internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxySQLiteDriver

/// The purpose of a query.
enum RowQueryPurpose {
  case fetching, counting
  /// Its rows are fetched in parts, and the store may write between them.
  case streaming

  /// Returns the query for this purpose, from the one that finds the rows.
  func text(_ query: String, marksTies: Bool, _ dialect: StoreDialect) -> String {
    switch self {
    case .fetching: query
    case .counting: "SELECT count(*)\(marksTies ? ", max(copies)" : "") FROM (\(query)) AS counted"
    case .streaming where dialect == .sqlite:
      // A running statement may or may not see later writes of the same connection, so all rows are first read into a
      // temporary file. https://sqlite.org/isolation.html
      SQLiteVersion.loaded.obeysMaterialized
        ? "WITH found AS MATERIALIZED (\(query)) SELECT * FROM found"
        : "SELECT found.* FROM (SELECT 1) CROSS JOIN (SELECT * FROM (\(query)) LIMIT -1) AS found"
    case .streaming: query
    }
  }
}

/// The SQL of a request, for one connection.
struct PreparedRequest {
  let sql: String
  let parameters: [SQLValue]
  private let form: RowQueryForm

  init(
    _ purpose: RowQueryPurpose, _ query: String, _ form: RowQueryForm, _ parameters: [SQLValue], _ dialect: StoreDialect
  ) {
    sql = purpose.text(query, marksTies: form.marksTies, dialect)
    self.parameters = parameters
    self.form = form
  }

  /// Runs the query.
  func cursor(partSize: Int?, _ connection: any RowConnection) throws(MetaxyError) -> any RowCursor {
    try connection.cursor(sql, parameters, partSize: partSize, joinsWholeTables: form.joinsNewest)
  }

  /// Returns whether a row of the answer stands for rows that are equally new.
  func isTied(_ row: [SQLValue]) -> Bool { form.marksTies && (row.last?.integer ?? 1) > 1 }
}

/// What is known of a query that finds rows.
struct RowQueryForm {
  /// Whether the last column is more than 1 where rows are equally new.
  var marksTies = false
  /// Whether the newest rows of a feature, which are found by a query over its table, are joined with others.
  var joinsNewest = false
}

/// A table that a request reads, with the rows that it takes.
struct SelectedTable {
  let layout: RowLayout
  let selection: RowSelection
}

/// Rows that a store can fetch.
protocol FetchableRows<Row>: Sendable {
  associatedtype Row: Sendable
  associatedtype Reader
  var store: MetadataStore { get }

  func query(_ purpose: RowQueryPurpose, _ connection: any RowConnection) throws(MetaxyError) -> PreparedRequest
  /// The tables that are read.
  func tables() throws(MetaxyError) -> [SelectedTable]
  /// Returns the decoder of rows; a new one for each fetch, because it keeps state.
  func reader() throws(MetaxyError) -> Reader
  /// Returns the decoder of rows with columns of these names.
  func reader(of columns: [String]) throws(MetaxyError) -> Reader
  /// Returns what a row of the query stands for; nil for nothing.
  func decode(_ row: [SQLValue], _ reader: Reader) throws(MetaxyError) -> Row?
}

extension FetchableRows {
  func reader(of columns: [String]) throws(MetaxyError) -> Reader { try reader() }
}

extension MetadataStore {
  func all<Rows: FetchableRows>(_ rows: Rows) async throws -> [Rows.Row] {
    try await perform { connection in try all(rows, connection) }
  }

  /// Fetches all rows on a connection of the store.
  nonisolated func all<Rows: FetchableRows>(_ rows: Rows, _ connection: any RowConnection) throws -> [Rows.Row] {
    try requireTables(of: rows, connection)
    let query = try rows.query(.fetching, connection)
    let cursor = try query.cursor(partSize: nil, connection)
    let reader = try rows.reader(of: cursor.columnNames)
    var (row, found, read): ([SQLValue], [Rows.Row], Int) = ([], [], 0)
    while try cursor.next(into: &row) {
      if query.isTied(row) { throw try ambiguity(of: rows.tables(), connection) }
      read += 1
      if let row = try rows.decode(row, reader) { found.append(row) }
      if read.isMultiple(of: 1024) { try Task.checkCancellation() }
    }
    return found
  }

  func count(_ rows: some FetchableRows) async throws -> Int {
    try await perform { connection in try count(rows, connection) }
  }

  /// Counts rows on a connection of the store.
  nonisolated func count(_ rows: some FetchableRows, _ connection: any RowConnection) throws(MetaxyError) -> Int {
    try requireTables(of: rows, connection)
    let query = try rows.query(.counting, connection)
    var row: [SQLValue] = []
    _ = try query.cursor(partSize: nil, connection).next(into: &row)
    if query.isTied(row) { throw try ambiguity(of: rows.tables(), connection) }
    return Int(row.first?.integer ?? 0)
  }

  nonisolated func requireTables(of rows: some FetchableRows, _ connection: any RowConnection) throws(MetaxyError) {
    try requireTables(rows.tables(), connection)
  }

  nonisolated func requireTables(_ tables: [SelectedTable], _ connection: any RowConnection) throws(MetaxyError) {
    for table in tables { try requireTable(table.layout, for: .reading, connection) }
  }
}

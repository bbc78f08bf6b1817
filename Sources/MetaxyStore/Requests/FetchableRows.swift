internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures

/// The purpose of a query.
enum RowQueryPurpose {
  case fetching, counting
  /// Its rows are fetched in parts, and the store may write between them.
  case streaming

  /// Returns the query for this purpose, from the one that finds the rows.
  func text(_ query: String, _ dialect: StoreDialect) -> String {
    switch self {
    case .fetching: query
    case .counting: "SELECT count(*) FROM (\(query)) AS counted"
    case .streaming where dialect == .sqlite:
      // A running statement may or may not see later writes of the same connection, so all rows are first read into a
      // temporary file. https://sqlite.org/isolation.html
      "WITH found AS MATERIALIZED (\(query)) SELECT * FROM found"
    case .streaming: query
    }
  }
}

/// Rows that a store can fetch.
protocol FetchableRows<Row>: Sendable {
  associatedtype Row: Sendable
  associatedtype Reader
  var store: MetadataStore { get }

  func query(_ purpose: RowQueryPurpose) throws(MetaxyError) -> (sql: String, parameters: [SQLValue])
  /// The tables that are read.
  func layouts() throws(MetaxyError) -> [RowLayout]
  /// Returns the decoder of rows; a new one for each fetch, because it keeps state.
  func reader() throws(MetaxyError) -> Reader
  func decode(_ row: [SQLValue], _ reader: Reader) throws(MetaxyError) -> Row
}

extension FetchableRows {
  /// Returns ` ORDER BY … LIMIT … OFFSET …`, as far as it is needed.
  static func clauses(_ order: [String], _ bounds: RowBounds?) -> String {
    var text = order.isEmpty ? "" : " ORDER BY " + order.joined(separator: ", ")
    // A negative limit means no limit on SQLite, and is an error on PostgreSQL.
    if let bounds { text += " LIMIT \(max(0, bounds.count)) OFFSET \(max(0, bounds.offset))" }
    return text
  }
}

extension MetadataStore {
  func all<Rows: FetchableRows>(_ rows: Rows) async throws -> [Rows.Row] {
    let query = try rows.query(.fetching)
    let reader = try rows.reader()
    return try await perform { connection in
      try requireTables(of: rows, connection)
      let cursor = try connection.cursor(query.sql, query.parameters, partSize: nil)
      var (row, found): ([SQLValue], [Rows.Row]) = ([], [])
      while try cursor.next(into: &row) {
        found.append(try rows.decode(row, reader))
        if found.count.isMultiple(of: 1024) { try Task.checkCancellation() }
      }
      return found
    }
  }

  func count(_ rows: some FetchableRows) async throws -> Int {
    let query = try rows.query(.counting)
    return try await perform { connection in
      try requireTables(of: rows, connection)
      return Int(try connection.query(query.sql, query.parameters).first?.first?.integer ?? 0)
    }
  }

  func requireTables(of rows: some FetchableRows, _ connection: any RowConnection) throws(MetaxyError) {
    for layout in try rows.layouts() { try requireTable(layout, for: .reading, connection) }
  }
}

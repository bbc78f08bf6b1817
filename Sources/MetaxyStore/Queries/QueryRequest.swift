internal import MetaxyDatabase
internal import MetaxyErrors

/// A request for the answer of a query in SQL; see ``MetadataStore/query(_:columns:)`` and ``MetadataStore/query(_:as:)``.
public struct QueryRequest<Row: Sendable>: Sendable {
  let store: MetadataStore
  private let query: SQLQuery
  private let reading: QueryReading<Row>

  init(_ store: MetadataStore, _ query: SQLQuery, _ reading: QueryReading<Row>) {
    self.store = store
    self.query = query
    self.reading = reading
  }

  /// Fetches the rows.
  ///
  /// - Returns: Every row, in memory.
  /// - Throws: `MetaxyError`: `type_not_registered`, `table_missing`, `table_drifted`, `unknown_column`,
  ///   `condition_refused`, `unreadable_row`, `newest_row_ambiguous`, `store_closed`, or the error of the engine;
  ///   `CancellationError` when the task is cancelled.
  public func all() async throws -> [Row] {
    let fetch = RowFetch(self)
    var rows: [Row] = []
    while case let part = try await fetch.next(), !part.isEmpty { rows += part }
    return rows
  }

  /// Fetches the first row.
  ///
  /// - Returns: The row; nil if there is none.
  /// - Throws: As ``all()``.
  public func first() async throws -> Row? { try await RowFetch(self).next().first }

  /// The rows one after the other, in constant memory; see ``RowRequest/rows``.
  public var rows: ResultStream<Row> { ResultStream(self) }
}

extension MetadataStore {
  /// Returns a request for the answer of a query in SQL: a row is a tuple of its columns, or the value of one column.
  ///
  /// ```swift
  /// let lengths = try await store.query(
  ///   "SELECT \(RawVideo.Columns.container), count(*) FROM \(RawVideo.self) GROUP BY 1", columns: String.self, Int.self
  /// ).all()
  /// ```
  ///
  /// The query is one SELECT, which can only read: it runs in a read-only transaction on PostgreSQL, on a connection of its
  /// own. Numbers of PostgreSQL's type `numeric`, as `sum` of integers has, are read as `Decimal`; `CAST` gives others.
  ///
  /// - Parameters:
  ///   - query: A literal; see ``SQLQuery``.
  ///   - columns: The types of the columns, in their order; optional where there may be NULL.
  /// - Returns: The request.
  public nonisolated func query<each Value: Decodable & Sendable>(
    _ query: SQLQuery, columns: repeat (each Value).Type
  ) -> QueryRequest<(repeat each Value)> {
    QueryRequest(self, query, QueryReading(columns: repeat each columns))
  }

  /// Returns a request for the answer of a query in SQL: a row is a value that is decoded from its columns by their names.
  ///
  /// ```swift
  /// struct Length: Decodable { var container: String; var longest: Double? }
  /// let lengths = store.query("SELECT container, max(duration_seconds) AS longest FROM …", as: Length.self)
  /// ```
  ///
  /// - Parameters:
  ///   - query: A literal; see ``SQLQuery``. It is read as by ``query(_:columns:)``.
  ///   - type: The type of the rows. Each of its properties must be a column, also an optional one.
  /// - Returns: The request.
  public nonisolated func query<Row: Decodable & Sendable>(_ query: SQLQuery, as type: Row.Type) -> QueryRequest<Row> {
    QueryRequest(self, query, QueryReading(type))
  }
}

extension QueryRequest: FetchableRows {
  func query(_ purpose: RowQueryPurpose, _ connection: any RowConnection) throws(MetaxyError) -> PreparedRequest {
    var text = RowQuery(store)
    // Within another one it can only be a SELECT; the line ends after a comment.
    let query = "SELECT * FROM (\n\(try text.text(query, connection))\n) AS answer"
    return PreparedRequest(purpose, query, RowQueryForm(), text.parameters, store.dialect)
  }

  func tables() throws(MetaxyError) -> [SelectedTable] {
    var tables: [SelectedTable] = []
    for part in query.parts {
      switch part {
      case .table(let type), .column(let type, _), .columnValue(_, let type, _):
        tables.append(
          SelectedTable(layout: try store.layout(of: type), selection: RowSelection(hasHistory: true)))
      case .rows(let rows): tables += try rows.tables()
      case .text, .value, .null: break
      }
    }
    return tables
  }

  /// Returns the reader of an answer without columns.
  func reader() throws(MetaxyError) -> QueryReader<Row> { try reader(of: []) }

  func reader(of columns: [String]) throws(MetaxyError) -> QueryReader<Row> {
    try reading.reader(columns, store.dialect)
  }

  func decode(_ row: [SQLValue], _ reader: QueryReader<Row>) throws(MetaxyError) -> Row? { try reader.read(row) }
}

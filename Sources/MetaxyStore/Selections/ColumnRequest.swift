internal import MetaxyDatabase
internal import MetaxyErrors
public import MetaxyFeatures

/// A request for some columns of rows; see ``RowRequest/select(_:)`` and ``JoinedRequest/select(_:)``.
///
/// `Row` is a tuple of the columns' values, or the value of a single column.
public struct ColumnRequest<Row: Sendable>: Sendable {
  private let rowsRead: JoinedRows
  private let selected: SelectedColumns<Row>
  private var isDistinct = false
  var store: MetadataStore { rowsRead.store }

  init(_ rows: JoinedRows, _ selected: SelectedColumns<Row>) {
    rowsRead = rows
    self.selected = selected
  }

  /// Returns a request for the different combinations of values, each once.
  ///
  /// It can be sorted by selected columns only.
  public func distinct() -> Self {
    var request = self
    request.isDistinct = true
    return request
  }

  /// Fetches the columns.
  ///
  /// - Returns: The values of every row, in memory.
  /// - Throws: As ``RowRequest/all()``.
  public func all() async throws -> [Row] { try await store.all(self) }

  /// The values of the rows one after the other, in constant memory; see ``RowRequest/rows``.
  public var rows: ResultStream<Row> { ResultStream(self) }

  /// Counts the rows, or the different combinations of values, in the database.
  ///
  /// - Returns: Their number; a limit counts.
  /// - Throws: As ``RowRequest/count()``.
  public func count() async throws -> Int { try await store.count(self) }
}

extension RowRequest {
  /// Returns a request for some columns: a row is a tuple of their values, or the value of one column.
  ///
  /// ```swift
  /// for (path, seconds) in try await videos.select(RawVideo.Columns.path, RawVideo.Columns.durationSeconds).all() {
  ///   print(path, seconds)
  /// }
  /// let containers = try await videos.select(RawVideo.Columns.container).distinct().all()
  /// ```
  ///
  /// Only these columns are read.
  ///
  /// - Parameter columns: The columns, at least one.
  /// - Returns: The request.
  public func select<each Value: Decodable & Sendable>(
    _ columns: repeat FeatureColumn<Root, each Value>
  ) -> ColumnRequest<(repeat each Value)> {
    ColumnRequest(JoinedRows(self), Self.selected(repeat each columns))
  }

  /// Returns columns with the function that decodes their values.
  static func selected<each Value: Decodable & Sendable>(
    _ columns: repeat FeatureColumn<Root, each Value>
  ) -> SelectedColumns<(repeat each Value)> {
    var selected: [SelectedColumn] = []
    for column in repeat each columns { selected.append(SelectedColumn(column)) }
    return SelectedColumns(columns: selected) { reader throws(MetaxyError) in
      (repeat try reader.next((each Value).self))
    }
  }
}

extension JoinedRequest {
  /// Returns a request for some columns of the joined features: a row is a tuple of their values, or the value of one column.
  ///
  /// ```swift
  /// let pairs = store.read(VideoCrop.self).joined(with: RawVideo.self).leftJoined(with: Transcript.self)
  ///   .select(VideoCrop.Columns.path, RawVideo.Columns.durationSeconds, Transcript.Columns.language.optional)
  /// for (path, seconds, language) in try await pairs.all() { print(path, seconds, language ?? "") }
  /// ```
  ///
  /// Only these columns are read. Of a feature of ``leftJoined(with:)``, whose row can be missing, they are optional:
  /// `language.optional`. Of a feature that is joined with itself they are those of the first rows.
  ///
  /// - Parameter columns: The columns, at least one.
  /// - Returns: The request.
  public func select<each Root: Feature, each Value: Decodable & Sendable>(
    _ columns: repeat FeatureColumn<each Root, each Value>
  ) -> ColumnRequest<(repeat each Value)> {
    ColumnRequest(joinedRows, Self.selected(repeat each columns))
  }

  /// Returns columns with the function that decodes their values.
  static func selected<each Root: Feature, each Value: Decodable & Sendable>(
    _ columns: repeat FeatureColumn<each Root, each Value>
  ) -> SelectedColumns<(repeat each Value)> {
    var selected: [SelectedColumn] = []
    for column in repeat each columns { selected.append(SelectedColumn(column)) }
    return SelectedColumns(columns: selected) { reader throws(MetaxyError) in
      (repeat try reader.next((each Value).self))
    }
  }
}

extension ColumnRequest: FetchableRows {
  func query(_ purpose: RowQueryPurpose, _ connection: any RowConnection) throws(MetaxyError) -> PreparedRequest {
    let tables = try rowsRead.joinedTables()
    _ = try selected.forms(tables)
    if isDistinct { try requireDistinguishable(tables) }
    var query = RowQuery(store)
    let names = try selected.columns.map { column throws(MetaxyError) in try column.text(&query, tables) }
    let found = try rowsRead.text(
      names.joined(separator: ", "), &query, distinct: isDistinct ? selected.columns : nil, tables, connection)
    return PreparedRequest(purpose, found.sql, found.form, query.parameters, store.dialect)
  }

  private func requireDistinguishable(_ tables: [JoinedTable]) throws(MetaxyError) {
    for order in rowsRead.order
    where !selected.columns.contains(where: { $0.isColumn(order.term.column, of: order.type) }) {
      throw .orderNotSelected(order.type.feature.key, order.term.column.displayName)
    }
    for column in selected.columns { try column.requireComparable("distinct rows", tables) }
  }

  func tables() throws(MetaxyError) -> [SelectedTable] { try rowsRead.tables() }

  func reader() throws(MetaxyError) -> [SelectedForm] { try selected.forms(rowsRead.joinedTables()) }

  func decode(_ row: [SQLValue], _ forms: [SelectedForm]) throws(MetaxyError) -> Row? {
    var reader = ColumnReader(row, forms)
    return try selected.decode(&reader)
  }
}

internal import MetaxyDatabase
internal import MetaxyErrors
public import MetaxyFeatures

/// A request for rows of the same sample, one of each of several features.
///
/// ```swift
/// let crops = store.read(VideoCrop.self).joined(with: RawVideo.self).leftJoined(with: Transcript.self)
///   .where(RawVideo.Columns.durationSeconds > 5 || Transcript.Columns.language == "en")
/// for (crop, video, transcript) in try await crops.all() { print(crop.path, video.path, transcript?.text ?? "") }
/// ```
///
/// `Row` is a tuple of a ``StoredRow`` for each feature, optional for those of ``leftJoined(with:)``.
public struct JoinedRequest<Row: Sendable>: Sendable {
  private(set) var joinedRows: JoinedRows
  private let reading: JoinedReading<Row>
  var store: MetadataStore { joinedRows.store }

  /// Creates a request for pairs.
  ///
  /// Conditions on the first rows remain. Their order comes before that of the pairs, and their limit becomes one of
  /// pairs.
  init<First: Feature>(_ first: RowRequest<First>) where Row == StoredRow<First> {
    joinedRows = JoinedRows(first)
    reading = .first(First.self)
  }

  private init<Former: Sendable, Other: Feature>(
    _ former: JoinedRequest<Former>, _ other: RowRequest<Other>, isOptional: Bool, _ reading: JoinedReading<Row>
  ) {
    joinedRows = former.joinedRows.joined(with: other, isOptional: isOptional)
    self.reading = reading
  }

  /// Returns a request for pairs, from the one for their first rows.
  func paired<First: Feature, Other: Feature>(
    with other: RowRequest<Other>
  ) -> JoinedRequest<(StoredRow<First>, StoredRow<Other>)> where Row == StoredRow<First> {
    JoinedRequest<(StoredRow<First>, StoredRow<Other>)>(
      self, other, isOptional: false, reading.required(Other.self) { ($0, $1) })
  }

  /// Returns a request for pairs whose second row may be missing, from the one for their first rows.
  func leftPaired<First: Feature, Other: Feature>(
    with other: RowRequest<Other>
  ) -> JoinedRequest<(StoredRow<First>, StoredRow<Other>?)> where Row == StoredRow<First> {
    JoinedRequest<(StoredRow<First>, StoredRow<Other>?)>(
      self, other, isOptional: true, reading.optional(Other.self) { ($0, $1) })
  }

  /// Returns a request for the rows with one of another feature too; see ``RowRequest/joined(with:version:history:)``.
  ///
  /// The other feature is joined on the ID columns that it shares with one of the features before: that with which it has
  /// the most of them in common, then the first.
  ///
  /// - Parameters:
  ///   - other: The type of the other rows.
  ///   - version: Their version. Default: the one that the program was built for.
  ///   - history: Whether all rows of a sample are joined, instead of the newest one.
  /// - Returns: The request.
  public func joined<each Former: Sendable, Other: Feature>(
    with other: Other.Type, version: VersionChoice = .current, history: Bool = false
  ) -> JoinedRequest<(repeat each Former, StoredRow<Other>)> where Row == (repeat each Former) {
    joined(with: store.read(other, history: history).version(version))
  }

  /// Returns a request for the rows with one of another request too; see ``RowRequest/joined(with:)``.
  public func joined<each Former: Sendable, Other: Feature>(
    with other: RowRequest<Other>
  ) -> JoinedRequest<(repeat each Former, StoredRow<Other>)> where Row == (repeat each Former) {
    JoinedRequest<(repeat each Former, StoredRow<Other>)>(
      self, other, isOptional: false, reading.required(Other.self) { former, row in (repeat each former, row) })
  }

  /// Returns a request for the rows with one of another feature, or nil where there is none; see
  /// ``RowRequest/leftJoined(with:version:history:)``.
  ///
  /// - Parameters:
  ///   - other: The type of the other rows.
  ///   - version: Their version. Default: the one that the program was built for.
  ///   - history: Whether all rows of a sample are joined, instead of the newest one.
  /// - Returns: The request.
  public func leftJoined<each Former: Sendable, Other: Feature>(
    with other: Other.Type, version: VersionChoice = .current, history: Bool = false
  ) -> JoinedRequest<(repeat each Former, StoredRow<Other>?)> where Row == (repeat each Former) {
    leftJoined(with: store.read(other, history: history).version(version))
  }

  /// Returns a request for the rows with one of another request, or nil where there is none; see
  /// ``RowRequest/leftJoined(with:)``.
  public func leftJoined<each Former: Sendable, Other: Feature>(
    with other: RowRequest<Other>
  ) -> JoinedRequest<(repeat each Former, StoredRow<Other>?)> where Row == (repeat each Former) {
    JoinedRequest<(repeat each Former, StoredRow<Other>?)>(
      self, other, isOptional: true, reading.optional(Other.self) { former, row in (repeat each former, row) })
  }

  /// Returns a request for the rows for which a condition on one of the features holds too.
  ///
  /// Of a feature that is joined with itself it is a condition on the first rows. A condition on the columns of a missing row
  /// does not hold, only `== nil` does.
  public func `where`<Root: Feature>(_ condition: RowCondition<Root>) -> Self { self.where(condition.joined) }

  /// Returns a request for the rows for which a condition on several of the features holds too.
  public func `where`(_ condition: JoinedCondition) -> Self {
    changed { $0.joinedRows.conditions.append(contentsOf: condition.term.terms) }
  }

  /// Returns a request that sorts by a column of one of the features, after the previous orders.
  ///
  /// A missing row is sorted as one with NULL, the least value.
  public func order<Root: Feature>(by order: RowOrder<Root>) -> Self {
    changed { $0.joinedRows.order.append((Root.self, order.term)) }
  }

  /// Returns a request for at most `count` rows, after the first `offset` of them.
  ///
  /// - Parameters:
  ///   - count: The greatest number of rows.
  ///   - offset: How many rows are skipped.
  /// - Returns: The request.
  public func limit(_ count: Int, offset: Int = 0) -> Self {
    changed { $0.joinedRows.bounds = RowBounds(count: count, offset: offset) }
  }

  private func changed(_ change: (inout Self) -> Void) -> Self {
    var request = self
    change(&request)
    return request
  }

  /// Fetches the rows.
  ///
  /// - Returns: Every row, in memory.
  /// - Throws: `MetaxyError`: `cannot_join` where a feature shares no ID columns with those before, and as
  ///   ``RowRequest/all()``.
  public func all() async throws -> [Row] { try await store.all(self) }

  /// Counts the rows in the database.
  ///
  /// - Returns: The number of rows; a limit counts.
  /// - Throws: As ``all()``.
  public func count() async throws -> Int { try await store.count(self) }

  /// The rows one after the other, in constant memory; see ``RowRequest/rows``.
  public var rows: ResultStream<Row> { ResultStream(self) }
}

extension JoinedRequest: FetchableRows {
  func query(_ purpose: RowQueryPurpose, _ connection: any RowConnection) throws(MetaxyError) -> PreparedRequest {
    let tables = try joinedRows.joinedTables()
    var query = RowQuery(store)
    let names = tables.map { query.columns($0.layout, $0.alias) }.joined(separator: ", ")
    let found = try joinedRows.text(purpose == .counting ? "1 AS found" : names, &query, tables, connection)
    return PreparedRequest(purpose, found.sql, found.form, query.parameters, store.dialect)
  }

  func tables() throws(MetaxyError) -> [SelectedTable] { try joinedRows.tables() }

  func reader() throws(MetaxyError) -> JoinedReader<Row> { reading.reader(try joinedRows.joinedTables()) }

  func decode(_ row: [SQLValue], _ reader: JoinedReader<Row>) throws(MetaxyError) -> Row? { try reader.read(row) }
}

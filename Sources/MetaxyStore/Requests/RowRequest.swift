internal import MetaxyDatabase
internal import MetaxyErrors
public import MetaxyFeatures

/// A request for rows of a feature; the database is queried when they are fetched.
///
/// ```swift
/// let long = store.read(RawVideo.self).where(RawVideo.Columns.durationSeconds > 60)
/// let rows = try await long.order(by: RawVideo.Columns.durationSeconds.descending).limit(10).all()
/// for try await row in long.rows { print(row.path) }
/// ```
///
/// It reads the newest row of each sample; ``MetadataStore/read(_:history:)`` explains which that is. Without a
/// ``version(_:)`` it reads the rows of the version that the program was built for.
public struct RowRequest<Root: Feature>: Sendable {
  let store: MetadataStore
  var selection = RowSelection()
  var order: [RowOrder<Root>] = []
  var bounds: RowBounds?

  /// Returns a request for the rows for which a condition holds too.
  public func `where`(_ condition: RowCondition<Root>) -> Self {
    changed { $0.selection.add(condition.term) }
  }

  /// Returns a request that sorts by columns, after the previous orders.
  ///
  /// Without any the order is undefined.
  public func order(by order: RowOrder<Root>...) -> Self { changed { $0.order += order } }

  /// Returns a request for at most `count` rows, after the first `offset` of them.
  ///
  /// - Parameters:
  ///   - count: The greatest number of rows.
  ///   - offset: How many rows are skipped.
  /// - Returns: The request.
  public func limit(_ count: Int, offset: Int = 0) -> Self {
    changed { $0.bounds = RowBounds(count: count, offset: offset) }
  }

  /// Returns a request for the rows of another version of the feature, or of all versions.
  public func version(_ version: VersionChoice) -> Self { changed { $0.selection.version = version } }

  /// Returns a request for each row with the row of the same sample of another feature.
  ///
  /// Samples are matched by the ID columns of one of the two features that are also columns of the other. Samples that are
  /// missing in one of them are left out.
  ///
  /// - Parameters:
  ///   - other: The type of the other rows.
  ///   - version: Their version. Default: the one that the program was built for.
  ///   - history: Whether all rows of a sample are joined, instead of the newest one.
  /// - Returns: The request for pairs.
  public func joined<Other: Feature>(
    with other: Other.Type, version: VersionChoice = .current, history: Bool = false
  ) -> JoinedRequest<(StoredRow<Root>, StoredRow<Other>)> {
    joined(with: store.read(other, history: history).version(version))
  }

  /// Returns a request for each row with the row of the same sample of another request.
  ///
  /// - Parameter other: The request for the other rows. Its order comes after the others; it has no limit.
  /// - Returns: The request for pairs.
  public func joined<Other: Feature>(
    with other: RowRequest<Other>
  ) -> JoinedRequest<(StoredRow<Root>, StoredRow<Other>)> {
    JoinedRequest<StoredRow<Root>>(self).paired(with: other)
  }

  /// Returns a request for each row with the row of the same sample of another feature, or nil where there is none.
  ///
  /// Samples are matched as by ``joined(with:version:history:)``.
  ///
  /// - Parameters:
  ///   - other: The type of the other rows.
  ///   - version: Their version. Default: the one that the program was built for.
  ///   - history: Whether all rows of a sample are joined, instead of the newest one.
  /// - Returns: The request for pairs.
  public func leftJoined<Other: Feature>(
    with other: Other.Type, version: VersionChoice = .current, history: Bool = false
  ) -> JoinedRequest<(StoredRow<Root>, StoredRow<Other>?)> {
    leftJoined(with: store.read(other, history: history).version(version))
  }

  /// Returns a request for each row with the row of the same sample of another request, or nil where there is none.
  ///
  /// Conditions of the other request decide which of its rows are joined; those of the joined request which rows it has:
  ///
  /// ```swift
  /// let english = store.read(Transcript.self).where(Transcript.Columns.language == "en")
  /// let videos = store.read(RawVideo.self).leftJoined(with: english)  // all videos
  /// let silent = videos.where(.missing(Transcript.self))
  /// ```
  ///
  /// - Parameter other: The request for the other rows. Its order comes after the others; it has no limit.
  /// - Returns: The request for pairs.
  public func leftJoined<Other: Feature>(
    with other: RowRequest<Other>
  ) -> JoinedRequest<(StoredRow<Root>, StoredRow<Other>?)> {
    JoinedRequest<StoredRow<Root>>(self).leftPaired(with: other)
  }

  private func changed(_ change: (inout Self) -> Void) -> Self {
    var request = self
    change(&request)
    return request
  }

  /// Fetches the rows.
  ///
  /// - Returns: Every row, in memory.
  /// - Throws: `MetaxyError`: `type_not_registered`, `table_missing`, `table_drifted`, `unknown_column`,
  ///   `condition_refused`, `unreadable_row`, `newest_row_ambiguous`, `store_closed`, or the error of the engine; `CancellationError` when the
  ///   task is cancelled.
  public func all() async throws -> [StoredRow<Root>] { try await store.all(self) }

  /// Fetches the first row.
  ///
  /// - Returns: The row; nil if there is none.
  /// - Throws: As ``all()``.
  public func first() async throws -> StoredRow<Root>? {
    try await store.all(limit(min(bounds?.count ?? 1, 1), offset: bounds?.offset ?? 0)).first
  }

  /// Counts the rows in the database.
  ///
  /// - Returns: The number of rows; a limit counts.
  /// - Throws: As ``all()``, but never `unreadable_row`.
  public func count() async throws -> Int { try await store.count(self) }

  /// The rows one after the other, as the database finds them, in constant memory.
  ///
  /// Rows written while the stream runs are not in it. Its iterator throws as ``all()``.
  public var rows: RowStream<Root> { RowStream(request: self) }
}

/// A limit and an offset of rows.
struct RowBounds: Sendable {
  var count: Int
  var offset: Int

  /// Returns ` ORDER BY … LIMIT … OFFSET …`, as far as it is needed.
  static func clauses(_ order: [String], _ bounds: RowBounds?) -> String {
    var text = order.isEmpty ? "" : " ORDER BY " + order.joined(separator: ", ")
    // A negative limit means no limit on SQLite, and is an error on PostgreSQL.
    if let bounds { text += " LIMIT \(max(0, bounds.count)) OFFSET \(max(0, bounds.offset))" }
    return text
  }
}

extension MetadataStore {
  /// Returns a request for the rows of a feature, fetched with
  /// ``RowRequest/all()`` or one by one with ``RowRequest/rows``.
  ///
  /// Of a sample with several rows the newest is read, in each version that is asked for:
  ///
  /// - the row with the greatest value in the column that the feature names with `order:`,
  /// - without one, on SQLite the row that was inserted last,
  /// - on PostgreSQL nothing determines it. A sample with several rows is an error, and so are several rows with the greatest
  ///   value: `newest_row_ambiguous`.
  ///
  /// Conditions are applied to these rows.
  ///
  /// - Parameters:
  ///   - type: The type of the rows.
  ///   - history: Whether all rows of a sample are read.
  /// - Returns: The request.
  public nonisolated func read<Root: Feature>(_ type: Root.Type, history: Bool = false) -> RowRequest<Root> {
    RowRequest(store: self, selection: RowSelection(hasHistory: history))
  }
}

extension RowRequest: FetchableRows {
  func query(_ purpose: RowQueryPurpose, _ connection: any RowConnection) throws(MetaxyError) -> PreparedRequest {
    try JoinedRequest<StoredRow<Root>>(self).query(purpose, connection)
  }

  func tables() throws(MetaxyError) -> [SelectedTable] {
    [SelectedTable(layout: try store.layout(of: Root.self), selection: selection)]
  }

  func reader() throws(MetaxyError) -> RowReader<Root> { RowReader(try store.layout(of: Root.self), from: 0) }

  func decode(_ row: [SQLValue], _ reader: RowReader<Root>) throws(MetaxyError) -> StoredRow<Root>? {
    try reader.read(row)
  }
}

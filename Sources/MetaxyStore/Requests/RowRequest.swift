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
/// Without a ``version(_:)`` it reads the rows of the version that the program was built for.
public struct RowRequest<Root: Feature>: Sendable {
  let store: MetadataStore
  var condition: ConditionTerm?
  var order: [RowOrder<Root>] = []
  var bounds: RowBounds?
  var version = VersionChoice.current

  /// Returns a request for the rows for which a condition holds too.
  public func `where`(_ condition: RowCondition<Root>) -> Self {
    changed { $0.condition = $0.condition.map { .all([$0, condition.term]) } ?? condition.term }
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
  public func version(_ version: VersionChoice) -> Self { changed { $0.version = version } }

  /// Returns a request for each row with the row of the same sample of another feature.
  ///
  /// Samples are matched by the ID columns of one of the two features that are also columns of the other. Samples that are
  /// missing in one of them are left out.
  ///
  /// - Parameters:
  ///   - other: The type of the other rows.
  ///   - version: Their version. Default: the one that the program was built for.
  /// - Returns: The request for pairs.
  public func joined<Other: Feature>(
    with other: Other.Type, version: VersionChoice = .current
  ) -> JoinedRequest<Root, Other> {
    JoinedRequest(first: self, second: RowRequest<Other>(store: store, version: version))
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
  ///   `condition_refused`, `unreadable_row`, `store_closed`, or the error of the engine; `CancellationError` when the
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
}

extension MetadataStore {
  /// Returns a request for the rows of a feature, fetched with
  /// ``RowRequest/all()`` or one by one with ``RowRequest/rows``.
  public nonisolated func read<Root: Feature>(_ type: Root.Type) -> RowRequest<Root> { RowRequest(store: self) }
}

extension RowRequest: FetchableRows {
  func query(_ purpose: RowQueryPurpose) throws(MetaxyError) -> (sql: String, parameters: [SQLValue]) {
    let layout = try store.layout(of: Root.self)
    var query = RowQuery(store.database)
    let columns = purpose == .counting ? "1" : query.columns(layout, "a")
    var text = "SELECT \(columns) FROM \(query.rows(version, layout, "a"))"
    var terms: [String] = []
    if let term = query.text(version, layout, "a") { terms.append(term) }
    if let condition { terms.append("(\(try query.text(condition, layout, "a")))") }
    if !terms.isEmpty { text += " WHERE " + terms.joined(separator: " AND ") }
    text += try Self.clauses(
      order.map { order throws(MetaxyError) in try query.text((order.column, order.isDescending), layout, "a") }, bounds
    )
    return (purpose.text(text, store.dialect), query.parameters)
  }

  func layouts() throws(MetaxyError) -> [RowLayout] { [try store.layout(of: Root.self)] }

  func reader() throws(MetaxyError) -> RowReader<Root> { RowReader(try store.layout(of: Root.self), from: 0) }

  func decode(_ row: [SQLValue], _ reader: RowReader<Root>) throws(MetaxyError) -> StoredRow<Root> {
    try reader.read(row)
  }
}

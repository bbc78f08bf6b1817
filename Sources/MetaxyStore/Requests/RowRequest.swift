internal import MetaxyDatabase
internal import MetaxyErrors
public import MetaxyFeatures

/// Rows of a feature that are to be read; nothing is asked of the database before they are fetched.
///
/// ```swift
/// let long = store.read(RawVideo.self).where(RawVideo.Columns.durationSeconds > 60)
/// let rows = try await long.order(by: RawVideo.Columns.durationSeconds.descending).limit(10).all()
/// for try await row in long.rows { print(row.path) }
/// ```
public struct RowRequest<Root: Feature>: Sendable {
  let store: MetadataStore
  var condition: ConditionTerm?
  var order: [RowOrder<Root>] = []
  var bounds: RowBounds?
  var version = VersionChoice.current

  /// Only rows for which a condition holds, besides those given before.
  public func `where`(_ condition: RowCondition<Root>) -> Self {
    changed { $0.condition = $0.condition.map { .all([$0, condition.term]) } ?? condition.term }
  }

  /// Sorted by these columns, after those given before. Without any the order is the database's own.
  public func order(by order: RowOrder<Root>...) -> Self { changed { $0.order += order } }

  /// At most so many rows, after the first `offset` of them.
  public func limit(_ count: Int, offset: Int = 0) -> Self {
    changed { $0.bounds = RowBounds(count: count, offset: offset) }
  }

  /// The rows of another version of the feature, or of all versions.
  public func version(_ version: VersionChoice) -> Self { changed { $0.version = version } }

  /// Each row with the row of the same sample of another feature, in the version that is current.
  ///
  /// The samples are told by ID columns: those of one of the two features, which the other one has, too. Samples that one
  /// of them lacks are left out.
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
  public func all() async throws -> [StoredRow<Root>] { try await store.all(self) }

  /// Fetches the first row; nil where there is none.
  public func first() async throws -> StoredRow<Root>? {
    try await store.all(limit(min(bounds?.count ?? 1, 1), offset: bounds?.offset ?? 0)).first
  }

  /// Counts the rows.
  public func count() async throws -> Int { try await store.count(self) }

  /// The rows one after the other, as the database finds them: as many as there may be, they take no more memory.
  ///
  /// What is written meanwhile is not among them.
  public var rows: RowStream<Root> { RowStream(request: self) }
}

/// A limit and an offset of rows.
struct RowBounds: Sendable {
  var count: Int
  var offset: Int
}

extension MetadataStore {
  /// The rows of a feature, which are fetched with ``RowRequest/all()`` or one by one with ``RowRequest/rows``.
  public nonisolated func read<Root: Feature>(_ type: Root.Type) -> RowRequest<Root> { RowRequest(store: self) }
}

extension RowRequest: FetchableRows {
  func query(_ purpose: RowQueryPurpose) throws(MetaxyError) -> (sql: String, parameters: [SQLValue]) {
    let layout = try store.layout(of: Root.self)
    var query = RowQuery(store.database)
    let columns = purpose == .counting ? "1" : query.columns(layout, "a")
    var text = "SELECT \(columns) FROM \(query.table(layout, "a"))"
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

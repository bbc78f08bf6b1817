internal import MetaxyDatabase
internal import MetaxyErrors
public import MetaxyFeatures

/// A request for pairs of rows of the same sample, one of each of two features.
///
/// ```swift
/// let pairs = try await store.read(VideoCrop.self).joined(with: RawVideo.self)
///   .where(RawVideo.Columns.durationSeconds > 5).all()
/// for pair in pairs { print(pair.first.path, pair.second.path) }
/// ```
public struct JoinedRequest<First: Feature, Second: Feature>: Sendable {
  var first: RowRequest<First>
  var second: RowRequest<Second>
  /// The sort criteria in their order, each for one of the two features.
  private var order: [SideOrder] = []
  private var bounds: RowBounds?
  var store: MetadataStore { first.store }

  private struct SideOrder: Sendable {
    let isOfFirst: Bool
    let column: String
    let isDescending: Bool
  }

  /// Creates a request for pairs.
  ///
  /// Conditions on the first rows remain. Their order comes before that of the pairs, and their limit becomes one of
  /// pairs.
  init(first: RowRequest<First>, second: RowRequest<Second>) {
    self.first = first
    self.second = second
    order = first.order.map { SideOrder(isOfFirst: true, column: $0.column, isDescending: $0.isDescending) }
    bounds = first.bounds
  }

  /// Returns a request for the pairs for whose first row a condition holds too.
  public func `where`(_ condition: RowCondition<First>) -> Self { changed { $0.first = $0.first.where(condition) } }

  /// Returns a request for the pairs for whose second row a condition holds too.
  @_disfavoredOverload
  public func `where`(_ condition: RowCondition<Second>) -> Self { changed { $0.second = $0.second.where(condition) } }

  /// Returns a request that sorts by a column of the first rows, after the previous orders.
  public func order(by order: RowOrder<First>) -> Self {
    changed {
      $0.order.append(SideOrder(isOfFirst: true, column: order.column, isDescending: order.isDescending))
    }
  }

  /// Returns a request that sorts by a column of the second rows, after the previous orders.
  @_disfavoredOverload
  public func order(by order: RowOrder<Second>) -> Self {
    changed {
      $0.order.append(SideOrder(isOfFirst: false, column: order.column, isDescending: order.isDescending))
    }
  }

  /// Returns a request for at most `count` pairs, after the first `offset` of them.
  ///
  /// - Parameters:
  ///   - count: The greatest number of pairs.
  ///   - offset: How many pairs are skipped.
  /// - Returns: The request.
  public func limit(_ count: Int, offset: Int = 0) -> Self {
    changed { $0.bounds = RowBounds(count: count, offset: offset) }
  }

  private func changed(_ change: (inout Self) -> Void) -> Self {
    var request = self
    change(&request)
    return request
  }

  /// Fetches the pairs.
  ///
  /// - Returns: Every pair, in memory.
  /// - Throws: `MetaxyError`: `cannot_join` where the features share no ID columns, and as ``RowRequest/all()``.
  public func all() async throws -> [JoinedRows<First, Second>] { try await store.all(self) }

  /// Counts the pairs in the database.
  ///
  /// - Returns: The number of pairs; a limit counts.
  /// - Throws: As ``all()``.
  public func count() async throws -> Int { try await store.count(self) }

  /// The pairs one after the other, in constant memory; see ``RowRequest/rows``.
  public var rows: JoinedStream<First, Second> { JoinedStream(request: self) }
}

extension JoinedRequest: FetchableRows {
  func query(_ purpose: RowQueryPurpose, _ connection: any RowConnection) throws(MetaxyError) -> PreparedRequest {
    let (left, right) = (try store.layout(of: First.self), try store.layout(of: Second.self))
    var query = RowQuery(store.database)
    let sources = [
      try query.source(first.selection, left, "a", connection),
      try query.source(second.selection, right, "b", connection),
    ]
    let mark = RowSource.mark(of: sources, isLimited: bounds != nil)
    let columns = Self.columns(query.columns(left, "a") + ", " + query.columns(right, "b"), mark, purpose)
    let pairs = try Self.shared(left, right).map { "\(query.name($0, "a")) = \(query.name($0, "b"))" }
    var text = "SELECT \(columns) FROM \(sources[0].text) JOIN \(sources[1].text)"
    text += " ON " + pairs.joined(separator: " AND ") + RowSource.clause(of: sources)
    let order = try order.map { order throws(MetaxyError) in
      try query.text(
        (order.column, order.isDescending), order.isOfFirst ? left : right, order.isOfFirst ? "a" : "b")
    }
    text += Self.clauses(order, bounds)
    return PreparedRequest(purpose, text, query.parameters, marksTies: mark != nil, store.dialect)
  }

  /// Returns the ID columns of one of the two features, if the other has all of them.
  private static func shared(_ left: RowLayout, _ right: RowLayout) throws(MetaxyError) -> [String] {
    for (one, other) in [(right, left), (left, right)] {
      let ids = one.feature.idColumns
      if ids.allSatisfy({ other.position(ofColumn: $0) != nil }) { return ids }
    }
    throw .cannotJoin(left.feature.key, right.feature.key)
  }

  func tables() throws(MetaxyError) -> [SelectedTable] { try first.tables() + second.tables() }

  func reader() throws(MetaxyError) -> (RowReader<First>, RowReader<Second>) {
    let left = try store.layout(of: First.self)
    return (
      RowReader(left, from: 0), RowReader(try store.layout(of: Second.self), from: left.readColumns.count)
    )
  }

  func decode(
    _ row: [SQLValue], _ reader: (RowReader<First>, RowReader<Second>)
  ) throws(MetaxyError) -> JoinedRows<First, Second>? {
    JoinedRows(first: try reader.0.read(row), second: try reader.1.read(row))
  }
}

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
  let store: MetadataStore
  private var features: [JoinedFeature]
  private let reading: JoinedReading<Row>
  private var conditions: [JoinedTerm] = []
  private var order: [(type: any Feature.Type, term: OrderTerm)]
  private var bounds: RowBounds?

  /// Creates a request for pairs.
  ///
  /// Conditions on the first rows remain. Their order comes before that of the pairs, and their limit becomes one of
  /// pairs.
  init<First: Feature>(_ first: RowRequest<First>) where Row == StoredRow<First> {
    store = first.store
    features = [JoinedFeature(type: First.self, selection: first.selection, isOptional: false)]
    reading = .first(First.self)
    order = first.order.map { (First.self, $0.term) }
    bounds = first.bounds
  }

  private init<Former: Sendable, Other: Feature>(
    _ former: JoinedRequest<Former>, _ other: RowRequest<Other>, isOptional: Bool, _ reading: JoinedReading<Row>
  ) {
    store = former.store
    features =
      former.features + [
        JoinedFeature(
          type: Other.self, selection: other.selection, isOptional: isOptional, isLimited: other.bounds != nil)
      ]
    self.reading = reading
    conditions = former.conditions
    order = former.order + other.order.map { (Other.self, $0.term) }
    bounds = former.bounds
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
    changed { $0.conditions.append(contentsOf: condition.term.terms) }
  }

  /// Returns a request that sorts by a column of one of the features, after the previous orders.
  ///
  /// A missing row is sorted as one with NULL, the least value.
  public func order<Root: Feature>(by order: RowOrder<Root>) -> Self {
    changed { $0.order.append((Root.self, order.term)) }
  }

  /// Returns a request for at most `count` rows, after the first `offset` of them.
  ///
  /// - Parameters:
  ///   - count: The greatest number of rows.
  ///   - offset: How many rows are skipped.
  /// - Returns: The request.
  public func limit(_ count: Int, offset: Int = 0) -> Self {
    changed { $0.bounds = RowBounds(count: count, offset: offset) }
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
    let tables = try joinedTables()
    let (selections, others) = try divided(tables)
    var query = RowQuery(store)
    var sources: [RowSource] = []
    var from = ""
    for (position, table) in tables.enumerated() {
      var source = try query.source(selections[position], table.layout, table.alias, connection)
      if position == 0 {
        from = source.text
      } else {
        let found = try Array(tables[..<position]).match(for: table.layout)
        var terms = found.columns.map { "\(query.name($0, found.table.alias)) = \(query.name($0, table.alias))" }
        if table.isOptional {
          // What does not meet these is missing; in the WHERE it would take the other rows with it.
          terms += RowSource.terms(of: [source])
          (source.version, source.condition) = (nil, nil)
        }
        from += " \(table.isOptional ? "LEFT JOIN" : "JOIN") \(source.text) ON \(terms.joined(separator: " AND "))"
      }
      sources.append(source)
    }
    let mark = RowSource.mark(of: sources, isLimited: bounds != nil)
    let names = tables.map { query.columns($0.layout, $0.alias) }.joined(separator: ", ")
    let conditions = try others.map { term throws(MetaxyError) in try query.text(term, tables) }
    var text = "SELECT \(Self.columns(names, mark, purpose)) FROM \(from)"
    text += RowSource.clause(of: sources, and: conditions)
    text += try Self.clauses(
      order.map { order throws(MetaxyError) in
        let table = tables[try tables.table(of: order.type)]
        return try query.text(order.term, table.layout, table.alias, isOptional: table.isOptional)
      }, bounds)
    return PreparedRequest(purpose, text, query.parameters, marksTies: mark != nil, store.dialect)
  }

  private func joinedTables() throws(MetaxyError) -> [JoinedTable] {
    var (tables, start): ([JoinedTable], Int) = ([], 0)
    for feature in features {
      let layout = try store.layout(of: feature.type)
      guard !feature.isLimited else { throw .limitedJoin(layout.feature.key) }
      var table = JoinedTable(
        layout: layout, alias: "t\(tables.count)", isOptional: feature.isOptional, start: start)
      if !tables.isEmpty { table.columns = try tables.match(for: layout).columns }
      tables.append(table)
      start += layout.readColumns.count
    }
    return tables
  }

  /// Returns the rows that are taken of each table, and the conditions on the joined rows.
  private func divided(
    _ tables: [JoinedTable]
  ) throws(MetaxyError) -> (selections: [RowSelection], others: [JoinedTerm]) {
    var (selections, others): ([RowSelection], [JoinedTerm]) = (features.map(\.selection), [])
    for condition in conditions {
      // Before the join, a condition would only make an optional row a missing one.
      if case .row(let type, let term) = condition, case let position = try tables.table(of: type),
        !tables[position].isOptional
      {
        selections[position].add(term)
      } else {
        others.append(condition)
      }
    }
    return (selections, others)
  }

  func tables() throws(MetaxyError) -> [SelectedTable] {
    try features.map { feature throws(MetaxyError) in
      SelectedTable(layout: try store.layout(of: feature.type), selection: feature.selection)
    }
  }

  func reader() throws(MetaxyError) -> JoinedReader<Row> { reading.reader(try joinedTables()) }

  func decode(_ row: [SQLValue], _ reader: JoinedReader<Row>) throws(MetaxyError) -> Row? { try reader.read(row) }
}

extension RowQuery {
  /// Returns a condition on joined rows.
  fileprivate mutating func text(_ term: JoinedTerm, _ tables: [JoinedTable]) throws(MetaxyError) -> String {
    switch term {
    case .row(let type, let term):
      let table = tables[try tables.table(of: type)]
      return try text(term, table.layout, table.alias)
    case .missing(let type):
      let table = tables[try tables.table(of: type)]
      // The rows of the first feature are never missing.
      return table.columns.first.map { "\(name($0, table.alias)) IS NULL" } ?? "1 = 0"
    case .all(let terms): return try joined(terms, " AND ", tables)
    case .any(let terms): return try joined(terms, " OR ", tables)
    case .not(let term): return "NOT (\(try text(term, tables)))"
    }
  }

  private mutating func joined(
    _ terms: [JoinedTerm], _ word: String, _ tables: [JoinedTable]
  ) throws(MetaxyError) -> String {
    var texts: [String] = []
    for term in terms { texts.append("(\(try text(term, tables)))") }
    return texts.joined(separator: word)
  }
}

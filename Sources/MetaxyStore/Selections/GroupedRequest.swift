internal import MetaxyDatabase
internal import MetaxyErrors
public import MetaxyFeatures
internal import MetaxyNames

/// A request for values over groups of rows; see ``RowRequest/grouped(by:)``.
public struct GroupedRequest<Root: Feature, Key: Sendable>: Sendable {
  private let request: RowRequest<Root>
  private let keys: SelectedColumns<Key>

  init(_ request: RowRequest<Root>, _ keys: SelectedColumns<Key>) {
    self.request = request
    self.keys = keys
  }

  /// Fetches the values of each group.
  ///
  /// - Parameter aggregates: The values: `.count`, `.max(RawVideo.Columns.durationSeconds)`.
  /// - Returns: The groups, sorted by their columns in the order of the database, NULL first.
  /// - Throws: As ``RowRequest/all()``.
  public func aggregate<each Value: Sendable>(
    _ aggregates: repeat RowAggregate<Root, each Value>
  ) async throws -> [(key: Key, value: (repeat each Value))] {
    let layout = try request.store.layout(of: Root.self)
    var expressions: [AggregateExpression] = []
    for aggregate in repeat each aggregates {
      expressions.append(AggregateExpression(column: aggregate.column, text: aggregate.expression))
    }
    let rows = try await request.store.aggregate(request, expressions, by: keys.terms, layout)
    return try rows.map { row in
      var reader = AggregateReader(row: row[keys.terms.count...], layout: layout)
      return (key: try keys.decode(row[...], layout), value: (repeat try reader.next(each aggregates)))
    }
  }
}

extension RowRequest {
  /// Returns a request for values over the groups of rows that have equal values in some columns.
  ///
  /// ```swift
  /// let groups = try await videos.grouped(by: RawVideo.Columns.container)
  ///   .aggregate(.count, .max(RawVideo.Columns.durationSeconds))
  /// for (container, (count, longest)) in groups { print(container, count, longest ?? 0) }
  /// ```
  ///
  /// - Parameter columns: The columns, at least one.
  /// - Returns: The request.
  public func grouped<each Key: Decodable & Sendable>(
    by columns: repeat FeatureColumn<Root, each Key>
  ) -> GroupedRequest<Root, (repeat each Key)> {
    GroupedRequest(self, Self.selected(repeat each columns))
  }

  /// Fetches values over all rows of the request: `try await videos.aggregate(.count, .average(RawVideo.Columns.size))`.
  ///
  /// - Parameter aggregates: The values.
  /// - Returns: A tuple of the values, or one value. A limit of the request counts.
  /// - Throws: As ``RowRequest/all()``.
  public func aggregate<each Value: Sendable>(
    _ aggregates: repeat RowAggregate<Root, each Value>
  ) async throws -> (repeat each Value) {
    let layout = try store.layout(of: Root.self)
    var expressions: [AggregateExpression] = []
    for aggregate in repeat each aggregates {
      expressions.append(AggregateExpression(column: aggregate.column, text: aggregate.expression))
    }
    let rows = try await store.aggregate(self, expressions, by: [], layout)
    var reader = AggregateReader(row: (rows.first ?? [])[...], layout: layout)
    return (repeat try reader.next(each aggregates))
  }

  /// Returns the query for some columns of the request's rows.
  ///
  /// `distinct` has the columns if each combination of their values is found once; it is nil for all rows.
  func text(
    _ columns: String, _ query: inout RowQuery, distinct: [ColumnTerm]? = nil, _ connection: any RowConnection
  ) throws(MetaxyError) -> (sql: String, marksTies: Bool) {
    let layout = try store.layout(of: Root.self)
    let source = try query.source(selection, layout, "a", connection)
    let mark = RowSource.mark(of: [source], isLimited: bounds != nil)
    var text = "SELECT \(distinct == nil ? "" : "DISTINCT ")\(columns)\(mark.map { ", \($0) AS copies" } ?? "")"
    text += " FROM \(source.text)" + RowSource.clause(of: [source])
    text += try Self.clauses(
      order.map { order throws(MetaxyError) in
        // PostgreSQL compares expressions by their text, in which parameters differ.
        if let position = distinct?.firstIndex(of: order.term.column) {
          return "\(position + 1)" + order.term.direction(layout)
        }
        return try query.text(order.term, layout, "a")
      }, bounds)
    return (text, mark != nil)
  }
}

/// An aggregate without the types of its rows and values.
struct AggregateExpression: Sendable {
  let column: ColumnTerm?
  let text: @Sendable (String) -> String
}

/// Decodes aggregates one after the other.
struct AggregateReader {
  private var row: ArraySlice<SQLValue>
  private let layout: RowLayout

  init(row: ArraySlice<SQLValue>, layout: RowLayout) {
    self.row = row
    self.layout = layout
  }

  mutating func next<Root: Feature, Value: Sendable>(_ aggregate: RowAggregate<Root, Value>) throws -> Value {
    let form = try aggregate.column.map { column throws(MetaxyError) in try layout.form(of: column) }
    do throws(ColumnProblem) {
      return try aggregate.decode(row.popFirst() ?? .null, form)
    } catch {
      throw MetaxyError.rowUnreadable(
        layout.feature.key, id: "", column: aggregate.column?.displayName, error.reason, cause: error.cause)
    }
  }
}

extension MetadataStore {
  /// Fetches the values over the rows of a request, for each group of equal values in `keys`.
  func aggregate<Root: Feature>(
    _ request: RowRequest<Root>, _ aggregates: [AggregateExpression], by keys: [ColumnTerm], _ layout: RowLayout
  ) async throws -> [[SQLValue]] {
    try await perform { connection in
      try requireTables(of: request, connection)
      var query = RowQuery(self)
      var columns: [ColumnTerm] = []
      for column in keys + aggregates.compactMap(\.column) where !columns.contains(column) { columns.append(column) }
      let named = try columns.enumerated().map { position, column throws(MetaxyError) in
        _ = try layout.comparable(column, "a group or a value over rows")
        return "\(try query.expression(column, layout, "a")) AS c\(position)"
      }
      let rows = try request.text(named.isEmpty ? "1 AS found" : named.joined(separator: ", "), &query, connection)
      func name(_ column: ColumnTerm) -> String { columns.firstIndex(of: column).map { "g.c\($0)" } ?? "" }
      let groups = keys.map(name)
      var values = groups + aggregates.map { $0.text($0.column.map(name) ?? "") }
      if rows.marksTies { values.append("max(g.copies)") }
      var sql = "SELECT \(values.joined(separator: ", ")) FROM (\(rows.sql)) AS g"
      if !groups.isEmpty {
        sql += " GROUP BY \(groups.joined(separator: ", "))"
        sql += " ORDER BY \(groups.map { "\($0) NULLS FIRST" }.joined(separator: ", "))"
      }
      let found = try connection.query(sql, query.parameters)
      if rows.marksTies, found.contains(where: { $0.last?.integer ?? 1 > 1 }) {
        throw try ambiguity(of: request.tables(), connection)
      }
      return found
    }
  }
}

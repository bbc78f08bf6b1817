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
    let rows = try await request.store.aggregate(request, expressions, by: keys.names, layout)
    return try rows.map { row in
      var reader = AggregateReader(row: row[keys.names.count...], layout: layout)
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
  func text(
    _ columns: String, _ query: inout RowQuery, isDistinct: Bool = false, _ connection: any RowConnection
  ) throws(MetaxyError) -> (sql: String, marksTies: Bool) {
    let layout = try store.layout(of: Root.self)
    let source = try query.source(selection, layout, "a", connection)
    let mark = RowSource.mark(of: [source], isLimited: bounds != nil)
    var text = "SELECT \(isDistinct ? "DISTINCT " : "")\(columns)\(mark.map { ", \($0) AS copies" } ?? "")"
    text += " FROM \(source.text)" + RowSource.clause(of: [source])
    text += try Self.clauses(
      order.map { order throws(MetaxyError) in try query.text((order.column, order.isDescending), layout, "a") }, bounds
    )
    return (text, mark != nil)
  }
}

/// An aggregate without the types of its rows and values.
struct AggregateExpression: Sendable {
  let column: String?
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
    let form = aggregate.column.flatMap { layout.position(ofColumn: $0) }.map { layout.forms[$0] }
    do throws(ColumnProblem) {
      return try aggregate.decode(row.popFirst() ?? .null, form)
    } catch {
      throw MetaxyError.rowUnreadable(
        layout.feature.key, id: "", column: aggregate.column, error.reason, cause: error.cause)
    }
  }
}

extension MetadataStore {
  /// Fetches the values over the rows of a request, for each group of equal values in `keys`.
  func aggregate<Root: Feature>(
    _ request: RowRequest<Root>, _ aggregates: [AggregateExpression], by keys: [String], _ layout: RowLayout
  ) async throws -> [[SQLValue]] {
    try await perform { connection in
      try requireTables(of: request, connection)
      var query = RowQuery(database)
      var names: [String] = []
      for name in keys + aggregates.compactMap(\.column) where !names.containsExactly(name) {
        guard layout.position(ofColumn: name) != nil else { throw MetaxyError.unknownColumn(layout.feature.key, name) }
        guard !layout.isJSON(name) else {
          throw MetaxyError.columnWithoutOrder(layout.feature.key, name, "a group or a value over rows")
        }
        names.append(name)
      }
      let columns = names.isEmpty ? "1 AS found" : names.map { query.name($0, "a") }.joined(separator: ", ")
      let rows = try request.text(columns, &query, connection)
      let groups = keys.map { query.name($0, "g") }
      var values = groups + aggregates.map { $0.text($0.column.map { query.name($0, "g") } ?? "") }
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

internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures

/// The groups of rows that have equal values in some columns.
struct RowGroups<Key: Sendable>: Sendable {
  let joined: JoinedRows
  let keys: SelectedColumns<Key>

  /// Fetches the values of each group.
  func rows(_ aggregates: [AggregateExpression]) async throws -> [(key: Key, values: AggregateReader)] {
    let forms = try keys.forms(joined.joinedTables())
    return try await joined.store.aggregate(joined, aggregates, by: keys.columns).map { row in
      var reader = ColumnReader(row, forms)
      return (try keys.decode(&reader), AggregateReader(joined.store, row[keys.columns.count...]))
    }
  }
}

extension JoinedRows {
  /// Fetches the values over all rows.
  func values(_ aggregates: [AggregateExpression]) async throws -> AggregateReader {
    AggregateReader(store, (try await store.aggregate(self, aggregates, by: []).first ?? [])[...])
  }
}

/// An aggregate without the types of its rows and values.
struct AggregateExpression: Sendable {
  fileprivate let feature: any Feature.Type
  /// The column; nil for the rows of the feature.
  fileprivate private(set) var column: SelectedColumn?
  fileprivate private(set) var text: @Sendable (String) -> String

  init<Root: Feature, Value>(_ aggregate: RowAggregate<Root, Value>) {
    feature = Root.self
    column = aggregate.column.map { SelectedColumn(Root.self, $0) }
    text = aggregate.expression
  }

  /// Returns the aggregate over some tables: the rows of a feature that can be missing are counted by a column of them.
  fileprivate func over(_ tables: [JoinedTable]) throws(MetaxyError) -> Self {
    let table = tables[try tables.table(of: feature)]
    guard column == nil, table.isOptional, let found = table.columns.first else { return self }
    var aggregate = self
    aggregate.column = SelectedColumn(feature, ColumnTerm(found))
    aggregate.text = { "count(\($0))" }
    return aggregate
  }
}

/// Decodes aggregates one after the other.
struct AggregateReader {
  private let store: MetadataStore
  private var row: ArraySlice<SQLValue>

  init(_ store: MetadataStore, _ row: ArraySlice<SQLValue>) {
    self.store = store
    self.row = row
  }

  mutating func next<Root: Feature, Value: Sendable>(_ aggregate: RowAggregate<Root, Value>) throws -> Value {
    let layout = try store.layout(of: Root.self)
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
  /// Fetches the values over rows, for each group of equal values in `keys`.
  fileprivate func aggregate(
    _ rows: JoinedRows, _ aggregates: [AggregateExpression], by keys: [SelectedColumn]
  ) async throws -> [[SQLValue]] {
    try await perform { connection in
      let (selected, tables) = (try rows.tables(), try rows.joinedTables())
      try requireTables(selected, connection)
      let aggregates = try aggregates.map { aggregate throws(MetaxyError) in try aggregate.over(tables) }
      var query = RowQuery(self)
      var columns: [SelectedColumn] = []
      func position(_ column: SelectedColumn) -> Int? {
        columns.firstIndex { $0.isColumn(column.term, of: column.feature) }
      }
      for column in keys + aggregates.compactMap(\.column) where position(column) == nil { columns.append(column) }
      let named = try columns.enumerated().map { number, column throws(MetaxyError) in
        try column.requireComparable("a group or a value over rows", tables)
        return "\(try column.text(&query, tables)) AS c\(number)"
      }
      let found = try rows.text(
        named.isEmpty ? "1 AS found" : named.joined(separator: ", "), &query, tables, connection)
      func name(_ column: SelectedColumn) -> String { position(column).map { "g.c\($0)" } ?? "" }
      let groups = keys.map(name)
      var values = groups + aggregates.map { $0.text($0.column.map(name) ?? "") }
      if found.form.marksTies { values.append("max(g.copies)") }
      var sql = "SELECT \(values.joined(separator: ", ")) FROM (\(found.sql)) AS g"
      if !groups.isEmpty {
        sql += " GROUP BY \(groups.joined(separator: ", "))"
        sql += " ORDER BY \(groups.map { "\($0) NULLS FIRST" }.joined(separator: ", "))"
      }
      let request = PreparedRequest(.fetching, sql, found.form, query.parameters, dialect)
      let cursor = try request.cursor(partSize: nil, connection)
      var (row, answer): ([SQLValue], [[SQLValue]]) = ([], [])
      while try cursor.next(into: &row) {
        if request.isTied(row) { throw try ambiguity(of: selected, connection) }
        answer.append(row)
      }
      return answer
    }
  }
}

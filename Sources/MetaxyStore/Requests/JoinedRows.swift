internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures

/// The rows of a request, of one feature or of several joined ones, whatever is read of them.
struct JoinedRows: Sendable {
  let store: MetadataStore
  private(set) var features: [JoinedFeature]
  var conditions: [JoinedTerm] = []
  var order: [(type: any Feature.Type, term: OrderTerm)]
  var bounds: RowBounds?

  init<First: Feature>(_ first: RowRequest<First>) {
    store = first.store
    features = [JoinedFeature(type: First.self, selection: first.selection, isOptional: false)]
    order = first.order.map { (First.self, $0.term) }
    bounds = first.bounds
  }

  /// Returns the rows with those of another request.
  func joined<Other: Feature>(with other: RowRequest<Other>, isOptional: Bool) -> Self {
    var rows = self
    rows.features.append(
      JoinedFeature(
        type: Other.self, selection: other.selection, isOptional: isOptional, isLimited: other.bounds != nil))
    rows.order += other.order.map { (Other.self, $0.term) }
    return rows
  }

  /// Returns the query for some columns of the rows, whose text is `columns`, over ``joinedTables()``.
  ///
  /// `distinct` has the columns if each combination of their values is found once; it is nil for all rows.
  func text(
    _ columns: String, _ query: inout RowQuery, distinct: [SelectedColumn]? = nil, _ tables: [JoinedTable],
    _ connection: any RowConnection
  ) throws(MetaxyError) -> (sql: String, form: RowQueryForm) {
    let (selections, others) = try divided(tables)
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
    let conditions = try others.map { term throws(MetaxyError) in try query.text(term, tables) }
    var text = "SELECT \(distinct == nil ? "" : "DISTINCT ")\(columns)\(mark.map { ", \($0) AS copies" } ?? "")"
    text += " FROM \(from)" + RowSource.clause(of: sources, and: conditions)
    text += RowBounds.clauses(try places(&query, distinct, tables), bounds)
    return (text, RowQueryForm(marksTies: mark != nil, joinsNewest: mark != nil && tables.count > 1))
  }

  /// Returns the places of the order.
  private func places(
    _ query: inout RowQuery, _ distinct: [SelectedColumn]?, _ tables: [JoinedTable]
  ) throws(MetaxyError) -> [String] {
    try order.map { order throws(MetaxyError) in
      let table = tables[try tables.table(of: order.type)]
      // PostgreSQL compares expressions by their text, in which parameters differ.
      if let position = distinct?.firstIndex(where: { $0.isColumn(order.term.column, of: order.type) }) {
        return "\(position + 1)" + order.term.direction(table.layout, isOptional: table.isOptional)
      }
      return try query.text(order.term, table.layout, table.alias, isOptional: table.isOptional)
    }
  }

  /// Returns the tables of the query.
  func joinedTables() throws(MetaxyError) -> [JoinedTable] {
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

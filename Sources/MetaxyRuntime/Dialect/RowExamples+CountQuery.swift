package import MetaxyErrors
package import MetaxyNames
package import MetaxySQL
package import MetaxySchema

extension RowExamples {
  /// Returns a query for a few of the rows that a query counts; nil if its text does not show which columns they have.
  ///
  /// It is about the same rows, because it keeps the item of `FROM` and the condition as they are written.
  ///
  /// - Parameter table: returns a table of the database; nil if it has none of this name.
  package init?(
    of count: CountQuery, _ dialect: any Dialect, table: (TableName) throws(MetaxyError) -> Table?
  ) throws(MetaxyError) {
    var found = try CountedColumns(of: count.item, in: count.definitions[...], dialect, table: table)
    // The place of a row among others is not one of its values.
    found?.columns.removeAll { $0.isPosition || $0.name.isEmpty }
    guard let found, !found.columns.isEmpty else { return nil }
    let shown = Self.columns(among: found.columns.map(\.name), key: found.key, showing: count.namedColumns)
    if let grouping = count.grouping {
      let size = dialect.quoted("_metaxy_n")
      let filter = count.condition.map { " WHERE \($0)" } ?? ""
      self.init(
        shown, key: found.key,
        from: "(SELECT *, count(*) OVER (PARTITION BY \(grouping.terms)) AS \(size) FROM \(count.item.text)\(filter))"
          + " AS \(dialect.quoted(count.item.name ?? "t"))",
        where: "\(size) > \(grouping.exceeded)", sortedBy: [grouping.terms], dialect)
    } else {
      self.init(
        shown, key: found.key, from: count.item.text, where: count.condition, sortedBy: [], dialect)
    }
    if let definitions = count.definitionsText { query = "WITH \(definitions) \(query)" }
    // Under the names that the columns have in the database.
    columns = shown.map { name in found.columns.first { $0.name == name }?.storedName ?? name }
  }
}

/// The columns of an item of `FROM`, and those of them that identify its rows.
private struct CountedColumns {
  struct Column {
    /// The name in the query; empty if it is not known.
    var name: String
    /// The column of a table that it is; nil for a computed value.
    var storedName: String?
    var isPosition = false
  }

  var columns: [Column]
  var key: [String]

  private init(_ columns: [Column], key: [String]) {
    self.columns = columns
    self.key = key
  }

  /// - Parameter definitions: the common table expressions that the item can name.
  init?(
    of item: FromItem, in definitions: ArraySlice<CountQuery.Definition>, _ dialect: any Dialect,
    table: (TableName) throws(MetaxyError) -> Table?
  ) throws(MetaxyError) {
    switch item.origin {
    case .query(let query): try self.init(of: query, in: definitions, dialect, table: table)
    case .table(let name):
      let key = dialect.folded(name)
      if name.schema == nil, let place = definitions.firstIndex(where: { dialect.folded($0.name) == key.name }) {
        try self.init(of: definitions[place], in: definitions[..<place], dialect, table: table)
      } else if let table = try table(name) {
        self.init(
          table.columns.map { Column(name: $0.name, storedName: $0.name) }, key: table.identifyingColumns)
      } else {
        return nil
      }
    }
  }

  private init?(
    of definition: CountQuery.Definition, in definitions: ArraySlice<CountQuery.Definition>, _ dialect: any Dialect,
    table: (TableName) throws(MetaxyError) -> Table?
  ) throws(MetaxyError) {
    guard let query = definition.query,
      let found = try CountedColumns(of: query, in: definitions, dialect, table: table)
    else { return nil }
    guard !definition.columns.isEmpty else {
      self = found
      return
    }
    guard definition.columns.count == found.columns.count else { return nil }
    let columns = zip(definition.columns, found.columns).map {
      Column(name: $0, storedName: $1.storedName, isPosition: $1.isPosition)
    }
    let places = found.key.compactMap { name in found.columns.firstIndex { $0.name == name } }
    self.init(columns, key: places.map { definition.columns[$0] })
  }

  private init?(
    of query: RowQuery, in definitions: ArraySlice<CountQuery.Definition>, _ dialect: any Dialect,
    table: (TableName) throws(MetaxyError) -> Table?
  ) throws(MetaxyError) {
    var source: CountedColumns?
    if let item = query.item { source = try CountedColumns(of: item, in: definitions, dialect, table: table) }
    var columns: [Column] = []
    /// The names of the source's columns here.
    var names: [String: String] = [:]
    for column in query.columns {
      switch column {
      case .all:
        guard let source else { return nil }
        columns += source.columns
        for column in source.columns { names[column.name] = column.name }
      case .one(let alias, let sourceName, let isPosition):
        let original = sourceName.flatMap { name in
          source?.columns.first { dialect.folded($0.name) == dialect.folded(name) }
        }
        let name = alias ?? (source == nil ? sourceName : original?.name) ?? ""
        columns.append(Column(name: name, storedName: original?.storedName, isPosition: isPosition))
        if let original { names[original.name] = name }
      }
    }
    let key = query.keepsRows ? source?.key.compactMap { names[$0] } ?? [] : []
    self.init(columns, key: key.count == source?.key.count ? key : [])
  }
}

internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyEssentials
internal import MetaxyFeatures
internal import MetaxyNames

/// The rows of a request within a query in SQL.
struct EmbeddedRows: Sendable {
  let tables: @Sendable () throws(MetaxyError) -> [SelectedTable]
  /// Returns a query in parentheses.
  fileprivate let text: @Sendable (inout RowQuery, any RowConnection) throws(MetaxyError) -> String

  init<Root: Feature>(_ request: RowRequest<Root>) {
    tables = { () throws(MetaxyError) in try request.tables() }
    text = { query, connection throws(MetaxyError) in
      let layout = try query.store.layout(of: Root.self)
      let joined = JoinedRows(request)
      let tables = try joined.joinedTables()
      let rows = try joined.text(query.columns(layout, tables[0].alias), &query, tables, connection)
      guard rows.form.marksTies else { return "(\(rows.sql))" }
      // Nothing in the query could report rows that are equally new.
      _ = try query.store.count(request, connection)
      return "(SELECT \(SQLText.identifiers(layout.readColumns)) FROM (\(rows.sql)) AS marked)"
    }
  }
}

extension RowQuery {
  /// Returns a query in SQL, with its values as parameters.
  mutating func text(_ query: SQLQuery, _ connection: any RowConnection) throws(MetaxyError) -> String {
    var (text, values) = ("", 0)
    for part in query.parts {
      switch part {
      case .text(let sql): text += sql
      case .null: text += "NULL"
      case .table(let type): text += SQLText.identifier(try store.layout(of: type).table)
      case .column(let type, let column):
        let layout = try store.layout(of: type)
        guard column.json == nil else { throw .jsonWithinQuery(layout.feature.key, column.displayName) }
        text += SQLText.identifier(try layout.form(of: column).name)
      case .value(let value):
        values += 1
        text += try placeholder(for: value, number: values)
      case .columnValue(let value, let type, let column):
        values += 1
        let form = try store.layout(of: type).form(of: column)
        text += place(try stored(value, form, number: values))
      case .rows(let rows): text += try rows.text(&self, connection)
      }
    }
    return text
  }

  /// Returns the placeholder of a value in the form of its type.
  private mutating func placeholder(
    for value: any Encodable & Sendable, number: Int
  ) throws(MetaxyError) -> String {
    let type = ColumnType(storing: value)
    let form = ColumnCodec(RegisteredColumn("", codingKey: "", type: type), store.dialect)
    let place = place(try stored(value, form, number: number))
    guard store.dialect == .postgresql, let name = type.castName else { return place }
    return "CAST(\(place) AS \(name))"
  }

  private func stored(
    _ value: any Encodable & Sendable, _ form: ColumnCodec, number: Int
  ) throws(MetaxyError) -> SQLValue {
    do throws(ColumnProblem) {
      return try form.stored(any: value, json)
    } catch {
      throw .valueRefused(number, error.reason)
    }
  }
}

extension ColumnType {
  /// The type of a column that stores values of a type; a raw one for types that code themselves.
  fileprivate init(storing value: any Encodable & Sendable) {
    switch value {
    case is Bool: self = .boolean
    case is any BinaryInteger: self = .bigint
    case is Double, is Float: self = .double
    case is String, is URL: self = .string
    case is Date: self = .timestamp
    case is UUID: self = .uuid
    case is Decimal: self = .numeric
    case is Data, is [UInt8]: self = .binary
    case is Duration: self = .interval
    default: self = .raw("")
    }
  }

  /// The type that PostgreSQL needs: it would read a date for a time, and a text where nothing determines a type.
  ///
  /// A text, which is also the form of UUIDs and of types of users, has the type of what it is compared with.
  fileprivate var castName: String? {
    switch self {
    case .boolean: "BOOLEAN"
    case .bigint: "BIGINT"
    case .double: "DOUBLE PRECISION"
    case .timestamp: "TIMESTAMP WITH TIME ZONE"
    case .numeric: "NUMERIC"
    case .interval: "INTERVAL"
    default: nil
    }
  }
}

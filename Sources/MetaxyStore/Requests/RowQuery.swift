internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyGraph
internal import MetaxyRuntime

/// Puts a query together: its text, and the values that go with it.
struct RowQuery {
  let dialect: any Dialect
  private(set) var parameters: [SQLValue] = []
  private let json = JSONText()

  init(_ dialect: any Dialect) { self.dialect = dialect }

  /// The name of a column of the table that goes by `alias`.
  func name(_ column: String, _ alias: String) -> String { "\(alias).\(dialect.quoted(column))" }

  mutating func place(_ value: SQLValue) -> String {
    parameters.append(value)
    return dialect.placeholder(parameters.count)
  }

  /// The columns of a row: the system's, then those of the properties.
  func columns(_ layout: RowLayout, _ alias: String) -> String {
    layout.readColumns.map { name($0, alias) }.joined(separator: ", ")
  }

  func table(_ layout: RowLayout, _ alias: String) -> String {
    "\(SQLWriter(dialect).name(layout.table)) AS \(alias)"
  }

  /// What the rows of a version have in common; nil for those of all versions.
  mutating func text(_ version: VersionChoice, _ layout: RowLayout, _ alias: String) -> String? {
    let version: String? =
      switch version {
      case .current: layout.feature.featureVersion
      case .version(let version): version
      case .allVersions: nil
      }
    return version.map { "\(name(SystemColumn.featureVersion.rawValue, alias)) = \(place(.text($0)))" }
  }

  func text(_ order: (column: String, isDescending: Bool), _ layout: RowLayout, _ alias: String) throws(MetaxyError)
    -> String
  {
    let form = try form(order.column, layout, "a place in an order")
    return name(form.name, alias) + (order.isDescending ? " DESC" : "")
  }

  mutating func text(_ term: ConditionTerm, _ layout: RowLayout, _ alias: String) throws(MetaxyError) -> String {
    switch term {
    case .comparison(let column, let comparison, let value):
      let form = try form(column, layout, "a comparison")
      return "\(name(column, alias)) \(comparison.rawValue) \(place(try stored(value, form, layout)))"
    case .isNull(let column): return "\(name(column, alias)) IS NULL"
    case .isIn(let column, let values):
      let form = try form(column, layout, "a comparison")
      // An empty list is no SQL. https://www.postgresql.org/docs/current/functions-comparisons.html
      guard !values.isEmpty else { return "1 = 0" }
      let places = try values.map { value throws(MetaxyError) in place(try stored(value, form, layout)) }
      return "\(name(column, alias)) IN (\(places.joined(separator: ", ")))"
    case .hasPrefix(let column, let prefix):
      let form = try form(column, layout, "a comparison")
      let place = place(try stored(prefix, form, layout))
      // LIKE takes capitals and small letters for the same on SQLite, and has characters of its own.
      return "substr(\(name(column, alias)), 1, length(CAST(\(place) AS TEXT))) = CAST(\(place) AS TEXT)"
    case .all(let terms): return try joined(terms, " AND ", layout, alias)
    case .any(let terms): return try joined(terms, " OR ", layout, alias)
    case .not(let term): return "NOT (\(try text(term, layout, alias)))"
    }
  }

  private mutating func joined(
    _ terms: [ConditionTerm], _ word: String, _ layout: RowLayout, _ alias: String
  ) throws(MetaxyError) -> String {
    var texts: [String] = []
    for term in terms { texts.append("(\(try text(term, layout, alias)))") }
    return texts.joined(separator: word)
  }

  /// The column of a condition.
  private func form(_ column: String, _ layout: RowLayout, _ use: String) throws(MetaxyError) -> ColumnCodec {
    guard let position = layout.position(ofColumn: column) else {
      throw .unknownColumn(layout.feature.key, column)
    }
    guard !layout.forms[position].isJSON else { throw .columnWithoutOrder(layout.feature.key, column, use) }
    return layout.forms[position]
  }

  private func stored(
    _ value: any Encodable & Sendable, _ form: ColumnCodec, _ layout: RowLayout
  ) throws(MetaxyError) -> SQLValue {
    do throws(ColumnProblem) {
      return try form.stored(any: value, json)
    } catch {
      throw .conditionRefused(layout.feature.key, form.name, error.reason)
    }
  }
}

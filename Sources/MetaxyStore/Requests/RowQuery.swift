internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames

/// Builds a query: its text and its parameters.
struct RowQuery {
  private let database: any RowDatabase
  private(set) var parameters: [SQLValue] = []
  private let json = JSONText()

  init(_ database: any RowDatabase) { self.database = database }

  /// Returns the name of a column of the table with the alias `alias`.
  func name(_ column: String, _ alias: String) -> String { "\(alias).\(SQLText.identifier(column))" }

  mutating func place(_ value: SQLValue) -> String {
    parameters.append(value)
    return database.placeholder(parameters.count)
  }

  /// Returns the columns of a row: the system columns, then those of the properties.
  func columns(_ layout: RowLayout, _ alias: String) -> String {
    layout.readColumns.map { name($0, alias) }.joined(separator: ", ")
  }

  func table(_ layout: RowLayout, _ alias: String) -> String {
    "\(SQLText.identifier(layout.table)) AS \(alias)"
  }

  /// Returns the condition for the rows of a version; nil for all versions.
  mutating func text(_ version: VersionChoice, _ layout: RowLayout, _ alias: String) -> String? {
    let column = name(layout.generation.featureVersionColumn, alias)
    return version.text(layout).map { "\(column) = \(place(.text($0)))" }
  }

  func text(_ order: (column: String, isDescending: Bool), _ layout: RowLayout, _ alias: String) throws(MetaxyError)
    -> String
  {
    let form = try form(order.column, layout, "a place in an order")
    let isNullable = layout.position(ofColumn: order.column).map { layout.feature.columns[$0].isNullable } ?? true
    // By default, NULL is the least value on SQLite and the greatest on PostgreSQL, whose indexes are sorted like that. So
    // the place is given only where there can be NULL.
    let (ascending, descending) = isNullable ? (" NULLS FIRST", " NULLS LAST") : ("", "")
    return name(form.name, alias) + (order.isDescending ? " DESC\(descending)" : ascending)
  }

  mutating func text(_ term: ConditionTerm, _ layout: RowLayout, _ alias: String) throws(MetaxyError) -> String {
    switch term {
    case .comparison(let column, let comparison, let value):
      let form = try form(column, layout, "a comparison")
      return "\(name(column, alias)) \(comparison.rawValue) \(place(try stored(value, form, layout)))"
    case .isNull(let column): return "\(name(column, alias)) IS NULL"
    case .isIn(let column, let values):
      let form = try form(column, layout, "a comparison")
      // An empty list is not valid SQL. https://www.postgresql.org/docs/current/functions-comparisons.html
      guard !values.isEmpty else { return "1 = 0" }
      let places = try values.map { value throws(MetaxyError) in place(try stored(value, form, layout)) }
      return "\(name(column, alias)) IN (\(places.joined(separator: ", ")))"
    case .hasPrefix(let column, let prefix):
      let form = try form(column, layout, "a comparison")
      let place = place(try stored(prefix, form, layout))
      // LIKE is case-insensitive on SQLite, and has wildcard characters.
      return "substr(\(name(column, alias)), 1, length(CAST(\(place) AS TEXT))) = CAST(\(place) AS TEXT)"
    case .contains(let column, let text):
      _ = try form(column, layout, "a comparison")
      let place = place(try plain(text, column, layout))
      let position = layout.dialect == .sqlite ? "instr" : "strpos"
      return "\(position)(\(name(column, alias)), CAST(\(place) AS TEXT)) > 0"
    case .like(let column, let pattern):
      _ = try form(column, layout, "a comparison")
      guard let parsed = LikePattern(pattern) else {
        throw .conditionRefused(layout.feature.key, column, "the pattern ends with `\\`, which escapes nothing")
      }
      let text = layout.dialect == .sqlite ? parsed.glob : pattern
      let place = place(try plain(text, column, layout))
      return "\(name(column, alias)) \(layout.dialect == .sqlite ? "GLOB" : "LIKE") CAST(\(place) AS TEXT)"
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

  /// Returns the codec of a condition's column.
  private func form(_ column: String, _ layout: RowLayout, _ use: String) throws(MetaxyError) -> ColumnCodec {
    guard let position = layout.position(ofColumn: column) else {
      throw .unknownColumn(layout.feature.key, column)
    }
    guard !layout.forms[position].isJSON else { throw .columnWithoutOrder(layout.feature.key, column, use) }
    return layout.forms[position]
  }

  /// Returns a text that need not fit the column.
  private func plain(_ text: String, _ column: String, _ layout: RowLayout) throws(MetaxyError) -> SQLValue {
    guard !text.utf8.contains(0) else {
      throw .conditionRefused(layout.feature.key, column, "the text holds the character NUL")
    }
    return .text(text)
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

extension VersionChoice {
  /// The version of the rows; nil for all versions.
  func text(_ layout: RowLayout) -> String? {
    switch self {
    case .current: layout.feature.featureVersion
    case .version(let version): version
    case .allVersions: nil
    }
  }
}

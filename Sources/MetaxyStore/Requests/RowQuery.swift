internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames

/// Builds a query: its text and its parameters.
struct RowQuery {
  let store: MetadataStore
  private(set) var parameters: [SQLValue] = []
  let json = JSONText()

  init(_ store: MetadataStore) { self.store = store }

  /// Returns the name of a column of the table with the alias `alias`.
  func name(_ column: String, _ alias: String) -> String { "\(alias).\(SQLText.identifier(column))" }

  mutating func place(_ value: SQLValue) -> String {
    parameters.append(value)
    return store.database.placeholder(parameters.count)
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

  /// Returns a place in an order; NULL is the least value, as a row that may be missing is.
  mutating func text(
    _ order: OrderTerm, _ layout: RowLayout, _ alias: String, isOptional: Bool = false
  ) throws(MetaxyError) -> String {
    _ = try layout.comparable(order.column, "a place in an order")
    return try expression(order.column, layout, alias) + order.direction(layout, isOptional: isOptional)
  }

  mutating func text(_ term: ConditionTerm, _ layout: RowLayout, _ alias: String) throws(MetaxyError) -> String {
    switch term {
    case .comparison(let column, let comparison, let value):
      let form = try layout.comparable(column, "a comparison")
      return try expression(column, layout, alias)
        + " \(comparison.rawValue) \(place(try stored(value, form, layout)))"
    case .isNull(let column): return "\(try expression(column, layout, alias)) IS NULL"
    case .isIn(let column, let values):
      let form = try layout.comparable(column, "a comparison")
      // An empty list is not valid SQL. https://www.postgresql.org/docs/current/functions-comparisons.html
      guard !values.isEmpty else { return "1 = 0" }
      let places = try values.map { value throws(MetaxyError) in place(try stored(value, form, layout)) }
      return "\(try expression(column, layout, alias)) IN (\(places.joined(separator: ", ")))"
    case .hasPrefix(let column, let prefix):
      let form = try layout.comparable(column, "a comparison")
      let place = place(try stored(prefix, form, layout))
      // LIKE is case-insensitive on SQLite, and has wildcard characters.
      return "substr(\(try expression(column, layout, alias)), 1, length(CAST(\(place) AS TEXT)))"
        + " = CAST(\(place) AS TEXT)"
    case .contains(let column, let text):
      _ = try layout.comparable(column, "a comparison")
      let place = place(try plain(text, column, layout))
      let position = layout.dialect == .sqlite ? "instr" : "strpos"
      return "\(position)(\(try expression(column, layout, alias)), CAST(\(place) AS TEXT)) > 0"
    case .like(let column, let pattern):
      _ = try layout.comparable(column, "a comparison")
      guard let parsed = LikePattern(pattern) else {
        throw .conditionRefused(
          layout.feature.key, column.displayName, "the pattern ends with `\\`, which escapes nothing")
      }
      let text = layout.dialect == .sqlite ? parsed.glob : pattern
      let place = place(try plain(text, column, layout))
      return try expression(column, layout, alias)
        + " \(layout.dialect == .sqlite ? "GLOB" : "LIKE") CAST(\(place) AS TEXT)"
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

  /// Returns a text that need not fit the column.
  private func plain(_ text: String, _ column: ColumnTerm, _ layout: RowLayout) throws(MetaxyError) -> SQLValue {
    guard !text.utf8.contains(0) else {
      throw .conditionRefused(layout.feature.key, column.displayName, "the text holds the character NUL")
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

extension OrderTerm {
  /// The direction, and the place of NULL where there can be any.
  ///
  /// By default, NULL is the least value on SQLite and the greatest on PostgreSQL, whose indexes are sorted like that.
  func direction(_ layout: RowLayout, isOptional: Bool = false) -> String {
    let (ascending, descending) =
      isOptional || layout.isNullable(column) ? (" NULLS FIRST", " NULLS LAST") : ("", "")
    return isDescending ? " DESC\(descending)" : ascending
  }
}

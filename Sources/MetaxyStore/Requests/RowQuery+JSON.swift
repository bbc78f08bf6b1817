internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures

// Values within the JSON of a column. Both engines give the same value, and NULL where the way ends or the kind differs.
extension RowQuery {
  /// Returns a column, or a value within its JSON, as an expression.
  mutating func expression(
    _ column: ColumnTerm, _ layout: RowLayout, _ alias: String
  ) throws(MetaxyError) -> String {
    let form = try layout.form(of: ColumnTerm(column.name))
    let name = name(form.name, alias)
    guard let json = column.json else { return name }
    _ = try layout.form(of: column)
    for case .member(let member) in json.steps where member.text.utf8.contains(0) {
      throw .conditionRefused(layout.feature.key, column.displayName, "the way to it holds the character NUL")
    }
    switch layout.dialect {
    case .sqlite: return sqliteValue(json, in: name)
    case .postgresql: return postgreSQLValue(json, in: name, isBinary: form.type == .jsonb)
    }
  }

  /// Returns `(SELECT … FROM json_each(a."words") AS e0, json_each(…) AS e1 WHERE e0.key = ?1 AND e1.key = ?2 …)`.
  ///
  /// `json_extract` compares names as they are escaped in the text, and has no way to write one with a quote.
  /// https://sqlite.org/json1.html#jeach
  private mutating func sqliteValue(_ json: JSONAccess, in column: String) -> String {
    var (tables, terms, order): ([String], [String], [String]) = ([], [], [])
    var parent = column
    for (number, step) in json.steps.enumerated() {
      let table = "e\(number)"
      tables.append("json_each(\(parent)) AS \(table)")
      switch step {
      case .member(let name): terms.append("\(table).key = \(place(.text(name.text)))")
      case .element(let position) where position < 0:
        terms.append("\(table).key = json_array_length(\(parent)) + \(place(SQLValue(position)))")
      case .element(let position): terms.append("\(table).key = \(place(SQLValue(position)))")
      }
      // Of equal names the last counts, as on PostgreSQL.
      order.append("\(table).id DESC")
      parent = "CASE WHEN \(table).type IN ('object', 'array') THEN \(table).value END"
    }
    let last = "e\(json.steps.count - 1)"
    guard !json.steps.isEmpty else {
      let whole = "SELECT json_type(\(column)) AS type, json_extract(\(column), '$') AS value"
      return "(SELECT \(Self.sqliteForm(json.form, "j")) FROM (\(whole)) AS j)"
    }
    return "(SELECT \(Self.sqliteForm(json.form, last)) FROM \(tables.joined(separator: ", "))"
      + " WHERE \(terms.joined(separator: " AND ")) ORDER BY \(order.joined(separator: ", ")) LIMIT 1)"
  }

  private static func sqliteForm(_ form: JSONAccess.Form, _ table: String) -> String {
    let (type, value) = ("\(table).type", "\(table).value")
    switch form {
    case .text: return "CASE WHEN \(type) = 'text' THEN \(value) END"
    case .integer:
      // An integer of more than 64 bits is a floating-point number. Beyond 2^53 these are not exact.
      return """
        CASE WHEN \(type) = 'integer' AND typeof(\(value)) = 'integer' THEN \(value)
          WHEN \(type) = 'real' AND abs(\(value)) <= 9007199254740992.0 AND \(value) = CAST(\(value) AS INTEGER)
          THEN CAST(\(value) AS INTEGER) END
        """
    case .number:
      return """
        CASE WHEN \(type) IN ('integer', 'real') AND abs(CAST(\(value) AS REAL)) <= 1.7976931348623157e308
          THEN CAST(\(value) AS REAL) END
        """
    case .truth: return "CASE \(type) WHEN 'true' THEN 1 WHEN 'false' THEN 0 END"
    case .kind:
      return """
        CASE WHEN \(type) IN ('true', 'false') THEN 'boolean' WHEN \(type) = 'text' THEN 'string'
          WHEN \(type) IN ('integer', 'real') THEN 'number' ELSE \(type) END
        """
    case .json:
      // `json_quote` writes 15 digits of a floating-point number.
      return """
        CASE WHEN \(type) IN ('object', 'array') THEN \(value) WHEN \(type) IN ('true', 'false', 'null') THEN \(type)
          WHEN typeof(\(value)) = 'real' THEN printf('%!.17g', \(value)) ELSE json_quote(\(value)) END
        """
    }
  }

  /// Returns `(SELECT … FROM (SELECT v -> $1::text AS v FROM (SELECT a."words" AS v) AS j) AS j)`.
  ///
  /// `#>` would take the text of a position for the name of a member, too.
  /// https://www.postgresql.org/docs/current/functions-json.html
  private mutating func postgreSQLValue(_ json: JSONAccess, in column: String, isBinary: Bool) -> String {
    let kind = isBinary ? "jsonb_typeof(v)" : "json_typeof(v)"
    var values = "(SELECT \(column) AS v) AS j"
    for step in json.steps {
      let value =
        switch step {
        case .member(let name): "v -> \(place(.text(name.text)))::text"
        case .element(let position):
          // In binary form any value but an array is the element 0 of itself.
          "CASE WHEN \(kind) = 'array' THEN v -> \(place(SQLValue(Int(Int32(clamping: position)))))::integer END"
        }
      values = "(SELECT \(value) AS v FROM \(values)) AS j"
    }
    let numbers = "(SELECT CASE WHEN \(kind) = 'number' THEN (v #>> '{}')::numeric END AS n FROM \(values)) AS j"
    switch json.form {
    case .text: return "(SELECT CASE WHEN \(kind) = 'string' THEN v #>> '{}' END FROM \(values)) COLLATE \"C\""
    case .kind: return "(SELECT \(kind) FROM \(values)) COLLATE \"C\""
    case .truth: return "(SELECT CASE WHEN \(kind) = 'boolean' THEN (v #>> '{}')::boolean END FROM \(values))"
    case .json: return "(SELECT v::text FROM \(values))"
    case .integer:
      return """
        (SELECT CASE WHEN n = trunc(n) AND n BETWEEN -9223372036854775808 AND 9223372036854775807
          AND (scale(n) = 0 OR abs(n) <= 9007199254740992) THEN n::bigint END FROM \(numbers))
        """
    case .number:
      // A number that is too great or too small for the type is an error of PostgreSQL.
      return """
        (SELECT CASE WHEN abs(n) BETWEEN 3e-324 AND 1.7976931348623157e308 THEN n::double precision
          WHEN abs(n) < 1 THEN 0 END FROM \(numbers))
        """
    }
  }
}

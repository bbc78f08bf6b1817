internal import MetaxyFeatures
internal import MetaxySQLiteDriver

/// Finds the values that a change of type would alter or leave in the wrong type.
///
/// SQLite converts by affinity when it stores a value, and keeps a value that it cannot convert: a text in an integer
/// column silently stays a text. https://sqlite.org/datatype3.html#type_affinity
enum SQLiteConversion {
  /// Returns the condition under which a column's value does not fit `type`; nil if every value does.
  static func misfit(_ column: String, to type: ColumnType) -> String? {
    switch type {
    case .string(let length):
      let isOther = "typeof(\(column)) = 'blob'"
      return length.map { "\(isOther) OR length(\(column)) > \($0)" } ?? isOther
    case .bigint, .integer, .smallint: return notInteger(column) + range(of: type, column)
    case .double, .real, .numeric: return notNumber(column)
    case .boolean: return "\(column) IS NOT NULL AND CAST(\(column) AS TEXT) NOT IN ('0', '1')"
    case .timestamp, .date: return "\(column) IS NOT NULL AND datetime(\(column)) IS NULL"
    case .time: return "\(column) IS NOT NULL AND time(\(column)) IS NULL"
    case .uuid:
      return "\(column) IS NOT NULL AND (length(\(column)) <> 32 OR \(column) GLOB '*[^0-9a-fA-F]*')"
    case .json, .jsonb: return "\(column) IS NOT NULL AND NOT json_valid(\(column))"
    case .binary, .interval: return nil
    case .raw(let words):
      return misfit(column, toDeclared: words.text(for: SQLiteDialect.name).uppercased())
    }
  }

  /// Returns whether every number of one type is a number of the other and the affinity is the same, so that other
  /// values stay as they are.
  static func widens(_ old: ColumnType, to new: ColumnType) -> Bool {
    switch (old, new) {
    case (.smallint, .integer), (.smallint, .bigint), (.integer, .bigint), (.real, .double): true
    default: false
    }
  }

  /// Returns the condition under which a `STRICT` table refuses a column's value; nil if it accepts every value.
  /// https://sqlite.org/stricttables.html
  static func misfit(_ column: String, toStrict type: ColumnType) -> String? {
    // A type that STRICT does not allow is refused when the table is created.
    switch (try? SQLiteTypes.strictName(of: type))?.uppercased() {
    case "INT", "INTEGER": notInteger(column)
    case "REAL": notNumber(column)
    case "TEXT": misfit(column, to: .string)
    case "BLOB": "typeof(\(column)) NOT IN ('blob', 'null')"
    default: nil
    }
  }

  /// Returns the condition for values that are not integers; a text or number in integer notation is one.
  private static func notInteger(_ column: String) -> String {
    "\(column) IS NOT NULL AND CAST(CAST(\(column) AS INTEGER) AS TEXT) <> CAST(\(column) AS TEXT)"
      + " AND NOT (typeof(\(column)) = 'real' AND \(column) = CAST(\(column) AS INTEGER))"
  }

  /// Returns the condition for values that are not numbers; a text is a number if SQLite's conversion turns it into
  /// one.
  private static func notNumber(_ column: String) -> String {
    "typeof(\(column)) = 'blob' OR (typeof(\(column)) = 'text' AND NOT \(isNumeric(column)))"
  }

  /// Returns a comparison with a number, which converts a text in the same way as storing it in a numeric column.
  /// https://sqlite.org/datatype3.html#type_conversions_prior_to_comparison
  private static func isNumeric(_ column: String) -> String {
    "CAST(\(column) AS NUMERIC) = \(column)"
  }

  private static func range(of type: ColumnType, _ column: String) -> String {
    switch type {
    case .smallint: " OR CAST(\(column) AS INTEGER) NOT BETWEEN -32768 AND 32767"
    case .integer: " OR CAST(\(column) AS INTEGER) NOT BETWEEN -2147483648 AND 2147483647"
    default: ""
    }
  }

  /// Returns the condition for a raw type, which has the affinity of its name.
  /// https://sqlite.org/datatype3.html#determination_of_column_affinity
  private static func misfit(_ column: String, toDeclared type: String) -> String? {
    if type.contains("INT") { return notInteger(column) }
    if ["CHAR", "CLOB", "TEXT"].contains(where: type.contains) { return misfit(column, to: .string) }
    if type.isEmpty || type.contains("BLOB") { return nil }
    return ["REAL", "FLOA", "DOUB"].contains(where: type.contains) ? misfit(column, to: .double) : nil
  }
}

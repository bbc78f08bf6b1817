/// The condition for a value that cannot be converted to a stored form.
struct SQLiteFormCondition {
  private let value: String
  private let old: SQLiteStoredForm

  /// - Parameters:
  ///   - value: an expression.
  ///   - old: the form of the column that it comes from.
  init(_ value: String, from old: SQLiteStoredForm) {
    self.value = value
    self.old = old
  }

  /// Returns the condition; nil if every value can be converted.
  func misfit(_ form: SQLiteStoredForm) -> String? {
    switch form {
    case .text(let length):
      let text = old.isText ? value : SQLiteCast.text(of: value, isBytes: false)
      return length.map { "typeof(\(value)) = 'blob' OR length(\(text)) > \($0)" } ?? "typeof(\(value)) = 'blob'"
    case .integer(let range): return integer(range)
    case .real: return number(limits: nil)
    case .numeric(let precision, let scale):
      return number(limits: precision.map { digits(whole: $0 - (scale ?? 0), fraction: scale ?? 0) })
    case .boolean:
      return none(
        of: "'integer' THEN \(value) IN (0, 1)", "'real' THEN \(value) IN (0, 1)", "'text' THEN \(value) IN ('0', '1')")
    case .timestamp: return none(of: "'text' THEN \(old == .date ? "\(isDate) OR \(isTimestamp)" : isTimestamp)")
    case .date: return none(of: "'text' THEN \(old == .timestamp ? "\(isDate) OR \(isTimestamp)" : isDate)")
    case .time: return none(of: "'text' THEN \(old == .timestamp ? isTimestamp : isTime(value))")
    case .uuid: return none(of: "'text' THEN \(isUUID)")
    case .json:
      return none(
        of: "'text' THEN json_valid(\(value))", "'integer' THEN 1", "'real' THEN \(value) > -9e999 AND \(value) < 9e999"
      )
    case .binary, .anyNumber, .any: return nil
    }
  }

  /// Returns the condition for a value beyond the limits of a form of the same kind.
  func excess(_ form: SQLiteStoredForm) -> String? {
    let isNumber = "typeof(\(value)) IN ('integer', 'real')"
    switch form {
    case .text(let length): return length.map { "typeof(\(value)) = 'text' AND length(\(value)) > \($0)" }
    case .integer(let range):
      return range.map { "\(isNumber) AND \(value) NOT BETWEEN \($0.lowerBound) AND \($0.upperBound)" }
    case .numeric(let precision, let scale):
      return precision.map {
        "\(isNumber) AND NOT (\(digits(whole: $0 - (scale ?? 0), fraction: scale ?? 0)))"
      }
    default: return nil
    }
  }

  /// Returns the condition that a value, unless it is NULL, has none of these types with these conditions.
  private func none(of branches: String...) -> String {
    "NOT CASE typeof(\(value)) WHEN 'null' THEN 1 WHEN \(branches.joined(separator: " WHEN ")) ELSE 0 END"
  }

  private func integer(_ range: ClosedRange<Int>?) -> String {
    let limits = range.map { " AND CAST(\(value) AS INTEGER) BETWEEN \($0.lowerBound) AND \($0.upperBound)" } ?? ""
    let isWhole = "\(value) > -9.2e18 AND \(value) < 9.2e18 AND \(value) = CAST(\(value) AS INTEGER)"
    let isDigits =
      "substr(\(value), 1, 2) GLOB '[0-9]*' AND substr(\(value), 2) NOT GLOB '*[^0-9]*'"
      + " OR substr(\(value), 1, 2) GLOB '[-+][0-9]' AND substr(\(value), 2) NOT GLOB '*[^0-9]*'"
    return none(
      of: "'integer' THEN 1\(limits)", "'real' THEN \(isWhole)\(limits)",
      "'text' THEN (\(isDigits)) AND typeof(CAST(\(value) AS NUMERIC)) = 'integer'\(limits)")
  }

  private func number(limits: String?) -> String {
    let digits = limits.map { " AND \($0)" } ?? ""
    // A comparison with a number converts a text in the same way as storing it in a numeric column.
    // https://sqlite.org/datatype3.html#type_conversions_prior_to_comparison
    let isNumber =
      "CAST(\(value) AS NUMERIC) = \(value) AND CAST(\(value) AS REAL) > -9e999 AND CAST(\(value) AS REAL) < 9e999"
    return none(
      of: "'integer' THEN 1\(digits)", "'real' THEN \(limits == nil ? "1" : "\(value) = \(value)")\(digits)",
      "'text' THEN \(isNumber)\(digits)")
  }

  private func digits(whole: Int, fraction: Int) -> String {
    let number = "CAST(\(value) AS NUMERIC)"
    return "\(number) > -1e\(whole) AND \(number) < 1e\(whole)"
      + " AND (typeof(\(number)) = 'integer' OR round(\(number), \(fraction)) = \(number))"
  }

  private var isDate: String { isDate(value) + " AND length(\(value)) = 10" }

  private var isTimestamp: String {
    "\(isDate("substr(\(value), 1, 10)")) AND substr(\(value), 11, 1) = ' ' AND \(isTime("substr(\(value), 12)"))"
  }

  /// With a modifier, `date` moves a day that its month does not have into the next one; without, it may keep it.
  private func isDate(_ text: String) -> String {
    "(\(text) GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]' AND \(text) >= '0001' AND date(\(text), '+0 days') IS \(text))"
  }

  private func isTime(_ text: String) -> String {
    "(substr(\(text), 1, 8) GLOB '[0-2][0-9]:[0-5][0-9]:[0-5][0-9]' AND substr(\(text), 1, 2) < '24'"
      + " AND (length(\(text)) = 8 OR length(\(text)) BETWEEN 10 AND 15 AND substr(\(text), 9, 1) = '.'"
      + " AND substr(\(text), 10) NOT GLOB '*[^0-9]*'))"
  }

  private var isUUID: String {
    let dashes = [9, 14, 19, 24].map { "substr(\(value), \($0), 1)" }.joined(separator: " || ")
    return "(length(\(value)) = 32 OR length(\(value)) = 36 AND \(dashes) = '----')"
      + " AND length(replace(\(value), '-', '')) = 32 AND replace(\(value), '-', '') NOT GLOB '*[^0-9a-fA-F]*'"
  }
}

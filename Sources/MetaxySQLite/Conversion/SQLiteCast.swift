internal import MetaxyNames

/// One direction of a conversion between two stored forms: what a value becomes, and which values have no such form.
struct SQLiteCast {
  let old: SQLiteStoredForm
  let new: SQLiteStoredForm
  /// Whether a column of the new form converts by affinity, as most do outside STRICT tables.
  let hasAffinity: Bool

  /// Returns the source of a copy: the value itself where storing it converts it.
  func source(_ value: String) -> String {
    switch (old, new) {
    case (.binary, _), (_, .binary), (_, .text), (_, .uuid), (_, .date), (_, .time), (_, .timestamp):
      return expression(value)
    case (_, .numeric): return hasAffinity ? value : expression(value)
    default: return value
    }
  }

  /// Returns the value as the new column stores it, for values that are not ``invalid(_:)``.
  func expression(_ value: String) -> String {
    if old.isSameKind(as: new) { return value }
    let text = old == .binary ? "CAST(\(value) AS TEXT)" : value
    switch new {
    case .text: return old.isText ? value : Self.text(of: value, isBytes: old == .binary)
    case .integer, .boolean: return "CAST(\(text) AS INTEGER)"
    case .real: return "CAST(\(text) AS REAL)"
    case .numeric: return stored("CAST(\(text) AS NUMERIC)")
    case .timestamp:
      return old == .date ? "CASE length(\(value)) WHEN 10 THEN \(value) || ' 00:00:00.000000' ELSE \(value) END" : text
    case .date: return old == .timestamp ? "substr(\(value), 1, 10)" : text
    case .time: return old == .timestamp ? "substr(\(value), 12)" : text
    case .uuid: return "lower(replace(\(text), '-', ''))"
    case .binary:
      return "CASE typeof(\(value)) WHEN 'blob' THEN \(value) WHEN 'null' THEN NULL"
        + " ELSE CAST(\(old.isText ? value : Self.text(of: value, isBytes: false)) AS BLOB) END"
    case .json, .anyNumber: return hasAffinity ? stored(text) : text
    case .any: return value
    }
  }

  /// Returns the condition for values that the new form does not have; nil if it has all.
  func invalid(_ value: String) -> String? {
    guard !old.isPart(of: new) else { return nil }
    // A value that does not fit its own column either stays as it is.
    if old.isSameKind(as: new) { return SQLiteFormCondition(value, from: old).excess(new) }
    if old == .binary {
      let text = "CAST(\(value) AS TEXT)"
      let form = SQLiteFormCondition(text, from: .text(length: nil)).misfit(new)
      switch new {
      case .anyNumber, .any: return nil
      default:
        return "CASE WHEN typeof(\(value)) = 'blob' AND \(Self.isNotUTF8(value)) THEN 1 ELSE \(form ?? "0") END"
      }
    }
    return SQLiteFormCondition(value, from: old).misfit(new)
  }

  /// Returns a number as numeric affinity stores it: an integer if it is one.
  /// https://sqlite.org/datatype3.html#type_affinity
  private func stored(_ value: String) -> String {
    let text = "typeof(\"_metaxy_v\") = 'text' AND CAST(\"_metaxy_v\" AS NUMERIC) = \"_metaxy_v\""
    return "(SELECT CASE WHEN typeof(\"_metaxy_n\") = 'real' AND \"_metaxy_n\" > -9.2e18 AND \"_metaxy_n\" < 9.2e18"
      + " AND \"_metaxy_n\" = CAST(\"_metaxy_n\" AS INTEGER) THEN CAST(\"_metaxy_n\" AS INTEGER) ELSE \"_metaxy_n\" END"
      + " FROM (SELECT CASE WHEN \(text) THEN CAST(\"_metaxy_v\" AS NUMERIC) ELSE \"_metaxy_v\" END AS \"_metaxy_n\""
      + " FROM (SELECT +(\(value)) AS \"_metaxy_v\")))"
  }

  /// Returns the text of a value. SQLite's own has 15 digits of a number; this one has as many as it needs.
  /// https://sqlite.org/printf.html
  static func text(of value: String, isBytes: Bool) -> String {
    guard !isBytes else { return "CAST(\(value) AS TEXT)" }
    func digits(_ number: Int) -> String { "printf('%!.\(number)g', \(value))" }
    func isEnough(_ number: Int) -> String { "CAST(\(digits(number)) AS REAL) = \(value)" }
    return "CASE typeof(\(value)) WHEN 'real' THEN CASE WHEN \(isEnough(15)) THEN \(digits(15))"
      + " WHEN \(isEnough(16)) THEN \(digits(16)) ELSE \(digits(17)) END ELSE CAST(\(value) AS TEXT) END"
  }

  /// Returns the condition for bytes that are not a text in UTF-8: one that is not ASCII is read character by character,
  /// and each must be written with the same bytes.
  private static func isNotUTF8(_ bytes: String) -> String {
    let text = "CAST(\(bytes) AS TEXT)"
    let character = "unicode(CAST(substr(\(bytes), \"_metaxy_i\", 4) AS TEXT))"
    let length =
      "CASE WHEN \(character) < 128 THEN 1 WHEN \(character) < 2048 THEN 2 WHEN \(character) < 65536 THEN 3 ELSE 4 END"
    let rest =
      "(WITH RECURSIVE \"_metaxy_c\" (\"_metaxy_i\", \"_metaxy_n\") AS (SELECT 1, 0 UNION ALL SELECT \"_metaxy_i\" + \(length), "
      + "hex(char(\(character))) <> hex(substr(\(bytes), \"_metaxy_i\", \(length))) FROM \"_metaxy_c\""
      + " WHERE \"_metaxy_n\" = 0 AND \"_metaxy_i\" <= length(\(bytes))) SELECT max(\"_metaxy_n\") FROM \"_metaxy_c\")"
    return "(instr(\(bytes), x'00') > 0 OR CASE WHEN \(text) GLOB ('*[^' || char(1) || '-' || char(127) || ']*')"
      + " THEN \(rest) ELSE 0 END)"
  }
}

extension SQLiteStoredForm {
  /// Whether the values are texts, in a column that stores them as they are.
  var isText: Bool {
    switch self {
    case .text, .timestamp, .date, .time, .uuid: true
    default: false
    }
  }
}

package import MetaxyErrors
package import MetaxyFeatures

/// SQLite's names for column types: SQLAlchemy's names, so that each can read the other's tables.
package enum SQLiteTypes {
  /// The name of SQLite in an `SQLExpression`.
  package static let dialect = "sqlite"

  package static func name(of type: ColumnType) -> String {
    switch type {
    case .string(nil): "VARCHAR"
    case .string(let length?): "VARCHAR(\(length))"
    case .bigint: "BIGINT"
    case .integer: "INTEGER"
    case .smallint: "SMALLINT"
    case .double: "FLOAT"
    case .real: "REAL"
    case .boolean: "BOOLEAN"
    case .timestamp, .interval: "DATETIME"
    case .date: "DATE"
    case .time: "TIME"
    case .numeric(let precision?, let scale?): "NUMERIC(\(precision), \(scale))"
    case .numeric(let precision?, nil): "NUMERIC(\(precision))"
    case .numeric: "NUMERIC"
    case .uuid: "CHAR(32)"
    case .binary: "BLOB"
    case .json, .jsonb: "JSON"
    case .raw(let words): words.text(for: dialect)
    }
  }

  /// Returns the type's name in `STRICT` tables, which allow only a few names. https://sqlite.org/stricttables.html
  package static func strictName(of type: ColumnType) throws(MetaxyError) -> String {
    switch type {
    case .string, .timestamp, .interval, .date, .time, .uuid, .json, .jsonb: return "TEXT"
    case .bigint, .integer, .smallint, .boolean: return "INTEGER"
    case .double, .real: return "REAL"
    case .binary: return "BLOB"
    case .numeric: return "ANY"
    case .raw:
      let word = name(of: type)
      guard ["INT", "INTEGER", "REAL", "TEXT", "BLOB", "ANY"].contains(word.uppercased()) else {
        throw .typeNotStrict(word)
      }
      return word
    }
  }

  /// Returns the type of a declaration. It is a raw type unless ``name(of:)`` writes exactly this declaration, so that
  /// a rebuilt table keeps it.
  package static func type(declared: String) -> ColumnType {
    byName[declared] ?? lengthType(declared) ?? .raw(declared)
  }

  private static let byName: [String: ColumnType] = {
    let plain: [ColumnType] = [
      .string, .bigint, .integer, .smallint, .double, .real, .boolean, .timestamp, .date, .time, .numeric, .uuid,
      .binary, .json,
    ]
    return Dictionary(plain.map { (name(of: $0), $0) }) { first, _ in first }
  }()

  /// Parses `VARCHAR(64)` and `NUMERIC(12, 3)`.
  private static func lengthType(_ declared: String) -> ColumnType? {
    guard declared.hasSuffix(")"), let parenthesis = declared.firstIndex(of: "(") else { return nil }
    let numbers = declared[declared.index(after: parenthesis)...].dropLast().split(separator: ",").map {
      Int($0.drop { $0 == " " })
    }
    let type: ColumnType? =
      switch (declared[..<parenthesis], numbers.count) {
      case ("VARCHAR", 1): numbers[0].map(ColumnType.varchar)
      case ("NUMERIC", 1): numbers[0].map { .numeric(precision: $0, scale: nil) }
      case ("NUMERIC", 2): numbers[0].flatMap { precision in numbers[1].map { .numeric(precision, $0) } }
      default: nil
      }
    return type.flatMap { name(of: $0) == declared ? $0 : nil }
  }
}

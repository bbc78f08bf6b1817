internal import MetaxyErrors
internal import MetaxyFeatures

/// PostgreSQL's names for column types.
///
/// Each type has two spellings: the one that metaxy writes, which is SQLAlchemy's, and the canonical one that
/// `format_type` prints, which is used for comparisons.
enum PostgreSQLTypes {
  /// The dialect's name for texts and raw types in an `SQLExpression`.
  static let dialect = "postgresql"

  /// Returns the type as metaxy writes it: `VARCHAR(64)`, `TIMESTAMP WITH TIME ZONE`.
  static func name(of type: ColumnType) -> String {
    switch type {
    case .string(nil): "VARCHAR"
    case .string(let length?): "VARCHAR(\(length))"
    case .bigint: "BIGINT"
    case .integer: "INTEGER"
    case .smallint: "SMALLINT"
    case .double: "DOUBLE PRECISION"
    case .real: "REAL"
    case .boolean: "BOOLEAN"
    case .timestamp: "TIMESTAMP WITH TIME ZONE"
    case .date: "DATE"
    case .time: "TIME WITHOUT TIME ZONE"
    case .numeric(let precision?, let scale?): "NUMERIC(\(precision), \(scale))"
    case .numeric(let precision?, nil): "NUMERIC(\(precision))"
    case .numeric: "NUMERIC"
    case .uuid: "UUID"
    case .binary: "BYTEA"
    case .interval: "INTERVAL"
    case .json: "JSON"
    case .jsonb: "JSONB"
    case .raw(let words): words.text(for: dialect)
    }
  }

  /// Returns the type as `format_type` prints it, without the aliases that PostgreSQL accepts: `character varying(64)`
  /// for `VARCHAR(64)`, `integer[]` for `int4 ARRAY`.
  static func canonicalName(of type: ColumnType) -> String {
    let name = name(of: type)
    // A text that cannot be tokenised equals only the identical text; the engine reports the error.
    return (try? PostgreSQLTypeText(name))?.canonical ?? name
  }

  /// Returns the type of a text of `format_type`; a raw type if no engine-independent type has it.
  static func type(formatted text: String) -> ColumnType { byCanonicalName[text] ?? sizedType(text) ?? .raw(text) }

  /// Returns the pseudo-type of a serial column with this type; nil for types that are not integers.
  static func serialName(of type: ColumnType) -> String? {
    switch canonicalName(of: type) {
    case "bigint": "BIGSERIAL"
    case "integer": "SERIAL"
    case "smallint": "SMALLSERIAL"
    default: nil
    }
  }

  /// Returns the range of an integer type; nil for any other type.
  static func bounds(of type: ColumnType) -> ClosedRange<Int>? {
    switch canonicalName(of: type) {
    case "bigint": Int(Int64.min)...Int(Int64.max)
    case "integer": Int(Int32.min)...Int(Int32.max)
    case "smallint": Int(Int16.min)...Int(Int16.max)
    default: nil
    }
  }

  private static let byCanonicalName: [String: ColumnType] = {
    let plain: [ColumnType] = [
      .string, .bigint, .integer, .smallint, .double, .real, .boolean, .timestamp, .date, .time, .numeric, .uuid,
      .binary, .interval, .json, .jsonb,
    ]
    return Dictionary(plain.map { (canonicalName(of: $0), $0) }) { first, _ in first }
  }()

  /// Parses `character varying(64)` and `numeric(12,3)`.
  private static func sizedType(_ text: String) -> ColumnType? {
    guard text.hasSuffix(")"), let parenthesis = text.firstIndex(of: "(") else { return nil }
    let numbers = text[text.index(after: parenthesis)...].dropLast().split(separator: ",").map { Int($0) }
    return switch (text[..<parenthesis], numbers.count) {
    case ("character varying", 1): numbers[0].map(ColumnType.varchar)
    case ("numeric", 2): numbers[0].flatMap { precision in numbers[1].map { .numeric(precision, $0) } }
    default: nil
    }
  }
}

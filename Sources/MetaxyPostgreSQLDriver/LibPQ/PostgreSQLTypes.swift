internal import MetaxyErrors
package import MetaxyFeatures

/// PostgreSQL's names for column types.
///
/// Each type has two spellings: the one that metaxy writes, which is SQLAlchemy's, and the canonical one that
/// `format_type` prints, which is used for comparisons.
package enum PostgreSQLTypes {
  /// The dialect's name for texts and raw types in an `SQLExpression`.
  package static let dialect = "postgresql"

  /// Returns the type as metaxy writes it: `VARCHAR(64)`, `TIMESTAMP WITH TIME ZONE`.
  package static func name(of type: ColumnType) -> String {
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

  /// The type as `format_type` prints it: `character varying(64)`; nil for raw types.
  package static func formattedName(of type: ColumnType) -> String? {
    switch type {
    case .string(nil): "character varying"
    case .string(let length?): "character varying(\(length))"
    case .timestamp: "timestamp with time zone"
    case .numeric(let precision?, let scale): "numeric(\(precision),\(scale ?? 0))"
    case .raw: nil
    default: name(of: type).lowercased()
    }
  }

  /// Returns the type of a text of `format_type`; a raw type if no engine-independent type has it.
  package static func type(formatted text: String) -> ColumnType {
    byCanonicalName[text] ?? sizedType(text) ?? .raw(text)
  }

  private static let byCanonicalName: [String: ColumnType] = {
    let plain: [ColumnType] = [
      .string, .bigint, .integer, .smallint, .double, .real, .boolean, .timestamp, .date, .time, .numeric, .uuid,
      .binary, .interval, .json, .jsonb,
    ]
    return Dictionary(plain.compactMap { type in formattedName(of: type).map { ($0, type) } }) { first, _ in first }
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

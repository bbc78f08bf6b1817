/// What a column holds, without an engine in sight. Each dialect spells it in its own words.
///
/// | case | SQLite | PostgreSQL |
/// |---|---|---|
/// | `.string`, `.varchar(64)` | `VARCHAR`, `VARCHAR(64)` | same |
/// | `.bigint`, `.integer`, `.smallint` | `BIGINT`, `INTEGER`, `SMALLINT` | same |
/// | `.double`, `.real` | `FLOAT`, `REAL` | `DOUBLE PRECISION`, `REAL` |
/// | `.boolean` | `BOOLEAN` | `BOOLEAN` |
/// | `.timestamp` | `DATETIME` | `TIMESTAMP WITH TIME ZONE` |
/// | `.date`, `.time` | `DATE`, `TIME` | `DATE`, `TIME WITHOUT TIME ZONE` |
/// | `.numeric`, `.numeric(12, 3)` | `NUMERIC`, `NUMERIC(12, 3)` | same |
/// | `.uuid` | `CHAR(32)` | `UUID` |
/// | `.binary` | `BLOB` | `BYTEA` |
/// | `.interval` | `DATETIME` | `INTERVAL` |
/// | `.json`, `.jsonb` | `JSON` | `JSON`, `JSONB` |
///
/// The table is SQLAlchemy's, so that Python reads the rows.
public enum ColumnType: Sendable, Hashable {
  /// Text of at most `length` characters; nil for any length.
  case string(length: Int?)
  case bigint, integer, smallint
  case double, real
  case boolean
  /// A point in time, kept in UTC with microseconds.
  case timestamp
  case date, time
  /// A decimal number of `precision` digits, `scale` of them after the point.
  case numeric(precision: Int?, scale: Int?)
  case uuid
  case binary
  case interval
  case json, jsonb
  /// A type in an engine's own words.
  case raw(SQLExpression)

  public static var string: ColumnType { .string(length: nil) }
  public static var text: ColumnType { .string(length: nil) }
  public static func varchar(_ length: Int) -> ColumnType { .string(length: length) }
  public static var numeric: ColumnType { .numeric(precision: nil, scale: nil) }
  public static func numeric(_ precision: Int, _ scale: Int) -> ColumnType {
    .numeric(precision: precision, scale: scale)
  }
  /// A type in the words of every engine, or of each: `.raw("vector(3)", sqlite: "BLOB")`.
  public static func raw(_ text: String, sqlite: String? = nil, postgresql: String? = nil) -> ColumnType {
    .raw(.sql(text, sqlite: sqlite, postgresql: postgresql))
  }
}

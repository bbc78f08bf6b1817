/// The type of a column, independent of the engine.
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
/// The table is that of SQLAlchemy, so that Metaxy for Python reads the rows.
public enum ColumnType: Sendable, Hashable {
  /// Text of at most `length` characters; nil for any length.
  case string(length: Int?)
  /// An integer of 64 bits.
  case bigint
  /// An integer of 32 bits.
  case integer
  /// An integer of 16 bits.
  case smallint
  /// A floating-point number of 64 bits.
  case double
  /// A floating-point number of 32 bits.
  case real
  /// A truth value.
  case boolean
  /// A point in time, stored in UTC with microseconds.
  case timestamp
  /// A day of the calendar, without a time of day.
  case date
  /// A time of day, without a date or zone.
  case time
  /// A decimal number of `precision` digits, `scale` of them after the point; nil for the maximum of the engine.
  case numeric(precision: Int?, scale: Int?)
  /// A UUID.
  case uuid
  /// Bytes.
  case binary
  /// A length of time, with microseconds.
  case interval
  /// A JSON value, stored as the text that was written.
  case json
  /// A JSON value in PostgreSQL's binary form, which can be indexed.
  case jsonb
  /// A type of an engine, spelled as the engine spells it.
  case raw(SQLExpression)

  /// Text of any length.
  public static var string: ColumnType { .string(length: nil) }
  /// Text of any length, as ``string``.
  public static var text: ColumnType { .string(length: nil) }
  /// A decimal number of any size.
  public static var numeric: ColumnType { .numeric(precision: nil, scale: nil) }

  /// Returns a text type with a limit: `.varchar(64)`.
  ///
  /// - Parameter length: The greatest number of characters.
  /// - Returns: The type.
  public static func varchar(_ length: Int) -> ColumnType { .string(length: length) }

  /// Returns a decimal type: `.numeric(12, 3)` has 12 digits, 3 of them after the point.
  ///
  /// - Parameters:
  ///   - precision: The number of digits.
  ///   - scale: How many of them are after the point.
  /// - Returns: The type.
  public static func numeric(_ precision: Int, _ scale: Int) -> ColumnType {
    .numeric(precision: precision, scale: scale)
  }

  /// Returns a type of an engine: `.raw("vector(3)", sqlite: "BLOB")`.
  ///
  /// - Parameters:
  ///   - text: The type for engines without a text of their own.
  ///   - sqlite: The type for SQLite.
  ///   - postgresql: The type for PostgreSQL.
  /// - Returns: The type.
  public static func raw(_ text: String, sqlite: String? = nil, postgresql: String? = nil) -> ColumnType {
    .raw(.sql(text, sqlite: sqlite, postgresql: postgresql))
  }
}

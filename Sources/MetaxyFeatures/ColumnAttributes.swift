/// A literal value in the source of a feature: a default, or the initial value of a property.
public enum LiteralValue: Sendable, Hashable {
  /// A string, without its quotes and escapes.
  case string(String)
  /// An integer: its digits as written, so that no size is too large.
  case integer(String)
  /// A number with a fraction or an exponent, as written.
  case float(String)
  /// `true` or `false`.
  case boolean(Bool)
  /// `nil`, which is NULL.
  case null
}

/// The value that the *database* gives a column when an inserted row leaves it out.
///
/// ```swift
/// @Column(default: "none") var note: String
/// @Column(default: .currentTimestamp) var createdAt: Date
/// @Column(default: .sql("now()", sqlite: "CURRENT_TIMESTAMP")) var seenAt: Date
/// ```
///
/// ```sql
/// "note" VARCHAR NOT NULL DEFAULT 'none'
/// "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
/// "seen_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
/// ```
///
/// The initial value of a property is not a default of the database: it is the backfill value for existing rows.
public enum ColumnDefault: Sendable, Hashable {
  /// A literal, which the dialect quotes.
  case literal(LiteralValue)
  /// The current time: `CURRENT_TIMESTAMP`.
  case currentTimestamp
  /// An expression, which is not quoted: `NOW()` is a call, not five letters.
  case expression(SQLExpression)

  /// Returns an expression as a default.
  ///
  /// - Parameters:
  ///   - text: The expression for engines without a text of their own.
  ///   - sqlite: The expression for SQLite.
  ///   - postgresql: The expression for PostgreSQL.
  /// - Returns: The default.
  public static func sql(_ text: String, sqlite: String? = nil, postgresql: String? = nil) -> ColumnDefault {
    .expression(.sql(text, sqlite: sqlite, postgresql: postgresql))
  }
}

extension ColumnDefault: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral
{
  /// Creates a text as default: `default: "none"`.
  public init(stringLiteral value: String) { self = .literal(.string(value)) }
  /// Creates an integer as default: `default: 0`.
  public init(integerLiteral value: Int) { self = .literal(.integer(String(value))) }
  /// Creates a number as default: `default: 1.5`.
  public init(floatLiteral value: Double) { self = .literal(.float(String(value))) }
  /// Creates a boolean as default: `default: false`.
  public init(booleanLiteral value: Bool) { self = .literal(.boolean(value)) }
}

/// The action on a row when the row that its foreign key refers to is deleted or changes its key.
public enum ForeignKeyAction: String, Sendable, Hashable {
  /// The statement fails at its end, or at the end of the transaction if the constraint is deferred. The default of
  /// SQL.
  case noAction = "NO ACTION"
  /// The statement fails at once.
  case restrict = "RESTRICT"
  /// The row is deleted, or its key follows.
  case cascade = "CASCADE"
  /// The columns of the foreign key become NULL.
  case setNull = "SET NULL"
  /// The columns of the foreign key get their defaults.
  case setDefault = "SET DEFAULT"
}

/// The foreign key of a single column, an argument of `@Column`.
///
/// ```swift
/// @Column(references: .column("id", of: "camera", onDelete: .cascade)) var cameraId: Int
/// ```
///
/// ```sql
/// "camera_id" BIGINT NOT NULL REFERENCES "camera" ("id") ON DELETE CASCADE
/// ```
public struct ColumnReference: Sendable, Hashable {
  package var table: String
  package var column: String
  package var onDelete: ForeignKeyAction
  package var onUpdate: ForeignKeyAction
  package var name: String?

  package init(
    table: String, column: String, onDelete: ForeignKeyAction = .noAction,
    onUpdate: ForeignKeyAction = .noAction, name: String? = nil
  ) {
    self.table = table
    self.column = column
    self.onDelete = onDelete
    self.onUpdate = onUpdate
    self.name = name
  }

  /// Returns a reference to a column of another table.
  ///
  /// - Parameters:
  ///   - column: The column referred to, which must be a key of its table.
  ///   - table: The table referred to.
  ///   - onDelete: What happens when the row referred to is deleted.
  ///   - onUpdate: What happens when its key changes.
  ///   - name: The name of the constraint. Default: generated from table and column.
  /// - Returns: The reference.
  public static func column(
    _ column: String, of table: String, onDelete: ForeignKeyAction = .noAction,
    onUpdate: ForeignKeyAction = .noAction, name: String? = nil
  ) -> ColumnReference {
    ColumnReference(table: table, column: column, onDelete: onDelete, onUpdate: onUpdate, name: name)
  }
}

/// A column that the database computes from others of its row, an argument of `@Column`.
///
/// ```swift
/// @Column(generated: .stored("width * height")) var pixels: Int
/// ```
///
/// ```sql
/// "pixels" BIGINT NOT NULL GENERATED ALWAYS AS (width * height) STORED
/// ```
///
/// Programs read such a column and never write it.
public struct GeneratedValue: Sendable, Hashable {
  package var expression: SQLExpression
  /// Whether the value is kept in the row, and not computed at each read.
  package var isStored: Bool

  package init(expression: SQLExpression, isStored: Bool) {
    self.expression = expression
    self.isStored = isStored
  }

  /// Returns a value that is computed when the row is written.
  ///
  /// - Parameter expression: The SQL expression over columns of the row.
  /// - Returns: The generated value.
  public static func stored(_ expression: SQLExpression) -> GeneratedValue {
    GeneratedValue(expression: expression, isStored: true)
  }

  /// Returns a value that is computed when the row is read: on SQLite, and on PostgreSQL from 18.
  ///
  /// - Parameter expression: The SQL expression over columns of the row.
  /// - Returns: The generated value.
  public static func virtual(_ expression: SQLExpression) -> GeneratedValue {
    GeneratedValue(expression: expression, isStored: false)
  }
}

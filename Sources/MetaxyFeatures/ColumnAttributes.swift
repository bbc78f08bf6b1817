/// A literal value in a feature's source: a default, or the initial value of a property.
public enum LiteralValue: Sendable, Hashable {
  case string(String)
  /// Digits as they are written, so that no size is too large.
  case integer(String)
  case float(String)
  case boolean(Bool)
  case null
}

/// The value that the *database* gives a column when a row names none.
///
/// A property's initial value is no default of the database.
public enum ColumnDefault: Sendable, Hashable {
  case literal(LiteralValue)
  case currentTimestamp
  /// An expression, which is not quoted: `NOW()` is a call, not five letters.
  case expression(SQLExpression)

  public static func sql(_ text: String, sqlite: String? = nil, postgresql: String? = nil) -> ColumnDefault {
    .expression(.sql(text, sqlite: sqlite, postgresql: postgresql))
  }
}

extension ColumnDefault: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral
{
  public init(stringLiteral value: String) { self = .literal(.string(value)) }
  public init(integerLiteral value: Int) { self = .literal(.integer(String(value))) }
  public init(floatLiteral value: Double) { self = .literal(.float(String(value))) }
  public init(booleanLiteral value: Bool) { self = .literal(.boolean(value)) }
}

/// What happens to a row when the row that its foreign key names is changed or deleted.
public enum ForeignKeyAction: String, Sendable, Hashable {
  case noAction = "NO ACTION"
  case restrict = "RESTRICT"
  case cascade = "CASCADE"
  case setNull = "SET NULL"
  case setDefault = "SET DEFAULT"
}

/// The other end of a foreign key that a single column declares.
public struct ColumnReference: Sendable, Hashable {
  public var table: String
  public var column: String
  public var onDelete: ForeignKeyAction
  public var onUpdate: ForeignKeyAction
  public var name: String?

  public init(
    table: String, column: String, onDelete: ForeignKeyAction = .noAction,
    onUpdate: ForeignKeyAction = .noAction, name: String? = nil
  ) {
    self.table = table
    self.column = column
    self.onDelete = onDelete
    self.onUpdate = onUpdate
    self.name = name
  }

  public static func column(
    _ column: String, of table: String, onDelete: ForeignKeyAction = .noAction,
    onUpdate: ForeignKeyAction = .noAction, name: String? = nil
  ) -> ColumnReference {
    ColumnReference(table: table, column: column, onDelete: onDelete, onUpdate: onUpdate, name: name)
  }
}

/// A column that the database computes.
public struct GeneratedValue: Sendable, Hashable {
  public var expression: SQLExpression
  /// Kept in the row, or computed at each reading.
  public var isStored: Bool

  public init(expression: SQLExpression, isStored: Bool) {
    self.expression = expression
    self.isStored = isStored
  }

  public static func stored(_ expression: SQLExpression) -> GeneratedValue {
    GeneratedValue(expression: expression, isStored: true)
  }

  public static func virtual(_ expression: SQLExpression) -> GeneratedValue {
    GeneratedValue(expression: expression, isStored: false)
  }
}

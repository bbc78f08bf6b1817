/// One element of an index: a column, or an expression, with its direction.
public struct IndexElement: Sendable, Hashable, ExpressibleByStringLiteral {
  public enum Term: Sendable, Hashable {
    case column(String)
    case expression(SQLExpression)
  }

  public var term: Term
  public var isDescending: Bool
  public var collation: String?
  /// PostgreSQL: whether NULL comes first; nil for its usual place, last, or first where the order is descending.
  public var nullsFirst: Bool?
  /// PostgreSQL: how the values are compared, with the parameters it has: `text_pattern_ops`.
  public var operatorClass: String?

  public init(
    _ term: Term, isDescending: Bool = false, collation: String? = nil, nullsFirst: Bool? = nil,
    operatorClass: String? = nil
  ) {
    self.term = term
    self.isDescending = isDescending
    self.collation = collation
    self.nullsFirst = nullsFirst
    self.operatorClass = operatorClass
  }

  public init(stringLiteral column: String) { self.init(.column(column)) }

  public static func column(_ name: String, collation: String? = nil) -> IndexElement {
    IndexElement(.column(name), collation: collation)
  }
  public static func descending(_ column: String) -> IndexElement {
    IndexElement(.column(column), isDescending: true)
  }
  public static func expression(_ expression: SQLExpression, descending: Bool = false) -> IndexElement {
    IndexElement(.expression(expression), isDescending: descending)
  }
}

/// An index of a feature's table: `.index(on: ["sample_id", "created_at"])`.
public struct IndexAttribute: Sendable, Hashable {
  public var elements: [IndexElement]
  public var isUnique: Bool
  /// Only the rows for which this holds are in the index.
  public var predicate: SQLExpression?
  public var name: String?

  public init(elements: [IndexElement], isUnique: Bool = false, predicate: SQLExpression? = nil, name: String? = nil) {
    self.elements = elements
    self.isUnique = isUnique
    self.predicate = predicate
    self.name = name
  }

  public static func index(
    on elements: [IndexElement], unique: Bool = false, where predicate: SQLExpression? = nil, name: String? = nil
  ) -> IndexAttribute {
    IndexAttribute(elements: elements, isUnique: unique, predicate: predicate, name: name)
  }
}

/// A condition that every row of a feature's table meets: `.check("height > 0")`.
public struct CheckAttribute: Sendable, Hashable {
  public var expression: SQLExpression
  public var name: String?

  public init(expression: SQLExpression, name: String? = nil) {
    self.expression = expression
    self.name = name
  }

  public static func check(_ expression: SQLExpression, name: String? = nil) -> CheckAttribute {
    CheckAttribute(expression: expression, name: name)
  }
}

/// Columns whose values no two rows share: `.unique("sample_id", "checksum")`.
public struct UniqueAttribute: Sendable, Hashable {
  public var columns: [String]
  public var name: String?

  public init(columns: [String], name: String? = nil) {
    self.columns = columns
    self.name = name
  }

  public static func unique(_ columns: String..., name: String? = nil) -> UniqueAttribute {
    UniqueAttribute(columns: columns, name: name)
  }
}

/// A foreign key of a feature's table over one or more columns.
public struct ForeignKeyAttribute: Sendable, Hashable {
  public var columns: [String]
  public var table: String
  public var referencedColumns: [String]
  public var onDelete: ForeignKeyAction
  public var onUpdate: ForeignKeyAction
  public var name: String?

  public init(
    columns: [String], table: String, referencedColumns: [String], onDelete: ForeignKeyAction = .noAction,
    onUpdate: ForeignKeyAction = .noAction, name: String? = nil
  ) {
    self.columns = columns
    self.table = table
    self.referencedColumns = referencedColumns
    self.onDelete = onDelete
    self.onUpdate = onUpdate
    self.name = name
  }

  public static func foreignKey(
    _ columns: [String], references table: String, _ referencedColumns: [String],
    onDelete: ForeignKeyAction = .noAction, onUpdate: ForeignKeyAction = .noAction, name: String? = nil
  ) -> ForeignKeyAttribute {
    ForeignKeyAttribute(
      columns: columns, table: table, referencedColumns: referencedColumns, onDelete: onDelete, onUpdate: onUpdate,
      name: name)
  }
}

/// What only some engines can say of a table.
public enum TableOption: String, Sendable, Hashable {
  /// SQLite: the declared types are enforced. https://sqlite.org/stricttables.html
  case strict
  /// SQLite: the primary key is the table. https://sqlite.org/withoutrowid.html
  case withoutRowID
  /// PostgreSQL: the rows are in no log and lost with a crash. https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-UNLOGGED
  case unlogged
}

/// One element of an index: a column or an expression, with its direction.
///
/// ```swift
/// .index(on: ["path", .descending("created_at"), .expression("lower(path)")])
/// ```
public struct IndexElement: Sendable, Hashable, ExpressibleByStringLiteral {
  package enum Term: Sendable, Hashable {
    case column(String)
    case expression(SQLExpression)
  }

  package var term: Term
  package var isDescending: Bool
  package var collation: String?
  /// PostgreSQL: whether NULL comes first; nil for its usual place, last, or first where the order is descending.
  package var nullsFirst: Bool?
  /// PostgreSQL: how the values are compared, with its parameters: `text_pattern_ops`.
  package var operatorClass: String?

  package init(
    _ term: Term, isDescending: Bool = false, collation: String? = nil, nullsFirst: Bool? = nil,
    operatorClass: String? = nil
  ) {
    self.term = term
    self.isDescending = isDescending
    self.collation = collation
    self.nullsFirst = nullsFirst
    self.operatorClass = operatorClass
  }

  /// Creates an element for a column, in ascending order: `"path"`.
  public init(stringLiteral column: String) { self.init(.column(column)) }

  /// Returns an element for a column, in ascending order.
  ///
  /// - Parameters:
  ///   - name: The column.
  ///   - collation: The collation to sort by. Default: that of the column.
  /// - Returns: The element.
  public static func column(_ name: String, collation: String? = nil) -> IndexElement {
    IndexElement(.column(name), collation: collation)
  }

  /// Returns an element for a column, in descending order.
  ///
  /// - Parameter column: The column.
  /// - Returns: The element.
  public static func descending(_ column: String) -> IndexElement {
    IndexElement(.column(column), isDescending: true)
  }

  /// Returns an element for an expression: `.expression("lower(path)")`.
  ///
  /// - Parameters:
  ///   - expression: The SQL expression over columns of the row.
  ///   - descending: Whether the order is descending.
  /// - Returns: The element.
  public static func expression(_ expression: SQLExpression, descending: Bool = false) -> IndexElement {
    IndexElement(.expression(expression), isDescending: descending)
  }
}

/// An index of the table of a feature, an argument of `@Feature`.
///
/// ```swift
/// indexes: [.index(on: ["sample_id", .descending("created_at")], unique: true, where: "height > 0")]
/// ```
///
/// ```sql
/// CREATE UNIQUE INDEX … ON "video" ("sample_id", "created_at" DESC) WHERE height > 0
/// ```
public struct IndexAttribute: Sendable, Hashable {
  package var elements: [IndexElement]
  package var isUnique: Bool
  /// Only rows for which this holds are in the index.
  package var predicate: SQLExpression?
  package var name: String?

  package init(elements: [IndexElement], isUnique: Bool = false, predicate: SQLExpression? = nil, name: String? = nil) {
    self.elements = elements
    self.isUnique = isUnique
    self.predicate = predicate
    self.name = name
  }

  /// Returns an index.
  ///
  /// - Parameters:
  ///   - elements: The columns and expressions, in the order of the index.
  ///   - unique: Whether no two rows may share the values.
  ///   - predicate: The condition for a row to be in the index. Default: every row.
  ///   - name: The name of the index. Default: `ix_`, table and columns.
  /// - Returns: The index.
  public static func index(
    on elements: [IndexElement], unique: Bool = false, where predicate: SQLExpression? = nil, name: String? = nil
  ) -> IndexAttribute {
    IndexAttribute(elements: elements, isUnique: unique, predicate: predicate, name: name)
  }
}

/// A condition that every row of the table of a feature meets, an argument of `@Feature`.
///
/// ```swift
/// checks: [.check("height > 0", name: "positive_height")]
/// ```
///
/// ```sql
/// CONSTRAINT "positive_height" CHECK (height > 0)
/// ```
public struct CheckAttribute: Sendable, Hashable {
  package var expression: SQLExpression
  package var name: String?

  package init(expression: SQLExpression, name: String? = nil) {
    self.expression = expression
    self.name = name
  }

  /// Returns a check constraint.
  ///
  /// - Parameters:
  ///   - expression: The condition.
  ///   - name: The name of the constraint. Default: generated.
  /// - Returns: The constraint.
  public static func check(_ expression: SQLExpression, name: String? = nil) -> CheckAttribute {
    CheckAttribute(expression: expression, name: name)
  }
}

/// Columns whose values no two rows share, an argument of `@Feature`.
///
/// ```swift
/// unique: [.unique("sample_id", "checksum")]
/// ```
///
/// ```sql
/// UNIQUE ("sample_id", "checksum")
/// ```
public struct UniqueAttribute: Sendable, Hashable {
  package var columns: [String]
  package var name: String?

  package init(columns: [String], name: String? = nil) {
    self.columns = columns
    self.name = name
  }

  /// Returns a unique constraint.
  ///
  /// - Parameters:
  ///   - columns: The columns.
  ///   - name: The name of the constraint. Default: `uq_`, table and columns.
  /// - Returns: The constraint.
  public static func unique(_ columns: String..., name: String? = nil) -> UniqueAttribute {
    UniqueAttribute(columns: columns, name: name)
  }
}

/// A foreign key of the table of a feature over one or more columns, an argument of `@Feature`.
///
/// ```swift
/// foreignKeys: [.foreignKey(["site", "camera"], references: "camera", ["site", "id"], onDelete: .cascade)]
/// ```
///
/// ```sql
/// FOREIGN KEY ("site", "camera") REFERENCES "camera" ("site", "id") ON DELETE CASCADE
/// ```
public struct ForeignKeyAttribute: Sendable, Hashable {
  package var columns: [String]
  package var table: String
  package var referencedColumns: [String]
  package var onDelete: ForeignKeyAction
  package var onUpdate: ForeignKeyAction
  package var name: String?

  package init(
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

  /// Returns a foreign key.
  ///
  /// - Parameters:
  ///   - columns: The columns of this table.
  ///   - table: The table referred to.
  ///   - referencedColumns: Its columns, as many as `columns`, which must be a key of it.
  ///   - onDelete: What happens when the row referred to is deleted.
  ///   - onUpdate: What happens when its key changes.
  ///   - name: The name of the constraint. Default: `fk_`, table and columns.
  /// - Returns: The foreign key.
  public static func foreignKey(
    _ columns: [String], references table: String, _ referencedColumns: [String],
    onDelete: ForeignKeyAction = .noAction, onUpdate: ForeignKeyAction = .noAction, name: String? = nil
  ) -> ForeignKeyAttribute {
    ForeignKeyAttribute(
      columns: columns, table: table, referencedColumns: referencedColumns, onDelete: onDelete, onUpdate: onUpdate,
      name: name)
  }
}

/// A property of a table that only one engine has, an argument of `@Feature`.
public enum TableOption: String, Sendable, Hashable {
  /// SQLite: the declared types are enforced. https://sqlite.org/stricttables.html
  case strict
  /// SQLite: rows are stored in the primary key. https://sqlite.org/withoutrowid.html
  case withoutRowID
  /// PostgreSQL: rows are not in the write-ahead log, and are lost in a crash.
  /// https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-UNLOGGED
  case unlogged
}

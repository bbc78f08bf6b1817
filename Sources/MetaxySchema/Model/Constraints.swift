public import MetaxyFeatures

/// The name of a constraint or an index.
///
/// Constraints are matched by their structure. Only a name that a person gave is part of what is compared, so that an
/// adopted database is not renamed.
public struct ConstraintName: Sendable, Hashable {
  public var text: String
  public var isGiven: Bool

  public init(_ text: String, isGiven: Bool) {
    self.text = text
    self.isGiven = isGiven
  }

  /// A name that a person gave.
  public static func given(_ text: String) -> ConstraintName { ConstraintName(text, isGiven: true) }
  /// A name that follows from the structure, or that was found in a database.
  public static func derived(_ text: String) -> ConstraintName { ConstraintName(text, isGiven: false) }
}

public struct PrimaryKey: Sendable, Hashable {
  public var name: ConstraintName?
  /// The columns in their order, with the collation and the direction of the index behind the key.
  public var elements: [IndexElement]
  /// Whether the engine numbers the rows and never gives a number out twice: SQLite's `AUTOINCREMENT`, which only a key in
  /// its column's own definition can have.
  public var isSelfNumbering: Bool
  /// What happens to a row that has the key of another one; nil for the engine's usual refusal.
  public var onConflict: ConflictResolution?
  public var deferral: ConstraintDeferral = .notDeferrable
  /// Columns that the index behind the key carries along.
  public var includes: [String] = []
  public var comment: String?

  public init(
    name: ConstraintName? = nil, elements: [IndexElement], isSelfNumbering: Bool = false,
    onConflict: ConflictResolution? = nil
  ) {
    self.name = name
    self.elements = elements
    self.isSelfNumbering = isSelfNumbering
    self.onConflict = onConflict
  }

  public init(name: ConstraintName? = nil, columns: [String], isSelfNumbering: Bool = false) {
    self.init(name: name, elements: columns.map { IndexElement(.column($0)) }, isSelfNumbering: isSelfNumbering)
  }

  public var columns: [String] { elements.columns }
}

public struct UniqueConstraint: Sendable, Hashable {
  public var name: ConstraintName?
  /// The columns in their order, with the collation and the direction of the index behind the constraint.
  public var elements: [IndexElement]
  /// What happens to a row that holds the values of another one; nil for the engine's usual refusal.
  public var onConflict: ConflictResolution?
  public var deferral: ConstraintDeferral = .notDeferrable
  /// Columns that the index behind the constraint carries along.
  public var includes: [String] = []
  /// Whether two NULLs are the same value: `NULLS NOT DISTINCT`.
  public var nullsAreEqual: Bool = false
  public var comment: String?

  public init(
    name: ConstraintName? = nil, elements: [IndexElement], onConflict: ConflictResolution? = nil
  ) {
    self.name = name
    self.elements = elements
    self.onConflict = onConflict
  }

  public init(name: ConstraintName? = nil, columns: [String]) {
    self.init(name: name, elements: columns.map { IndexElement(.column($0)) })
  }

  public var columns: [String] { elements.columns }
}

extension [IndexElement] {
  /// The columns among the elements; keys and unique constraints hold nothing else.
  fileprivate var columns: [String] {
    compactMap { element in if case .column(let name) = element.term { name } else { nil } }
  }
}

/// What an engine does with a row that violates a constraint, where it can do other than refuse it: SQLite's
/// `ON CONFLICT`.
public enum ConflictResolution: String, Sendable, Hashable {
  case rollback = "ROLLBACK"
  case fail = "FAIL"
  case ignore = "IGNORE"
  case replace = "REPLACE"
}

/// When a constraint is enforced.
public enum ConstraintDeferral: String, Sendable, Hashable {
  /// With each statement, and a transaction may not change that.
  case notDeferrable = "NOT DEFERRABLE"
  /// With each statement, until a transaction asks for its end.
  case initiallyImmediate = "DEFERRABLE INITIALLY IMMEDIATE"
  /// At the end of the transaction.
  case initiallyDeferred = "DEFERRABLE INITIALLY DEFERRED"
}

public struct CheckConstraint: Sendable, Hashable {
  public var name: ConstraintName?
  public var expression: SQLExpression
  /// Whether the rows that were there before the check meet it, too.
  public var isValidated: Bool = true
  /// Whether tables that inherit from this one have the check.
  public var isInherited: Bool = true
  public var comment: String?
  /// The column whose definition holds the check; nil when the table's does. SQLite drops a column with its own
  /// checks, but no column that a table's check names.
  public var column: String?

  public init(name: ConstraintName? = nil, expression: SQLExpression, column: String? = nil) {
    self.name = name
    self.expression = expression
    self.column = column
  }
}

public struct ForeignKey: Sendable, Hashable {
  public var name: ConstraintName?
  public var columns: [String]
  public var table: TableName
  /// Empty where the key names no columns and so means the primary key of its table.
  public var referencedColumns: [String]
  public var onDelete: ForeignKeyAction
  public var onUpdate: ForeignKeyAction
  public var deferral: ConstraintDeferral
  /// What `MATCH` says; SQLite reads it and does nothing with it.
  public var match: String?
  /// Whether the rows that were there before the key meet it, too.
  public var isValidated: Bool = true
  /// The columns that `SET NULL` and `SET DEFAULT` change on a deletion; empty for all of the key's.
  public var columnsSetOnDelete: [String] = []
  public var comment: String?
  /// The column whose definition holds the key; nil when the table's does.
  public var column: String?

  public init(
    name: ConstraintName? = nil, columns: [String], table: TableName, referencedColumns: [String],
    onDelete: ForeignKeyAction = .noAction, onUpdate: ForeignKeyAction = .noAction,
    deferral: ConstraintDeferral = .notDeferrable, column: String? = nil
  ) {
    self.name = name
    self.columns = columns
    self.table = table
    self.referencedColumns = referencedColumns
    self.onDelete = onDelete
    self.onUpdate = onUpdate
    self.deferral = deferral
    self.column = column
  }
}

/// An index that is no constraint.
public struct Index: Sendable, Hashable {
  public var name: ConstraintName
  public var elements: [IndexElement]
  public var isUnique: Bool
  /// Only the rows for which this holds are in the index.
  public var predicate: SQLExpression?
  /// The index's kind, `gin`, in small letters; nil for the usual one.
  public var method: String?
  /// Columns that the index carries along.
  public var includes: [String] = []
  /// Whether two NULLs are the same value to a unique index: `NULLS NOT DISTINCT`.
  public var nullsAreEqual: Bool = false
  /// Storage parameters, `fillfactor`, by name.
  public var storage = StorageParameters()
  /// False for what an index build that did not come to its end has left.
  public var isValid: Bool = true
  public var comment: String?

  public init(
    name: ConstraintName, elements: [IndexElement], isUnique: Bool = false, predicate: SQLExpression? = nil
  ) {
    self.name = name
    self.elements = elements
    self.isUnique = isUnique
    self.predicate = predicate
  }
}

/// Rows of which no two may agree by all of the operators: PostgreSQL's `EXCLUDE`.
public struct ExclusionConstraint: Sendable, Hashable {
  public struct Element: Sendable, Hashable {
    public var element: IndexElement
    /// The operator, `&&`.
    public var comparison: String

    public init(_ element: IndexElement, with comparison: String) {
      self.element = element
      self.comparison = comparison
    }
  }

  public var name: ConstraintName?
  /// The kind of the index behind it, `gist`, in small letters.
  public var method: String
  public var elements: [Element]
  /// Only the rows for which this holds are compared.
  public var predicate: SQLExpression?
  public var includes: [String] = []
  public var deferral: ConstraintDeferral = .notDeferrable
  public var comment: String?

  public init(
    name: ConstraintName? = nil, method: String, elements: [Element], predicate: SQLExpression? = nil
  ) {
    self.name = name
    self.method = method
    self.elements = elements
    self.predicate = predicate
  }
}

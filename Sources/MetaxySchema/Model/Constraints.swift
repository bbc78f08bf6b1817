package import MetaxyFeatures
package import MetaxyNames

/// The name of a constraint or an index.
///
/// Constraints are matched by structure. Only an explicit name is compared, so that an adopted database is not renamed.
package struct ConstraintName: Sendable, Hashable {
  package var text: String
  package var isExplicit: Bool

  package init(_ text: String, isExplicit: Bool) {
    self.text = text
    self.isExplicit = isExplicit
  }

  /// Creates an explicit name.
  package static func given(_ text: String) -> ConstraintName { ConstraintName(text, isExplicit: true) }
  /// Creates a generated name, or one that was found in a database.
  package static func derived(_ text: String) -> ConstraintName { ConstraintName(text, isExplicit: false) }
}

package struct PrimaryKey: Sendable, Hashable {
  package var name: ConstraintName?
  /// The columns in order, with the collation and direction of the index that implements the key.
  package var elements: [IndexElement]
  /// Whether the engine numbers the rows and never reuses a number: SQLite's `AUTOINCREMENT`, which is only possible
  /// for a key in its column's definition.
  package var isAutoincrement: Bool
  /// The resolution for a row with an existing key; nil for the default, which is refusal.
  package var onConflict: ConflictResolution?
  package var deferral: ConstraintDeferral = .notDeferrable
  /// The included columns of the index that implements the key.
  package var includes: [String] = []
  /// Storage parameters of that index, `fillfactor`, by name.
  package var storage = StorageParameters()
  package var comment: String?

  package init(
    name: ConstraintName? = nil, elements: [IndexElement], isAutoincrement: Bool = false,
    onConflict: ConflictResolution? = nil
  ) {
    self.name = name
    self.elements = elements
    self.isAutoincrement = isAutoincrement
    self.onConflict = onConflict
  }

  package init(name: ConstraintName? = nil, columns: [String], isAutoincrement: Bool = false) {
    self.init(name: name, elements: columns.map { IndexElement(.column($0)) }, isAutoincrement: isAutoincrement)
  }

  package var columns: [String] { elements.columns }
}

package struct UniqueConstraint: Sendable, Hashable {
  package var name: ConstraintName?
  /// The columns in order, with the collation and direction of the index that implements the constraint.
  package var elements: [IndexElement]
  /// The resolution for a row with existing values; nil for the default, which is refusal.
  package var onConflict: ConflictResolution?
  package var deferral: ConstraintDeferral = .notDeferrable
  /// The included columns of the index that implements the constraint.
  package var includes: [String] = []
  /// Storage parameters of that index, `fillfactor`, by name.
  package var storage = StorageParameters()
  /// Whether two NULLs are equal: `NULLS NOT DISTINCT`.
  package var nullsAreEqual: Bool = false
  package var comment: String?

  package init(
    name: ConstraintName? = nil, elements: [IndexElement], onConflict: ConflictResolution? = nil
  ) {
    self.name = name
    self.elements = elements
    self.onConflict = onConflict
  }

  package init(name: ConstraintName? = nil, columns: [String]) {
    self.init(name: name, elements: columns.map { IndexElement(.column($0)) })
  }

  package var columns: [String] { elements.columns }
}

extension [IndexElement] {
  /// The columns of the elements; keys and unique constraints contain only columns.
  fileprivate var columns: [String] {
    compactMap { element in if case .column(let name) = element.term { name } else { nil } }
  }
}

/// The resolution for a row that violates a constraint: SQLite's `ON CONFLICT`.
package enum ConflictResolution: String, Sendable, Hashable {
  case rollback = "ROLLBACK"
  case fail = "FAIL"
  case ignore = "IGNORE"
  case replace = "REPLACE"
}

/// The time at which a constraint is enforced.
package enum ConstraintDeferral: String, Sendable, Hashable {
  /// With each statement; a transaction cannot change that.
  case notDeferrable = "NOT DEFERRABLE"
  /// With each statement, unless a transaction defers it to its end.
  case initiallyImmediate = "DEFERRABLE INITIALLY IMMEDIATE"
  /// At the end of the transaction.
  case initiallyDeferred = "DEFERRABLE INITIALLY DEFERRED"
}

package struct CheckConstraint: Sendable, Hashable {
  package var name: ConstraintName?
  package var expression: SQLExpression
  /// Whether rows that are older than the check satisfy it too.
  package var isValidated: Bool = true
  /// Whether child tables inherit the check.
  package var isInherited: Bool = true
  package var comment: String?
  /// The column whose definition contains the check; nil for the table's definition. SQLite drops a column with its own
  /// checks, but refuses to drop one that a table's check names.
  package var column: String?

  package init(name: ConstraintName? = nil, expression: SQLExpression, column: String? = nil) {
    self.name = name
    self.expression = expression
    self.column = column
  }
}

package struct ForeignKey: Sendable, Hashable {
  package var name: ConstraintName?
  package var columns: [String]
  package var table: TableName
  /// Empty if the key names no columns, which means the primary key of the other table.
  package var referencedColumns: [String]
  package var onDelete: ForeignKeyAction
  package var onUpdate: ForeignKeyAction
  package var deferral: ConstraintDeferral
  /// The `MATCH` clause; SQLite parses and ignores it.
  package var match: String?
  /// Whether rows that are older than the key satisfy it too.
  package var isValidated: Bool = true
  /// The columns that `SET NULL` and `SET DEFAULT` change on a deletion; empty for all columns of the key.
  package var columnsSetOnDelete: [String] = []
  package var comment: String?
  /// The column whose definition contains the key; nil for the table's definition.
  package var column: String?

  package init(
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

/// An index that does not implement a constraint.
package struct Index: Sendable, Hashable {
  package var name: ConstraintName
  package var elements: [IndexElement]
  package var isUnique: Bool
  /// The condition of a partial index.
  package var predicate: SQLExpression?
  /// The index method in lower case, such as `gin`; nil for the default.
  package var method: String?
  /// The included columns.
  package var includes: [String] = []
  /// Whether two NULLs are equal for a unique index: `NULLS NOT DISTINCT`.
  package var nullsAreEqual: Bool = false
  /// Storage parameters, `fillfactor`, by name.
  package var storage = StorageParameters()
  package var comment: String?

  package init(
    name: ConstraintName, elements: [IndexElement], isUnique: Bool = false, predicate: SQLExpression? = nil
  ) {
    self.name = name
    self.elements = elements
    self.isUnique = isUnique
    self.predicate = predicate
  }
}

/// A constraint that for any two rows at least one operator returns false or NULL: PostgreSQL's `EXCLUDE`.
package struct ExclusionConstraint: Sendable, Hashable {
  package struct Element: Sendable, Hashable {
    package var element: IndexElement
    /// The operator, `&&`.
    package var comparison: String

    package init(_ element: IndexElement, with comparison: String) {
      self.element = element
      self.comparison = comparison
    }
  }

  package var name: ConstraintName?
  /// The method of the index that implements it, in lower case, such as `gist`.
  package var method: String
  package var elements: [Element]
  /// The condition for the compared rows.
  package var predicate: SQLExpression?
  package var includes: [String] = []
  /// Storage parameters of the index that implements it, by name.
  package var storage = StorageParameters()
  package var deferral: ConstraintDeferral = .notDeferrable
  package var comment: String?

  package init(
    name: ConstraintName? = nil, method: String, elements: [Element], predicate: SQLExpression? = nil
  ) {
    self.name = name
    self.method = method
    self.elements = elements
    self.predicate = predicate
  }
}

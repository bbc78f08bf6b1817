package import MetaxyFeatures
package import MetaxyNames
internal import MetaxySQL

/// The name of a constraint or an index.
///
/// Constraints are matched by their structure. Only a name that a person gave is part of what is compared, so that an
/// adopted database is not renamed.
package struct ConstraintName: Sendable, Hashable {
  package var text: String
  package var isExplicit: Bool

  package init(_ text: String, isExplicit: Bool) {
    self.text = text
    self.isExplicit = isExplicit
  }

  /// A name that a person gave.
  package static func given(_ text: String) -> ConstraintName { ConstraintName(text, isExplicit: true) }
  /// A name that follows from the structure, or that was found in a database.
  package static func derived(_ text: String) -> ConstraintName { ConstraintName(text, isExplicit: false) }
}

package struct PrimaryKey: Sendable, Hashable {
  package var name: ConstraintName?
  /// The columns in their order, with the collation and the direction of the index behind the key.
  package var elements: [IndexElement]
  /// Whether the engine numbers the rows and never gives a number out twice: SQLite's `AUTOINCREMENT`, which only a key in
  /// its column's own definition can have.
  package var isAutoincrement: Bool
  /// What happens to a row that has the key of another one; nil for the engine's usual refusal.
  package var onConflict: ConflictResolution?
  package var deferral: ConstraintDeferral = .notDeferrable
  /// Columns that the index behind the key carries along.
  package var includes: [String] = []
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
  /// The columns in their order, with the collation and the direction of the index behind the constraint.
  package var elements: [IndexElement]
  /// What happens to a row that holds the values of another one; nil for the engine's usual refusal.
  package var onConflict: ConflictResolution?
  package var deferral: ConstraintDeferral = .notDeferrable
  /// Columns that the index behind the constraint carries along.
  package var includes: [String] = []
  /// Whether two NULLs are the same value: `NULLS NOT DISTINCT`.
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
  /// The columns among the elements; keys and unique constraints hold nothing else.
  fileprivate var columns: [String] {
    compactMap { element in if case .column(let name) = element.term { name } else { nil } }
  }
}

/// What an engine does with a row that violates a constraint, where it can do other than refuse it: SQLite's
/// `ON CONFLICT`.
package enum ConflictResolution: String, Sendable, Hashable {
  case rollback = "ROLLBACK"
  case fail = "FAIL"
  case ignore = "IGNORE"
  case replace = "REPLACE"
}

/// When a constraint is enforced.
package enum ConstraintDeferral: String, Sendable, Hashable {
  /// With each statement, and a transaction may not change that.
  case notDeferrable = "NOT DEFERRABLE"
  /// With each statement, until a transaction asks for its end.
  case initiallyImmediate = "DEFERRABLE INITIALLY IMMEDIATE"
  /// At the end of the transaction.
  case initiallyDeferred = "DEFERRABLE INITIALLY DEFERRED"
}

package struct CheckConstraint: Sendable, Hashable {
  package var name: ConstraintName?
  package var expression: SQLExpression
  /// Whether the rows that were there before the check meet it, too.
  package var isValidated: Bool = true
  /// Whether tables that inherit from this one have the check.
  package var isInherited: Bool = true
  package var comment: String?
  /// The column whose definition holds the check; nil when the table's does. SQLite drops a column with its own
  /// checks, but no column that a table's check names.
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
  /// Empty where the key names no columns and so means the primary key of its table.
  package var referencedColumns: [String]
  package var onDelete: ForeignKeyAction
  package var onUpdate: ForeignKeyAction
  package var deferral: ConstraintDeferral
  /// What `MATCH` says; SQLite reads it and does nothing with it.
  package var match: String?
  /// Whether the rows that were there before the key meet it, too.
  package var isValidated: Bool = true
  /// The columns that `SET NULL` and `SET DEFAULT` change on a deletion; empty for all of the key's.
  package var columnsSetOnDelete: [String] = []
  package var comment: String?
  /// The column whose definition holds the key; nil when the table's does.
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

/// An index that is no constraint.
package struct Index: Sendable, Hashable {
  package var name: ConstraintName
  package var elements: [IndexElement]
  package var isUnique: Bool
  /// Only the rows for which this holds are in the index.
  package var predicate: SQLExpression?
  /// The index's kind, `gin`, in small letters; nil for the usual one.
  package var method: String?
  /// Columns that the index carries along.
  package var includes: [String] = []
  /// Whether two NULLs are the same value to a unique index: `NULLS NOT DISTINCT`.
  package var nullsAreEqual: Bool = false
  /// Storage parameters, `fillfactor`, by name.
  package var storage = StorageParameters()
  /// False for what an index build that did not come to its end has left.
  package var isValid: Bool = true
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

/// Rows of which no two may agree by all of the operators: PostgreSQL's `EXCLUDE`.
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
  /// The kind of the index behind it, `gist`, in small letters.
  package var method: String
  package var elements: [Element]
  /// Only the rows for which this holds are compared.
  package var predicate: SQLExpression?
  package var includes: [String] = []
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

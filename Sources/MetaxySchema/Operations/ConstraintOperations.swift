internal import MetaxyFeatures
package import MetaxyNames

/// A constraint of any kind in an operation.
package enum Constraint: Sendable, Hashable {
  case primaryKey(PrimaryKey)
  case unique(UniqueConstraint)
  case check(CheckConstraint)
  case foreignKey(ForeignKey)
  case exclusion(ExclusionConstraint)

  package var name: ConstraintName? {
    switch self {
    case .primaryKey(let key): key.name
    case .unique(let unique): unique.name
    case .check(let check): check.name
    case .foreignKey(let key): key.name
    case .exclusion(let exclusion): exclusion.name
    }
  }

  /// The noun in the names of its operations: `constraint`, or `fk` for foreign keys, as in Alembic.
  var noun: String {
    switch self {
    case .primaryKey: "primary_key"
    case .unique, .check, .exclusion: "constraint"
    case .foreignKey: "fk"
    }
  }

  /// The column whose definition contains the constraint; nil for a constraint of the table.
  package var definingColumn: String? {
    switch self {
    // In SQLite, a descending key of one INTEGER column is the rowid if the table declares it, and a separate index if the
    // column does; only the latter is introspected as descending.
    case .primaryKey(let key):
      // Only the table can give the key another collation than the column's.
      let isDescending = key.elements.count == 1 && key.elements[0].isDescending && key.elements[0].collation == nil
      return key.isAutoincrement || isDescending ? key.columns.first : nil
    case .unique, .exclusion: return nil
    case .check(let check): return check.column
    case .foreignKey(let key): return key.column
    }
  }
}

/// Adds a constraint to an existing table.
///
/// ```sql
/// ALTER TABLE "crop" ADD CONSTRAINT "ck_crop_height" CHECK (height > 0)
/// ```
package struct AddConstraint: OperationPayload {
  package var table: TableName
  package var constraint: Constraint

  package init(table: TableName, constraint: Constraint) {
    self.table = table
    self.constraint = constraint
  }

  package var verb: String { "add_\(constraint.noun)" }
  package var object: String? { constraint.name?.text ?? constraint.displayText }
  package var reversed: MigrationOperation { .dropConstraint(.init(table: table, constraint: constraint)) }
  package var after: String? { constraint.displayText }
}

/// Drops a constraint.
///
/// ```sql
/// ALTER TABLE "crop" DROP CONSTRAINT "ck_crop_height"
/// ```
package struct DropConstraint: OperationPayload {
  package var table: TableName
  package var constraint: Constraint

  package init(table: TableName, constraint: Constraint) {
    self.table = table
    self.constraint = constraint
  }

  package var verb: String { "remove_\(constraint.noun)" }
  package var object: String? { constraint.name?.text ?? constraint.displayText }
  package var reversed: MigrationOperation { .addConstraint(.init(table: table, constraint: constraint)) }
  package var before: String? { constraint.displayText }
}

/// Changes a constraint that stays: whether older rows satisfy it, or the storage parameters of its index.
///
/// ```sql
/// ALTER TABLE "crop" VALIDATE CONSTRAINT "ck_crop_height"
/// ```
package struct ChangeConstraint: OperationPayload {
  package var table: TableName
  package var old: Constraint
  package var new: Constraint

  /// - Parameter new: the same constraint with another state, under the same name.
  package init(table: TableName, from old: Constraint, to new: Constraint) {
    self.table = table
    self.old = old
    self.new = new
  }

  package var verb: String { "modify_\(new.noun)" }
  package var object: String? { new.name?.text ?? new.displayText }
  package var reversed: MigrationOperation { .changeConstraint(.init(table: table, from: new, to: old)) }
  package var before: String? { old.displayText }
  package var after: String? { new.displayText }
}

extension Constraint {
  /// Whether rows that are older than the constraint satisfy it too.
  package var isValidated: Bool {
    switch self {
    case .check(let check): check.isValidated
    case .foreignKey(let key): key.isValidated
    case .primaryKey, .unique, .exclusion: true
    }
  }

  /// The storage parameters of the index that implements the constraint.
  package var storage: StorageParameters {
    switch self {
    case .primaryKey(let key): key.storage
    case .unique(let unique): unique.storage
    case .exclusion(let exclusion): exclusion.storage
    case .check, .foreignKey: [:]
    }
  }

  /// Returns the constraint in the state of another one.
  func inState(of other: Constraint) -> Constraint {
    switch self {
    case .primaryKey(var key):
      key.storage = other.storage
      return .primaryKey(key)
    case .unique(var unique):
      unique.storage = other.storage
      return .unique(unique)
    case .exclusion(var exclusion):
      exclusion.storage = other.storage
      return .exclusion(exclusion)
    case .check(var check):
      check.isValidated = other.isValidated
      return .check(check)
    case .foreignKey(var key):
      key.isValidated = other.isValidated
      return .foreignKey(key)
    }
  }
}

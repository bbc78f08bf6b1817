package import MetaxyNames

/// Renames a table; references to it change with it.
///
/// ```sql
/// ALTER TABLE "clip" RENAME TO "video"
/// ```
package struct RenameTable: OperationPayload {
  /// The old name.
  package var table: TableName
  package var newName: TableName

  package init(_ table: TableName, to newName: TableName) {
    self.table = table
    self.newName = newName
  }

  package var verb: String { "rename_table" }
  package var reversed: MigrationOperation { .renameTable(.init(newName, to: table)) }
  package var before: String? { table.description }
  package var after: String? { newName.description }
}

/// Renames a column; references to it change with it.
///
/// ```sql
/// ALTER TABLE "video" RENAME COLUMN "size" TO "bytes"
/// ```
package struct RenameColumn: OperationPayload {
  package var table: TableName
  package var oldName: String
  package var newName: String

  package init(table: TableName, from oldName: String, to newName: String) {
    self.table = table
    self.oldName = oldName
    self.newName = newName
  }

  package var verb: String { "rename_column" }
  package var columnName: String? { newName }
  package var reversed: MigrationOperation { .renameColumn(.init(table: table, from: newName, to: oldName)) }
  package var before: String? { oldName }
  package var after: String? { newName }
}

/// Renames a constraint.
///
/// ```sql
/// ALTER TABLE "video" RENAME CONSTRAINT "fk_old" TO "fk_new"
/// ```
package struct RenameConstraint: OperationPayload {
  package var table: TableName
  package var old: Constraint
  package var new: Constraint

  /// - Parameters:
  ///   - old: the constraint under its old name.
  ///   - new: the same constraint under its new name.
  package init(table: TableName, from old: Constraint, to new: Constraint) {
    self.table = table
    self.old = old
    self.new = new
  }

  package var verb: String { "rename_constraint" }
  package var object: String? { new.name?.text }
  package var reversed: MigrationOperation { .renameConstraint(.init(table: table, from: new, to: old)) }
  package var before: String? { old.name?.text }
  package var after: String? { new.name?.text }
}

/// Renames an index.
///
/// ```sql
/// ALTER INDEX "ix_old" RENAME TO "ix_new"
/// ```
package struct RenameIndex: OperationPayload {
  package var table: TableName
  package var old: Index
  package var new: Index

  /// - Parameters:
  ///   - old: the index under its old name.
  ///   - new: the same index under its new name.
  package init(table: TableName, from old: Index, to new: Index) {
    self.table = table
    self.old = old
    self.new = new
  }

  package var verb: String { "rename_index" }
  package var object: String? { new.name.text }
  package var reversed: MigrationOperation { .renameIndex(.init(table: table, from: new, to: old)) }
  package var before: String? { old.name.text }
  package var after: String? { new.name.text }
}

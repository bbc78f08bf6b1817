package import MetaxyNames
internal import MetaxySQL

/// Renames a table; what refers to it follows.
///
/// ```sql
/// ALTER TABLE "clip" RENAME TO "video"
/// ```
package struct RenameTable: MigrationOperation {
  /// The old name.
  package var table: TableName
  package var newName: TableName

  package init(_ table: TableName, to newName: TableName) {
    self.table = table
    self.newName = newName
  }

  package var verb: String { "rename_table" }
  package var reversed: any MigrationOperation { RenameTable(newName, to: table) }
  package var before: String? { table.description }
  package var after: String? { newName.description }

  package func render<Renderer: OperationRenderer>(with renderer: Renderer) throws -> Renderer.Output {
    try renderer.render(self)
  }
}

/// Renames a column; what mentions it follows.
///
/// ```sql
/// ALTER TABLE "video" RENAME COLUMN "size" TO "bytes"
/// ```
package struct RenameColumn: MigrationOperation {
  package var table: TableName
  package var oldName: String
  package var newName: String

  package init(table: TableName, from oldName: String, to newName: String) {
    self.table = table
    self.oldName = oldName
    self.newName = newName
  }

  package var verb: String { "rename_column" }
  package var object: String? { newName }
  package var isAboutColumn: Bool { true }
  package var reversed: any MigrationOperation { RenameColumn(table: table, from: newName, to: oldName) }
  package var before: String? { oldName }
  package var after: String? { newName }

  package func render<Renderer: OperationRenderer>(with renderer: Renderer) throws -> Renderer.Output {
    try renderer.render(self)
  }
}

/// Gives a constraint another name.
///
/// ```sql
/// ALTER TABLE "video" RENAME CONSTRAINT "fk_old" TO "fk_new"
/// ```
package struct RenameConstraint: MigrationOperation {
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
  package var reversed: any MigrationOperation { RenameConstraint(table: table, from: new, to: old) }
  package var before: String? { old.name?.text }
  package var after: String? { new.name?.text }

  package func render<Renderer: OperationRenderer>(with renderer: Renderer) throws -> Renderer.Output {
    try renderer.render(self)
  }
}

/// Gives an index another name.
///
/// ```sql
/// ALTER INDEX "ix_old" RENAME TO "ix_new"
/// ```
package struct RenameIndex: MigrationOperation {
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
  package var reversed: any MigrationOperation { RenameIndex(table: table, from: new, to: old) }
  package var before: String? { old.name.text }
  package var after: String? { new.name.text }

  package func render<Renderer: OperationRenderer>(with renderer: Renderer) throws -> Renderer.Output {
    try renderer.render(self)
  }
}

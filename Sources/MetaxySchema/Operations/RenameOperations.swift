/// Renames a table; what refers to it follows.
///
/// ```sql
/// ALTER TABLE "clip" RENAME TO "video"
/// ```
public struct RenameTable: MigrationOperation {
  /// The old name.
  public var table: TableName
  public var newName: TableName

  public init(_ table: TableName, to newName: TableName) {
    self.table = table
    self.newName = newName
  }

  public var verb: String { "rename_table" }
  public var reversed: any MigrationOperation { RenameTable(newName, to: table) }
  public var before: String? { table.description }
  public var after: String? { newName.description }

  public func render<Renderer: OperationRenderer>(with renderer: Renderer) throws -> Renderer.Output {
    try renderer.render(self)
  }
}

/// Renames a column; what mentions it follows.
///
/// ```sql
/// ALTER TABLE "video" RENAME COLUMN "size" TO "bytes"
/// ```
public struct RenameColumn: MigrationOperation {
  public var table: TableName
  public var oldName: String
  public var newName: String

  public init(table: TableName, from oldName: String, to newName: String) {
    self.table = table
    self.oldName = oldName
    self.newName = newName
  }

  public var verb: String { "rename_column" }
  public var object: String? { newName }
  public var isAboutColumn: Bool { true }
  public var reversed: any MigrationOperation { RenameColumn(table: table, from: newName, to: oldName) }
  public var before: String? { oldName }
  public var after: String? { newName }

  public func render<Renderer: OperationRenderer>(with renderer: Renderer) throws -> Renderer.Output {
    try renderer.render(self)
  }
}

/// Gives a constraint another name.
///
/// ```sql
/// ALTER TABLE "video" RENAME CONSTRAINT "fk_old" TO "fk_new"
/// ```
public struct RenameConstraint: MigrationOperation {
  public var table: TableName
  public var old: Constraint
  public var new: Constraint

  /// - Parameters:
  ///   - old: the constraint under its old name.
  ///   - new: the same constraint under its new name.
  public init(table: TableName, from old: Constraint, to new: Constraint) {
    self.table = table
    self.old = old
    self.new = new
  }

  public var verb: String { "rename_constraint" }
  public var object: String? { new.name?.text }
  public var reversed: any MigrationOperation { RenameConstraint(table: table, from: new, to: old) }
  public var before: String? { old.name?.text }
  public var after: String? { new.name?.text }

  public func render<Renderer: OperationRenderer>(with renderer: Renderer) throws -> Renderer.Output {
    try renderer.render(self)
  }
}

/// Gives an index another name.
///
/// ```sql
/// ALTER INDEX "ix_old" RENAME TO "ix_new"
/// ```
public struct RenameIndex: MigrationOperation {
  public var table: TableName
  public var old: Index
  public var new: Index

  /// - Parameters:
  ///   - old: the index under its old name.
  ///   - new: the same index under its new name.
  public init(table: TableName, from old: Index, to new: Index) {
    self.table = table
    self.old = old
    self.new = new
  }

  public var verb: String { "rename_index" }
  public var object: String? { new.name.text }
  public var reversed: any MigrationOperation { RenameIndex(table: table, from: new, to: old) }
  public var before: String? { old.name.text }
  public var after: String? { new.name.text }

  public func render<Renderer: OperationRenderer>(with renderer: Renderer) throws -> Renderer.Output {
    try renderer.render(self)
  }
}

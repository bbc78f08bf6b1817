/// Adds a column.
///
/// ```sql
/// ALTER TABLE "video" ADD COLUMN "fps" FLOAT
/// ```
public struct AddColumn: MigrationOperation {
  public var table: TableName
  public var column: Column

  public init(table: TableName, column: Column) {
    self.table = table
    self.column = column
  }

  public var verb: String { "add_column" }
  public var object: String? { column.name }
  public var isAboutColumn: Bool { true }
  public var reversed: any MigrationOperation { DropColumn(table: table, column: column) }
  public var after: String? { column.summary }

  public func render<Renderer: OperationRenderer>(with renderer: Renderer) throws -> Renderer.Output {
    try renderer.render(self)
  }
}

/// Drops a column.
///
/// ```sql
/// ALTER TABLE "video" DROP COLUMN "size"
/// ```
///
/// Carries the whole column, not only its name, so that its reverse can add the column back as it was.
public struct DropColumn: MigrationOperation {
  public var table: TableName
  public var column: Column

  public init(table: TableName, column: Column) {
    self.table = table
    self.column = column
  }

  public var verb: String { "remove_column" }
  public var object: String? { column.name }
  public var isAboutColumn: Bool { true }
  public var reversed: any MigrationOperation { AddColumn(table: table, column: column) }
  public var before: String? { column.summary }

  public func render<Renderer: OperationRenderer>(with renderer: Renderer) throws -> Renderer.Output {
    try renderer.render(self)
  }
}

/// Changes one aspect of a column: its type, whether it may be null, its default, how it is generated, its collation.
public struct ChangeColumn: MigrationOperation {
  public enum Aspect: String, Sendable, Hashable, CaseIterable {
    case type, nullable, `default`, computed, numbering, collation, comment
  }

  public var table: TableName
  public var aspect: Aspect
  public var old: Column
  public var new: Column

  public init(table: TableName, aspect: Aspect, from old: Column, to new: Column) {
    self.table = table
    self.aspect = aspect
    self.old = old
    self.new = new
  }

  /// Numbering is the column's default, as in Alembic.
  public var verb: String { "modify_\(aspect == .numbering ? "default" : aspect.rawValue)" }
  public var object: String? { new.name }
  public var isAboutColumn: Bool { true }
  public var reversed: any MigrationOperation {
    ChangeColumn(table: table, aspect: aspect, from: new, to: old)
  }
  public var before: String? { old.summary(of: aspect) }
  public var after: String? { new.summary(of: aspect) }

  public func render<Renderer: OperationRenderer>(with renderer: Renderer) throws -> Renderer.Output {
    try renderer.render(self)
  }
}

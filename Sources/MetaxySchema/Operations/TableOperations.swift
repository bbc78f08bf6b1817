public import MetaxyFeatures

/// Creates a table with its constraints; its indexes follow in operations of their own.
///
/// ```sql
/// CREATE TABLE "video" ("sample_id" VARCHAR NOT NULL)
/// ```
public struct CreateTable: MigrationOperation {
  public var definition: Table

  public init(_ definition: Table) { self.definition = definition.withoutIndexes }

  public var verb: String { "add_table" }
  public var table: TableName { definition.name }
  public var reversed: any MigrationOperation { DropTable(definition) }
  public var after: String? { definition.columns.map(\.name).joined(separator: ", ") }

  public func render<Renderer: OperationRenderer>(with renderer: Renderer) throws -> Renderer.Output {
    try renderer.render(self)
  }
}

/// Drops a table, with all of its rows.
///
/// ```sql
/// DROP TABLE "video"
/// ```
public struct DropTable: MigrationOperation {
  public var definition: Table

  public init(_ definition: Table) { self.definition = definition.withoutIndexes }

  public var verb: String { "remove_table" }
  public var table: TableName { definition.name }
  public var reversed: any MigrationOperation { CreateTable(definition) }
  public var before: String? { definition.columns.map(\.name).joined(separator: ", ") }

  public func render<Renderer: OperationRenderer>(with renderer: Renderer) throws -> Renderer.Output {
    try renderer.render(self)
  }
}

/// Changes what only some engines can say of a table: SQLite's `STRICT` and `WITHOUT ROWID`.
public struct ChangeTableOptions: MigrationOperation {
  public var table: TableName
  public var old: [TableOption]
  public var new: [TableOption]

  public init(table: TableName, from old: [TableOption], to new: [TableOption]) {
    self.table = table
    self.old = old
    self.new = new
  }

  public var verb: String { "modify_table_options" }
  public var reversed: any MigrationOperation { ChangeTableOptions(table: table, from: new, to: old) }
  public var before: String? { old.map(\.rawValue).joined(separator: ", ") }
  public var after: String? { new.map(\.rawValue).joined(separator: ", ") }

  public func render<Renderer: OperationRenderer>(with renderer: Renderer) throws -> Renderer.Output {
    try renderer.render(self)
  }
}

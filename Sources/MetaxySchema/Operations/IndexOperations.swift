/// Creates an index.
///
/// ```sql
/// CREATE INDEX "ix_video_path" ON "video" ("path")
/// ```
public struct CreateIndex: MigrationOperation {
  public var table: TableName
  public var index: Index

  public init(table: TableName, index: Index) {
    self.table = table
    self.index = index
  }

  public var verb: String { "add_index" }
  public var object: String? { index.name.text }
  public var reversed: any MigrationOperation { DropIndex(table: table, index: index) }
  public var after: String? { index.summary }

  public func render<Renderer: OperationRenderer>(with renderer: Renderer) throws -> Renderer.Output {
    try renderer.render(self)
  }
}

/// Drops an index.
///
/// ```sql
/// DROP INDEX "ix_video_path"
/// ```
public struct DropIndex: MigrationOperation {
  public var table: TableName
  public var index: Index

  public init(table: TableName, index: Index) {
    self.table = table
    self.index = index
  }

  public var verb: String { "remove_index" }
  public var object: String? { index.name.text }
  public var reversed: any MigrationOperation { CreateIndex(table: table, index: index) }
  public var before: String? { index.summary }

  public func render<Renderer: OperationRenderer>(with renderer: Renderer) throws -> Renderer.Output {
    try renderer.render(self)
  }
}

package import MetaxyNames
internal import MetaxySQL

/// Creates an index.
///
/// ```sql
/// CREATE INDEX "ix_video_path" ON "video" ("path")
/// ```
package struct CreateIndex: MigrationOperation {
  package var table: TableName
  package var index: Index

  package init(table: TableName, index: Index) {
    self.table = table
    self.index = index
  }

  package var verb: String { "add_index" }
  package var object: String? { index.name.text }
  package var reversed: any MigrationOperation { DropIndex(table: table, index: index) }
  package var after: String? { index.displayText }

  package func render<Renderer: OperationRenderer>(with renderer: Renderer) throws -> Renderer.Output {
    try renderer.render(self)
  }
}

/// Drops an index.
///
/// ```sql
/// DROP INDEX "ix_video_path"
/// ```
package struct DropIndex: MigrationOperation {
  package var table: TableName
  package var index: Index

  package init(table: TableName, index: Index) {
    self.table = table
    self.index = index
  }

  package var verb: String { "remove_index" }
  package var object: String? { index.name.text }
  package var reversed: any MigrationOperation { CreateIndex(table: table, index: index) }
  package var before: String? { index.displayText }

  package func render<Renderer: OperationRenderer>(with renderer: Renderer) throws -> Renderer.Output {
    try renderer.render(self)
  }
}

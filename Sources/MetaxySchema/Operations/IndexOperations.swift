package import MetaxySQL

/// Creates an index.
///
/// ```sql
/// CREATE INDEX "ix_video_path" ON "video" ("path")
/// ```
package struct CreateIndex: OperationPayload {
  package var table: TableName
  package var index: Index

  package init(table: TableName, index: Index) {
    self.table = table
    self.index = index
  }

  package var verb: String { "add_index" }
  package var object: String? { index.name.text }
  package var reversed: MigrationOperation { .dropIndex(.init(table: table, index: index)) }
  package var after: String? { index.displayText }
}

/// Drops an index.
///
/// ```sql
/// DROP INDEX "ix_video_path"
/// ```
package struct DropIndex: OperationPayload {
  package var table: TableName
  package var index: Index

  package init(table: TableName, index: Index) {
    self.table = table
    self.index = index
  }

  package var verb: String { "remove_index" }
  package var object: String? { index.name.text }
  package var reversed: MigrationOperation { .createIndex(.init(table: table, index: index)) }
  package var before: String? { index.displayText }
}

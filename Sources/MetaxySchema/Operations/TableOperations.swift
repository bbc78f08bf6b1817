package import MetaxyFeatures
package import MetaxyNames

/// Creates a table with its constraints; its indexes are separate operations.
///
/// ```sql
/// CREATE TABLE "video" ("sample_id" VARCHAR NOT NULL)
/// ```
package struct CreateTable: OperationPayload {
  package var definition: Table
  /// The triggers that were dropped with the table; its creation restores them.
  package var triggers: [Trigger]

  package init(_ definition: Table, triggers: [Trigger] = []) {
    self.definition = definition.withoutIndexes
    self.triggers = triggers
  }

  package var verb: String { "add_table" }
  package var table: TableName { definition.name }
  package var reversed: MigrationOperation { .dropTable(.init(definition, triggers: triggers)) }
  package var after: String? { definition.columns.map(\.name).joined(separator: ", ") }
}

/// Drops a table, with all of its rows.
///
/// ```sql
/// DROP TABLE "video"
/// ```
package struct DropTable: OperationPayload {
  package var definition: Table
  /// The triggers that the engine drops with the table.
  package var triggers: [Trigger]

  package init(_ definition: Table, triggers: [Trigger] = []) {
    self.definition = definition.withoutIndexes
    self.triggers = triggers
  }

  package var verb: String { "remove_table" }
  package var table: TableName { definition.name }
  package var reversed: MigrationOperation { .createTable(.init(definition, triggers: triggers)) }
  package var before: String? { definition.columns.map(\.name).joined(separator: ", ") }
}

/// Changes the options of a table that only some engines have: SQLite's `STRICT` and `WITHOUT ROWID`.
package struct ChangeTableOptions: OperationPayload {
  package var table: TableName
  package var old: [TableOption]
  package var new: [TableOption]

  package init(table: TableName, from old: [TableOption], to new: [TableOption]) {
    self.table = table
    self.old = old
    self.new = new
  }

  package var verb: String { "modify_table_options" }
  package var reversed: MigrationOperation { .changeTableOptions(.init(table: table, from: new, to: old)) }
  package var before: String? { old.map(\.rawValue).joined(separator: ", ") }
  package var after: String? { new.map(\.rawValue).joined(separator: ", ") }
}

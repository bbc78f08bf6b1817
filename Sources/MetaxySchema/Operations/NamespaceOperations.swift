package import MetaxySQL

/// Creates a schema, in which tables and types have their names.
///
/// ```sql
/// CREATE SCHEMA "archive"
/// ```
package struct CreateSchema: OperationPayload {
  package var name: String

  package init(_ name: String) { self.name = name }

  package var verb: String { "add_schema" }
  package var kind: ObjectKind { .namespace }
  package var table: TableName { TableName(name) }
  package var object: String? { name }
  package var reversed: MigrationOperation { .dropSchema(.init(name)) }
}

/// Drops a schema, which must be empty.
///
/// ```sql
/// DROP SCHEMA "archive"
/// ```
package struct DropSchema: OperationPayload {
  package var name: String

  package init(_ name: String) { self.name = name }

  package var verb: String { "remove_schema" }
  package var kind: ObjectKind { .namespace }
  package var table: TableName { TableName(name) }
  package var object: String? { name }
  package var reversed: MigrationOperation { .createSchema(.init(name)) }
}

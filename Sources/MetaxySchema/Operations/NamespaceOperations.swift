/// Creates a schema, in which tables and types have their names.
///
/// ```sql
/// CREATE SCHEMA "archive"
/// ```
public struct CreateSchema: MigrationOperation {
  public var name: String

  public init(_ name: String) { self.name = name }

  public var verb: String { "add_schema" }
  public var kind: ObjectKind { .namespace }
  public var table: TableName { TableName(name) }
  public var object: String? { name }
  public var reversed: any MigrationOperation { DropSchema(name) }

  public func render<Renderer: OperationRenderer>(with renderer: Renderer) throws -> Renderer.Output {
    try renderer.render(self)
  }
}

/// Drops a schema, which must be empty.
///
/// ```sql
/// DROP SCHEMA "archive"
/// ```
public struct DropSchema: MigrationOperation {
  public var name: String

  public init(_ name: String) { self.name = name }

  public var verb: String { "remove_schema" }
  public var kind: ObjectKind { .namespace }
  public var table: TableName { TableName(name) }
  public var object: String? { name }
  public var reversed: any MigrationOperation { CreateSchema(name) }

  public func render<Renderer: OperationRenderer>(with renderer: Renderer) throws -> Renderer.Output {
    try renderer.render(self)
  }
}

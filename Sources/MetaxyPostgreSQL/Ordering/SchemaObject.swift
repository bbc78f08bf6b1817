internal import MetaxyNames
internal import MetaxyPostgreSQLDriver
internal import MetaxySQL
internal import MetaxySchema

/// An object that operations use or change; the order of operations on the same object matters.
enum SchemaObject: Hashable {
  case schema(String)
  case table(TableName)
  /// The foreign keys to a table, which prevent it from being dropped.
  case references(to: TableName)
  /// The membership of a partition in its partitioned table.
  case membership(of: TableName)
  case parts(of: TableName)
  /// The values of a column: its type and its generation expression.
  case column(String, of: TableName)
  /// The values that rows have in a column, which checks list.
  case checkedValues(String, of: TableName)
  case nullability(String, of: TableName)
  case defaultValue(String, of: TableName)
  /// A key or a unique index on these columns, to which foreign keys can refer; nil for any.
  case key(Set<String>?, of: TableName)
  case constraint(String, of: TableName)
  /// A name in the namespace of tables, indexes, and constraints with an index.
  case relation(TableName)
  /// A name in the namespace of types, where each table has one, too.
  case rowType(TableName)
  /// A type, by the name that `format_type` prints.
  case type(String)
  /// The values that an enum type gets.
  case newValues(ofType: String)
  /// The values that an enum type loses.
  case oldValues(ofType: String)
  case sequence(TableName)

  static func index(_ name: String, of table: TableName) -> SchemaObject {
    .relation(TableName(name, schema: table.schema))
  }

  static func type(named name: TableName) -> SchemaObject { .type(PostgreSQLTypes.canonicalName(of: name)) }

  static func newValues(ofTypeNamed name: TableName) -> SchemaObject {
    .newValues(ofType: PostgreSQLTypes.canonicalName(of: name))
  }

  static func oldValues(ofTypeNamed name: TableName) -> SchemaObject {
    .oldValues(ofType: PostgreSQLTypes.canonicalName(of: name))
  }
}

/// The relation of an operation to an object.
enum Access {
  /// Removes a dependency on the object: runs before the object changes.
  case releases
  /// Creates, alters or removes the object.
  case changes
  /// Uses the object in its current state: keeps its position among the changes.
  case uses
  /// Needs the object in its final state: runs after its changes.
  case needs
}

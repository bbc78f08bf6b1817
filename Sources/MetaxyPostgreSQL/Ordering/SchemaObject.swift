internal import MetaxyNames
internal import MetaxyPostgreSQLDriver
internal import MetaxySQL
internal import MetaxySchema

/// What two operations can have in common, so that their order matters.
enum SchemaObject: Hashable {
  case schema(String)
  case table(TableName)
  /// The foreign keys to a table, without which it can be dropped.
  case references(to: TableName)
  /// The table of which one is a part.
  case membership(of: TableName)
  case parts(of: TableName)
  /// The values of a column: its type, and how they are computed.
  case column(String, of: TableName)
  case nullability(String, of: TableName)
  case defaultValue(String, of: TableName)
  /// A key or a unique index on these columns, to which foreign keys can refer; nil for any.
  case key(Set<String>?, of: TableName)
  case constraint(String, of: TableName)
  /// The name that indexes, constraints with an index and tables share.
  case relation(TableName)
  /// A type, by the name that `format_type` prints.
  case type(String)
  /// The values that a type gets.
  case newValues(ofType: String)
  /// The values that a type loses.
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

/// What an operation does with an object.
enum Access {
  /// Removes what depends on the object: before the object changes.
  case releases
  /// Creates, alters or removes the object.
  case changes
  /// Uses the object as it is at that place among its changes.
  case uses
  /// Needs the object as it becomes: after its changes.
  case needs
}

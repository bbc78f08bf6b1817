public import MetaxyErrors
public import MetaxyRuntime
public import MetaxySchema

extension PostgreSQLDatabase {
  public func introspect(
    _ connection: any Connection, without excluded: (TableName) -> Bool
  ) throws(MetaxyError) -> Schema {
    guard let scratch = connection as? PostgreSQLConnection, scratch.tablesBesideScratch != nil else {
      return try PostgreSQLIntrospector(connection).schema(without: excluded)
    }
    try scratch.requireOnlyScratch()
    return try PostgreSQLIntrospector(connection, .defaultSchema).schema(without: excluded)
  }

  public func canonical(
    _ desired: Schema, beside live: Schema, _ connection: any Connection
  ) throws(MetaxyError) -> CanonicalSchema {
    try PostgreSQLCanonical(desired, beside: live, PostgreSQLDialect()).run(connection)
  }
}

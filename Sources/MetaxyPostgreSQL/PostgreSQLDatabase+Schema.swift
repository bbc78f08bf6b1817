public import MetaxyErrors
public import MetaxyRuntime
public import MetaxySchema

extension PostgreSQLDatabase {
  public func introspect(
    _ connection: any Connection, without excluded: (TableName) -> Bool
  ) throws(MetaxyError) -> Schema {
    try PostgreSQLIntrospector(connection).schema(without: excluded)
  }
}

internal import MetaxyNames

extension Schema {
  /// The schema with unqualified table names, for an engine without schemas.
  package var withoutSchemas: Schema {
    guard tables.keys.contains(where: { $0.schema != nil }) else { return self }
    var schema = self
    for var table in sorted where table.name.schema != nil {
      schema[table.name] = nil
      table.name.schema = nil
      schema[table.name] = table
    }
    return schema.mapTables { table in
      var table = table
      for place in table.foreignKeys.indices { table.foreignKeys[place].table.schema = nil }
      return table
    }
  }
}

package import MetaxyErrors
package import MetaxySQL
internal import MetaxySchema

/// The tables of a database, found by the names that statements and records use.
package struct LiveTableNames {
  private let names: Set<TableName>
  private let defaultSchema: String
  private let dialect: any Dialect

  package init(_ connection: any Connection, _ dialect: any Dialect) throws(MetaxyError) {
    names = try connection.tableNames()
    defaultSchema = connection.defaultSchema
    self.dialect = dialect
  }

  /// The table with this name, as the database lists it; nil if there is none.
  package subscript(name: TableName) -> TableName? {
    guard !names.contains(name) else { return name }
    let key = key(of: name)
    return names.first { dialect.folded($0) == key }
  }

  /// The tables of a schema, sorted.
  func names(inSchema schema: String) -> [TableName] {
    names.filter { ($0.schema ?? defaultSchema) == schema }.sorted()
  }

  /// A form of a name that is the same for all names of one table, whether the table exists or not.
  func key(of name: TableName) -> TableName { dialect.folded(name, defaultSchema: defaultSchema) }
}

extension Dialect {
  /// The name folded and without the default schema: statements may name that schema, lists of tables do not.
  package func folded(_ name: TableName, defaultSchema: String) -> TableName {
    var name = folded(name)
    if name.schema == folded(defaultSchema) { name.schema = nil }
    return name
  }
}

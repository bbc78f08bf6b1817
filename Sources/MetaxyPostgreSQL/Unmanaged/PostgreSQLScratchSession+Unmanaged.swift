internal import MetaxyDatabase
package import MetaxyErrors
internal import MetaxyNames
package import MetaxyRuntime
package import MetaxySchema

extension PostgreSQLScratchSession {
  package func unmanagedProperties(beyond schema: Schema) throws(MetaxyError) -> [UnmanagedProperty] {
    let copy = try SchemaCopy(of: schema, on: database)
    let refused = copy.refusals.sorted { $0.key < $1.key }.map { table, error in
      UnmanagedProperty(table: table, text: "`\(table)`, which cannot be created as it is: \(error.message)")
    }
    let differences = try CatalogDifferences(connection: database, schemas: copy.schemas).differences()
      .filter { copy.refusals[$0.table] == nil }.causes
    return refused + differences.map { UnmanagedProperty(table: $0.table, text: $0.displayText) }
  }
}

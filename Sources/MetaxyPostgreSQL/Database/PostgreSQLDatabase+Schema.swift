package import MetaxyErrors
package import MetaxyNames
package import MetaxyRuntime
internal import MetaxySQL
package import MetaxySchema

extension PostgreSQLDatabase {
  package func introspect(
    _ connection: any Connection, without excluded: (TableName) -> Bool
  ) throws(MetaxyError) -> Schema {
    guard let scratch = connection as? PostgreSQLMigrationConnection, scratch.tablesBesideScratch != nil else {
      return try PostgreSQLIntrospector(connection).schema(without: excluded)
    }
    try scratch.requireOnlyScratch()
    return try PostgreSQLIntrospector(connection, .defaultSchema).schema(without: excluded)
  }

  /// PostgreSQL keeps expressions as trees and prints the names that columns have; to rename them only to look would lock
  /// the tables against everybody. So the names are changed in what it prints, where a column is the only thing that a word
  /// can be.
  package func introspect(
    _ connection: any Connection, after renames: [any MigrationOperation], without excluded: (TableName) -> Bool
  ) throws(MetaxyError) -> Schema {
    let dialect = PostgreSQLDialect()
    return try introspect(connection, without: excluded).applying(renames) { dialect.renaming($1, to: $2, in: $0) }
  }

  package func canonical(
    _ desired: Schema, beside live: Schema, _ connection: any Connection
  ) throws(MetaxyError) -> CanonicalSchema {
    try PostgreSQLCanonical(desired, beside: live, PostgreSQLDialect()).run(connection)
  }
}

package import MetaxyErrors
package import MetaxyNames
internal import MetaxyPostgreSQLDriver
package import MetaxyRuntime
package import MetaxySchema

extension PostgreSQLDatabase {
  package func introspect(
    _ connection: any Connection, without excluded: (TableName) -> Bool
  ) throws(MetaxyError) -> LiveSchema {
    try PostgreSQLIntrospector(connection).schema(without: excluded)
  }

  /// PostgreSQL stores expressions as trees and prints the current names of columns; renaming columns only to read them
  /// would lock the tables. So the names are changed in the printed text, where a word can only be a column; policies and
  /// unmanaged objects are read from temporary tables.
  package func introspect(
    _ connection: any Connection, after renames: [MigrationOperation], without excluded: (TableName) -> Bool
  ) throws(MetaxyError) -> LiveSchema {
    let dialect = PostgreSQLDialect()
    let before = try introspect(connection, without: excluded)
    let after = before.applying(renames) { dialect.renaming($1, to: $2, in: $0) }
    return try RenamedObjects(before, renames, dialect).read(after, connection)
  }

  package func canonical(
    _ desired: Schema, beside live: Schema, _ connection: any Connection
  ) throws(MetaxyError) -> CanonicalSchema {
    try PostgreSQLCanonical(desired, beside: live, PostgreSQLDialect()).run(connection) { elsewhere }
  }

  /// The primary among the hosts, or `scratch_url`; nil without both.
  private var elsewhere: (any Connection)? {
    // Expressions that cannot be compared are reported as such.
    if let primary = try? PostgreSQLMigrationConnection(to: endpoint.onPrimary, mode: .reading) { return primary }
    guard case .server = scratchPlace else { return nil }
    return try? scratch().connection
  }
}

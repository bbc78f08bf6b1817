package import MetaxyErrors
package import MetaxyNames
package import MetaxyRuntime

extension PostgreSQLDialect {
  /// Returns the place of a row, which every table has and by which PostgreSQL reads a range of rows without an index; those of
  /// partitions and children overlap, and a range has the rows of all. https://www.postgresql.org/docs/current/ddl-system-columns.html
  package func batchKey(of table: TableName, _ connection: any Connection) throws(MetaxyError) -> BatchKey {
    BatchKey(["ctid"], needsSorting: false) { "quote_literal(\($0)::text) || '::tid'" }
  }
}

internal import MetaxyDatabase
package import MetaxyErrors
package import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

extension PostgreSQLMigrationConnection {
  /// The name of a relation, without its schema if that is the default schema. A statement of a revision that changes
  /// `search_path` has no effect on it.
  func tableName(_ name: String, inSchema schema: String) -> TableName {
    TableName(name, schema: schema == defaultSchema ? nil : schema)
  }

  /// Runs a query whose first two columns are the schema and the name of a relation, and returns the names.
  func relationNames(_ sql: String, _ parameters: [SQLValue] = []) throws(MetaxyError) -> [TableName] {
    try catalogQuery(sql, parameters).compactMap { row in
      guard let schema = row[0].text, let name = row[1].text else { return nil }
      return tableName(name, inSchema: schema)
    }
  }

  /// The schema and the name of a table, as parameters of a query.
  private func parameters(_ table: TableName) -> [SQLValue] {
    [.text(table.schema ?? defaultSchema), .text(table.name)]
  }

  /// The relations of users: not those of the system, of extensions, or of sessions, whose schema is a `pg_temp_…`.
  static let userRelations = """
    FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace WHERE \(isUserRelation)
    """

  static let isUserRelation = """
    n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%' AND NOT EXISTS (
      SELECT FROM pg_catalog.pg_depend AS d
      WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
    """

  package func tableNames() throws(MetaxyError) -> Set<TableName> {
    Set(try relationNames("SELECT n.nspname, c.relname \(Self.userRelations) AND c.relkind IN ('r', 'p')"))
  }

  package func columnNames(of table: TableName) throws(MetaxyError) -> [String] {
    try columnNames(of: table, where: "true")
  }

  package func computedColumns(of table: TableName) throws(MetaxyError) -> Set<String> {
    Set(try columnNames(of: table, where: "a.attgenerated <> ''"))
  }

  private func columnNames(of table: TableName, where condition: String) throws(MetaxyError) -> [String] {
    let rows = try catalogQuery(
      """
      SELECT a.attname FROM pg_catalog.pg_attribute AS a JOIN pg_catalog.pg_class AS c ON c.oid = a.attrelid
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      WHERE n.nspname = $1::text AND c.relname = $2::text AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
        AND a.attnum > 0 AND NOT a.attisdropped AND \(condition)
      ORDER BY a.attnum
      """, parameters(table))
    return rows.compactMap { $0.first?.text }
  }

  package func tablesFollowing(_ table: TableName, whenDropped isDropped: Bool) throws(MetaxyError) -> [TableName] {
    // DROP TABLE drops foreign keys to the table, or fails; the rows of other tables stay.
    guard !isDropped else { return [] }
    // Follows ON DELETE CASCADE; rows whose references become NULL or a default are changed, but not followed further.
    return try relationNames(
      """
      WITH RECURSIVE reference AS (
        SELECT conrelid AS child, confrelid AS parent, confdeltype AS action FROM pg_catalog.pg_constraint
        WHERE contype = 'f' AND confdeltype IN ('c', 'n', 'd')
      ), start AS (
        SELECT c.oid FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        WHERE n.nspname = $1::text AND c.relname = $2::text AND c.relkind IN ('r', 'p')
      ), follower AS (
        SELECT r.child, r.action FROM reference AS r JOIN start AS s ON r.parent = s.oid
        UNION
        SELECT r.child, r.action FROM reference AS r JOIN follower AS f ON r.parent = f.child AND f.action = 'c'
      )
      SELECT DISTINCT n.nspname, c.relname FROM follower AS f JOIN pg_catalog.pg_class AS c ON c.oid = f.child
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      WHERE c.oid NOT IN (SELECT oid FROM start)
      """, parameters(table)
    ).sorted()
  }
}

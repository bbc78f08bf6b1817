internal import MetaxyDatabase
package import MetaxyErrors
internal import MetaxyNames
package import MetaxyRuntime

extension PostgreSQLMigrationConnection {
  /// A table's name as metaxy shows and keeps it: with its schema where that is not the default one, whatever a statement
  /// of a revision does to `search_path` meanwhile.
  var displayTable: String {
    "CASE WHEN n.nspname = \(SQLText.literal(defaultSchema)) THEN c.relname::text ELSE n.nspname || '.' || c.relname END"
  }

  /// The relations that are somebody's own: no system's, no extension's, no session's, whose schema is a `pg_temp_…`.
  var ownRelations: String {
    """
    FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%' AND NOT EXISTS (
      SELECT FROM pg_catalog.pg_depend AS d
      WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
    """
  }

  package func tableNames() throws(MetaxyError) -> Set<String> {
    let rows = try query("SELECT \(displayTable) \(ownRelations) AND c.relkind IN ('r', 'p')", [])
    return Set(rows.compactMap { $0.first?.text })
  }

  package func columnNames(of table: String) throws(MetaxyError) -> [String] {
    try columnNames(of: table, where: "true")
  }

  package func computedColumns(of table: String) throws(MetaxyError) -> Set<String> {
    Set(try columnNames(of: table, where: "a.attgenerated <> ''"))
  }

  private func columnNames(of table: String, where condition: String) throws(MetaxyError) -> [String] {
    let rows = try query(
      """
      SELECT a.attname FROM pg_catalog.pg_attribute AS a JOIN pg_catalog.pg_class AS c ON c.oid = a.attrelid
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      WHERE \(displayTable) = $1::text AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND a.attnum > 0
        AND NOT a.attisdropped AND \(condition)
      ORDER BY a.attnum
      """, [.text(table)])
    return rows.compactMap { $0.first?.text }
  }

  package func tablesFollowing(_ table: String) throws(MetaxyError) -> [String] {
    // Rows that go take others with them; those whose references only become NULL or a default stay, and it ends there.
    let rows = try query(
      """
      WITH RECURSIVE reference AS (
        SELECT conrelid AS child, confrelid AS parent, confdeltype AS action FROM pg_catalog.pg_constraint
        WHERE contype = 'f' AND confdeltype IN ('c', 'n', 'd')
      ), start AS (
        SELECT c.oid FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        WHERE \(displayTable) = $1::text AND c.relkind IN ('r', 'p')
      ), follower AS (
        SELECT r.child, r.action FROM reference AS r JOIN start AS s ON r.parent = s.oid
        UNION
        SELECT r.child, r.action FROM reference AS r JOIN follower AS f ON r.parent = f.child AND f.action = 'c'
      )
      SELECT DISTINCT \(displayTable) FROM follower AS f JOIN pg_catalog.pg_class AS c ON c.oid = f.child
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      WHERE c.oid NOT IN (SELECT oid FROM start) ORDER BY 1
      """, [.text(table)])
    return rows.compactMap { $0.first?.text }
  }

  /// Does nothing: PostgreSQL alters tables in place.
  package func prepareForRebuild(_ isPrepared: Bool) throws(MetaxyError) {}

  /// None: PostgreSQL enforces foreign keys whenever rows change.
  package func danglingReferences() throws(MetaxyError) -> [String: Int] { [:] }

  /// Nil: no revision for PostgreSQL makes a table anew.
  package func liveExpectation(of table: String) throws(MetaxyError) -> TableExpectation? { nil }
}

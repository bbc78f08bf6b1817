package import MetaxyDatabase
package import MetaxyErrors
package import MetaxyNames

// Queries of the catalog about tables, types and schemas.
extension PostgreSQLConnection {
  package func columns(of table: TableName) throws(MetaxyError) -> [StoredColumn]? {
    guard try hasTable(table) else { return nil }
    let rows = try query(
      """
      SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull::integer, (a.attgenerated <> '')::integer,
        (a.atthasdef OR a.attidentity <> '')::integer
      FROM pg_catalog.pg_attribute AS a JOIN pg_catalog.pg_class AS c ON c.oid = a.attrelid
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      WHERE n.nspname = $1::text AND c.relname = $2::text AND c.relkind IN ('r', 'p') AND a.attnum > 0
        AND NOT a.attisdropped
      ORDER BY a.attnum
      """, [.text(table.schema ?? defaultSchema), .text(table.name)])
    return rows.map { row in
      StoredColumn(
        name: row[0].text ?? "", type: PostgreSQLTypes.type(formatted: row[1].text ?? ""),
        isNullable: row[2].integer == 0, isGenerated: row[3].integer == 1, hasDefault: row[4].integer == 1)
    }
  }

  package func keys(of table: TableName) throws(MetaxyError) -> [StoredKey] {
    // A key of a table does not hold for the rows of tables that inherit from it.
    // https://www.postgresql.org/docs/current/ddl-inherit.html#DDL-INHERIT-CAVEATS
    StoredKey.keys(
      from: try catalogQuery(
        """
        SELECT i.indexrelid, a.attname, (NOT a.attnotnull)::integer
        FROM pg_catalog.pg_index AS i JOIN pg_catalog.pg_class AS c ON c.oid = i.indrelid
        JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        CROSS JOIN LATERAL unnest(i.indkey::smallint[]) WITH ORDINALITY AS k (attnum, position)
        LEFT JOIN pg_catalog.pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
        WHERE n.nspname = $1::text AND c.relname = $2::text AND (c.relkind = 'p' OR NOT c.relhassubclass)
          AND i.indisunique AND i.indisvalid AND i.indimmediate AND i.indpred IS NULL AND k.position <= i.indnkeyatts
        ORDER BY 1, k.position
        """, [.text(table.schema ?? defaultSchema), .text(table.name)]))
  }

  package func hasSchema(_ name: String) throws(MetaxyError) -> Bool {
    try !query("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1::text", [.text(name)]).isEmpty
  }

  package func hasType(_ name: String, schema: String?) throws(MetaxyError) -> Bool {
    let rows = try query(
      """
      SELECT 1 FROM pg_catalog.pg_type AS t JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
      WHERE n.nspname = $1::text AND t.typname = $2::text
      """, [.text(schema ?? defaultSchema), .text(name)])
    return !rows.isEmpty
  }
}

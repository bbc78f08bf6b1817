internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyNames

/// A composite type whose values columns of tables hold: a dropped attribute takes its values along, without a change of
/// the tables. https://www.postgresql.org/docs/current/sql-altertype.html
enum PostgreSQLCompositeType {
  /// The condition under which a relation `c` is such a type.
  static let isUsed = """
    c.relkind = 'c' AND EXISTS (
      SELECT FROM pg_catalog.pg_type AS ty JOIN pg_catalog.pg_attribute AS a ON a.atttypid IN (ty.oid, ty.typarray)
      JOIN pg_catalog.pg_class AS t ON t.oid = a.attrelid
      WHERE ty.oid = c.reltype AND t.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped)
    """

  /// Returns an expression that counts the values of an attribute in all tables.
  static func count(
    of attribute: String, type: Int64, _ connection: PostgreSQLMigrationConnection
  ) throws(MetaxyError) -> String {
    let columns = try connection.query(
      """
      SELECT t.oid::regclass::text, a.attname, (a.atttypid = ty.typarray)::integer
      FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_type AS ty ON ty.oid = c.reltype
      JOIN pg_catalog.pg_attribute AS a ON a.atttypid IN (ty.oid, ty.typarray) AND a.attnum > 0 AND NOT a.attisdropped
      JOIN pg_catalog.pg_class AS t ON t.oid = a.attrelid AND t.relkind = 'r'
      WHERE c.oid = \(type)
      """)
    let name = SQLText.identifier(attribute)
    let counts = columns.map { row in
      let (table, column) = (row[0].text ?? "", SQLText.identifier(row[1].text ?? ""))
      // Without a list of columns, the elements of the array have the names of the attributes.
      return row[2].integer == 1
        ? "(SELECT count(u.\(name)) FROM ONLY \(table) AS t CROSS JOIN LATERAL unnest(t.\(column)) AS u)"
        : "(SELECT count((t.\(column)).\(name)) FROM ONLY \(table) AS t)"
    }
    return counts.isEmpty ? "0" : counts.joined(separator: " + ")
  }
}

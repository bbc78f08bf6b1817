internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL

/// A table, view or other relation with rows.
struct PostgreSQLRelation: Hashable {
  /// The name as connections list it.
  var name: TableName
  var schema: String
  var schemaNumber: Int64
  var isTable: Bool

  /// The state of a relation in the catalog.
  struct State: Hashable {
    /// A digest of the definition, including constraints, indexes, triggers and other parts.
    fileprivate var definition: String
    /// The file of the rows; it changes with TRUNCATE, CLUSTER, and statements that rewrite all rows.
    fileprivate var file: Int64
    /// The rights on it and on its columns.
    fileprivate var rights: String
    /// Whether this transaction has written a row of the catalog that holds them.
    fileprivate var hasOwnRows: Bool
    /// The numbers of rows that this session inserted, updated and deleted; only used to choose the verb.
    var rows: [Int64]

    /// Returns whether this transaction has granted or revoked rights.
    func changesRights(to later: State?) -> Bool { later.map { $0.rights != rights && $0.hasOwnRows } ?? false }

    /// Returns the change of the relation as a verb; nil if there is none.
    ///
    /// - Parameters:
    ///   - later: nil if the relation no longer exists.
    ///   - writes: whether the session holds the lock of a statement that writes rows.
    func change(to later: State?, writes: Bool) -> String? {
      guard let later else { return "drop" }
      if later.definition != definition { return "alter" }
      if later.file != file { return "empty" }
      guard writes else { return nil }
      let counts = zip(later.rows, rows).map { $0 - $1 }
      return zip(counts, ["insert into", "update", "delete from"]).first { $0.0 > 0 }?.1 ?? "write to"
    }
  }

  static func states(
    of numbers: [Int64], _ connection: PostgreSQLMigrationConnection
  ) throws(MetaxyError) -> [Int64: State] {
    if numbers.isEmpty { return [:] }
    var states: [Int64: State] = [:]
    for row in try connection.catalogQuery(stateQuery, [.text(array(numbers))]) {
      guard let number = row[0].integer, let definition = row[1].text else { continue }
      states[number] = State(
        definition: definition, file: row[2].integer ?? 0, rights: row[3].text ?? "",
        hasOwnRows: row[4].integer == 1, rows: row.dropFirst(5).map { $0.integer ?? 0 })
    }
    return states
  }

  /// Whole rows of the catalog, because any difference counts, except the columns of `pg_class` that ANALYZE and VACUUM
  /// write, and the triggers that PostgreSQL creates for other tables' foreign keys.
  private static let stateQuery = """
    SELECT c.oid::bigint,
      md5(concat_ws(
        E'\\n', c.relname, c.relnamespace, c.relowner, c.relkind, c.relam, c.reltablespace, c.relpersistence,
        c.relreplident, c.relrowsecurity, c.relforcerowsecurity, c.reloptions, c.relpartbound,
        \(rows(of: "pg_attribute", "attrelid", by: "attnum")), \(rows(of: "pg_attrdef", "adrelid", by: "adnum")),
        \(rows(of: "pg_constraint", "conrelid", by: "oid")), \(rows(of: "pg_index", "indrelid", by: "indexrelid")),
        \(rows(of: "pg_trigger", "tgrelid", by: "oid", "NOT x.tgisinternal")),
        \(rows(of: "pg_policy", "polrelid", by: "oid")), \(rows(of: "pg_rewrite", "ev_class", by: "oid")),
        \(rows(of: "pg_inherits", "inhparent", by: "inhrelid")), \(rows(of: "pg_inherits", "inhrelid", by: "inhseqno")),
        \(rows(of: "pg_description", "objoid", by: "objsubid", "x.classoid = 'pg_catalog.pg_class'::regclass")))),
      c.relfilenode::bigint,
      concat_ws(E'\\n', c.relacl, (SELECT string_agg(a.attacl::text, E'\\n' ORDER BY a.attnum)
        FROM pg_catalog.pg_attribute AS a WHERE a.attrelid = c.oid)),
      (\(PostgreSQLNewCode.isOwn("c")) OR EXISTS (
        SELECT FROM pg_catalog.pg_attribute AS a WHERE a.attrelid = c.oid AND \(PostgreSQLNewCode.isOwn("a"))))::integer,
      pg_stat_get_xact_tuples_inserted(c.oid), pg_stat_get_xact_tuples_updated(c.oid),
      pg_stat_get_xact_tuples_deleted(c.oid)
    FROM pg_catalog.pg_class AS c WHERE c.oid = ANY (\(given))
    """

  /// The oids of a query's parameter. The planner does not look into a subquery, so one plan serves every list.
  private static let given = "(SELECT $1::oid[])::oid[]"

  private static func rows(
    of catalog: String, _ column: String, by order: String, _ condition: String = "true"
  ) -> String {
    "(SELECT string_agg(x::text, E'\\n' ORDER BY x.\(order)) FROM pg_catalog.\(catalog) AS x"
      + " WHERE x.\(column) = c.oid AND \(condition))"
  }

  private static func array(_ numbers: [Int64]) -> String { "{\(numbers.map(String.init).joined(separator: ","))}" }
}

internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRuntime

/// The relations that the current transaction has changed, or may have, with the locks that show it and their states now.
///
/// A statement that changes rows holds a ROW EXCLUSIVE lock on the table until the transaction ends, and a statement that
/// changes the table itself holds a stronger lock, also through functions, triggers, views, CASCADE and dynamic SQL.
/// https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES
struct PostgreSQLLockedRelations {
  /// A relation with locks of this session that are stronger than a reader's.
  struct Locked {
    /// Their modes.
    var modes: String
    /// Whether one of them is that of a writer of rows.
    var writesRows: Bool
    /// nil for what is no longer there, and for indexes, sequences and other relations without rows of their own.
    var known: PostgreSQLKnownRelation?
    /// Whether it is still there.
    var exists: Bool
  }

  let all: [Int64: Locked]
  /// Whether the server counts changed rows now.
  let countsRows: Bool
  /// Whether the session has ever made a temporary object.
  let hasTemporarySchema: Bool

  /// - Throws: `catalog_changed` if rows of a catalog itself were changed.
  init(_ connection: PostgreSQLMigrationConnection) throws(MetaxyError) {
    var all: [Int64: Locked] = [:]
    var (countsRows, hasTemporarySchema) = (true, false)
    for row in try connection.catalogQuery(Self.query(version: connection.serverVersion)) {
      if let catalog = row[3].text { throw .catalogChanged(catalog) }
      guard let number = row[0].integer else { continue }
      countsRows = row[5].integer == 1
      hasTemporarySchema = row[6].integer == 1
      all[number] = Locked(
        modes: row[1].text ?? "", writesRows: row[2].integer == 1,
        known: PostgreSQLKnownRelation(row[7...], connection), exists: row[4].integer == 1)
    }
    self.all = all
    self.countsRows = countsRows
    self.hasTemporarySchema = hasTemporarySchema
  }

  /// Oids below 16384 belong to the server.
  /// https://www.postgresql.org/docs/current/system-catalog-initial-data.html#SYSTEM-CATALOG-OID-ASSIGNMENT
  ///
  /// DDL releases its locks on the catalogs that define tables at once; only who changes their rows directly, as superusers
  /// can, holds one to the end.
  private static func query(version: Int) -> String {
    """
    SELECT l.relation::bigint, l.modes, l.writes::integer,
      CASE WHEN l.relation::bigint < 16384 THEN l.relation::regclass::text END, (c.oid IS NOT NULL)::integer,
      (pg_catalog.current_setting('track_counts') = 'on')::integer, (pg_catalog.pg_my_temp_schema() <> 0)::integer,
      \(PostgreSQLKnownRelation.columns)
    FROM (
      SELECT relation, string_agg(mode, ' ' ORDER BY mode) AS modes, bool_or(mode = 'RowExclusiveLock') AS writes
      FROM pg_catalog.pg_locks
      WHERE locktype = 'relation' AND pid = pg_catalog.pg_backend_pid()
        AND mode NOT IN ('AccessShareLock', 'RowShareLock')
        AND (relation::bigint >= 16384 OR mode = 'RowExclusiveLock' AND relation IN (\(catalogs(version: version))))
      GROUP BY 1
    ) AS l LEFT JOIN pg_catalog.pg_class AS c ON c.oid = l.relation
    LEFT JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    """
  }

  private static func catalogs(version: Int) -> String {
    var names = [
      "attrdef", "attribute", "class", "constraint", "depend", "enum", "event_trigger", "index", "inherits",
      "partitioned_table", "policy", "rewrite", "sequence", "trigger", "type",
    ]
    // Since 17, `ALTER COLUMN … TYPE` holds the lock of a writer on `pg_depend` to the end too
    // (`RememberAllDependentForRebuilding` in the server's tablecmds.c), so there it shows nothing.
    if version >= 170_000 { names.removeAll { $0 == "depend" } }
    return names.map { "'pg_catalog.pg_\($0)'::regclass" }.joined(separator: ", ")
  }
}

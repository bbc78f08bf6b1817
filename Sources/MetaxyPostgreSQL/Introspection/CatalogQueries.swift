internal import MetaxyPostgreSQLDriver

/// The queries of the catalog. Objects that belong to an extension are left out.
struct CatalogQueries {
  let scope: PostgreSQLCatalog.Scope
  let version: PostgreSQLVersion

  init(_ scope: PostgreSQLCatalog.Scope, version: PostgreSQLVersion) {
    self.scope = scope
    self.version = version
  }

  /// The schemas: name.
  var namespaces: String {
    """
    SELECT n.nspname FROM pg_catalog.pg_namespace AS n
    WHERE \(isInScope) AND \(isOutsideExtensions("n.oid", "pg_namespace")) ORDER BY n.nspname
    """
  }

  /// The names that no new relation can take: schema, name.
  var relationNames: String {
    """
    SELECT n.nspname, c.relname FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace WHERE \(isInScope)
    """
  }

  /// The tables: id, schema, name, persistence, storage parameters, partition key, parent's schema, parent, bound,
  /// comment, row level security, forced row level security, replica identity, its index, clustered index,
  /// parents' schemas, parents.
  var tables: String {
    """
    \(selectedTables)
    SELECT t.oid, t.nspname, t.relname, t.relpersistence,
      concat_ws(chr(10), array_to_string(t.reloptions, chr(10)),
        (SELECT string_agg('toast.' || o, chr(10)) FROM unnest(toast.reloptions) AS o)),
      pg_get_partkeydef(t.oid), pn.nspname, p.relname, pg_get_expr(t.relpartbound, t.oid), d.description,
      t.relrowsecurity, t.relforcerowsecurity, t.relreplident,
      (SELECT c.relname FROM pg_catalog.pg_index AS i JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
        WHERE i.indrelid = t.oid AND i.indisreplident),
      (SELECT c.relname FROM pg_catalog.pg_index AS i JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
        WHERE i.indrelid = t.oid AND i.indisclustered),
      h.schemas, h.names
    FROM t
    LEFT JOIN pg_catalog.pg_class AS toast ON toast.oid = t.reltoastrelid
    LEFT JOIN pg_catalog.pg_inherits AS i ON i.inhrelid = t.oid AND t.relispartition
    LEFT JOIN pg_catalog.pg_class AS p ON p.oid = i.inhparent
    LEFT JOIN pg_catalog.pg_namespace AS pn ON pn.oid = p.relnamespace
    LEFT JOIN LATERAL (
      SELECT string_agg(hn.nspname, chr(10) ORDER BY hi.inhseqno) AS schemas,
        string_agg(hc.relname, chr(10) ORDER BY hi.inhseqno) AS names
      FROM pg_catalog.pg_inherits AS hi
      JOIN pg_catalog.pg_class AS hc ON hc.oid = hi.inhparent
      JOIN pg_catalog.pg_namespace AS hn ON hn.oid = hc.relnamespace
      WHERE hi.inhrelid = t.oid AND NOT t.relispartition) AS h ON true
    \(description(of: "t.oid", in: "pg_class"))
    ORDER BY t.nspname, t.relname
    """
  }

  /// The columns: table, number, name, type, not null, default or generation expression, identity, generated, collation
  /// if it is not the type's, comment, storage if it is not the type's, storage of the type, compression, statistics,
  /// options, only inherited.
  var columns: String {
    let compression = version >= .fourteen ? "nullif(a.attcompression::text, '')" : "NULL"
    return """
      \(selectedTables)
      SELECT a.attrelid, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
        pg_get_expr(e.adbin, e.adrelid), a.attidentity, a.attgenerated,
        CASE WHEN a.attcollation <> ty.typcollation THEN \(collationName("co")) END,
        d.description, CASE WHEN a.attstorage <> ty.typstorage THEN a.attstorage END, ty.typstorage, \(compression),
        nullif(a.attstattarget, -1), array_to_string(a.attoptions, chr(10)),
        a.attinhcount > 0 AND NOT a.attislocal AND NOT t.relispartition
      FROM t
      JOIN pg_catalog.pg_attribute AS a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
      JOIN pg_catalog.pg_type AS ty ON ty.oid = a.atttypid
      LEFT JOIN pg_catalog.pg_attrdef AS e ON e.adrelid = a.attrelid AND e.adnum = a.attnum
      LEFT JOIN pg_catalog.pg_collation AS co ON co.oid = a.attcollation
      \(description(of: "t.oid", in: "pg_class", part: "a.attnum"))
      ORDER BY a.attrelid, a.attnum
      """
  }

  /// The columns of each constraint, or one row for a constraint without columns: table, id, kind, name, deferrable,
  /// deferred, validated, no inherit, index, expression, other table's schema, other table, on update, on delete,
  /// match, comment, column, other table's column, operator, column set on delete.
  ///
  /// Constraints that a partition or a child inherits are added and dropped with those of its parent, and left out.
  var constraintColumns: String {
    let columnsSetOnDelete = version >= .fifteen ? "con.confdelsetcols" : "NULL::smallint[]"
    return """
      \(selectedTables)
      SELECT con.conrelid, con.oid, con.contype, con.conname, con.condeferrable, con.condeferred, con.convalidated,
        con.connoinherit, con.conindid, pg_get_expr(con.conbin, con.conrelid), rn.nspname, r.relname, con.confupdtype,
        con.confdeltype, con.confmatchtype, d.description, a.attname, ra.attname,
        CASE WHEN opn.nspname = 'pg_catalog' THEN op.oprname
          WHEN op.oid IS NOT NULL THEN format('OPERATOR(%I.%s)', opn.nspname, op.oprname) END, sa.attname
      FROM t
      JOIN pg_catalog.pg_constraint AS con ON con.conrelid = t.oid AND con.contype IN ('p', 'u', 'c', 'f', 'x')
        AND con.conparentid = 0 AND con.coninhcount = 0
      LEFT JOIN LATERAL unnest(con.conkey, con.confkey, con.conexclop, \(columnsSetOnDelete))
        WITH ORDINALITY AS k(number, other, operator, changed, place) ON true
      LEFT JOIN pg_catalog.pg_attribute AS a ON a.attrelid = con.conrelid AND a.attnum = k.number AND k.number <> 0
      LEFT JOIN pg_catalog.pg_attribute AS ra ON ra.attrelid = con.confrelid AND ra.attnum = k.other
      LEFT JOIN pg_catalog.pg_attribute AS sa ON sa.attrelid = con.conrelid AND sa.attnum = k.changed
      LEFT JOIN pg_catalog.pg_operator AS op ON op.oid = k.operator
      LEFT JOIN pg_catalog.pg_namespace AS opn ON opn.oid = op.oprnamespace
      LEFT JOIN pg_catalog.pg_class AS r ON r.oid = con.confrelid
      LEFT JOIN pg_catalog.pg_namespace AS rn ON rn.oid = r.relnamespace
      \(description(of: "con.oid", in: "pg_constraint"))
      ORDER BY con.conrelid, con.conname, con.oid, k.place
      """
  }

  /// The columns of each index: table, index, name, method, unique, valid, nulls not distinct, of a constraint, storage
  /// parameters, predicate, comment, included, column, expression, option bits, collation if it is not the column's,
  /// operator class if it is not the type's.
  ///
  /// Indexes that a partition inherits are created and dropped with those of its parent, and left out. Indexes of
  /// materialized views are included.
  var indexColumns: String {
    let nullsNotDistinct = version >= .fifteen ? "i.indnullsnotdistinct" : "false"
    return """
      \(selectedTables("'r', 'p', 'm'"))
      SELECT i.indrelid, i.indexrelid, c.relname, am.amname, i.indisunique, i.indisvalid, \(nullsNotDistinct),
        EXISTS (SELECT FROM pg_catalog.pg_constraint AS con WHERE con.conindid = i.indexrelid AND con.contype IN ('p', 'u', 'x')),
        array_to_string(c.reloptions, chr(10)), pg_get_expr(i.indpred, i.indrelid), d.description,
        k.place > i.indnkeyatts, a.attname,
        CASE WHEN k.number = 0 THEN pg_get_indexdef(i.indexrelid, k.place::integer, false) END, k.option,
        CASE WHEN k.collation_id NOT IN (0, coalesce(a.attcollation, ty.typcollation))
          THEN \(collationName("co")) END,
        CASE WHEN ia.attoptions IS NOT NULL
          THEN \(quotedName(of: "oc", "opc", isVisible: "pg_opclass_is_visible"))
            || '(' || array_to_string(ia.attoptions, ', ') || ')'
          WHEN NOT oc.opcdefault
          THEN \(quotedName(of: "oc", "opc", isVisible: "pg_opclass_is_visible")) END
      FROM t
      JOIN pg_catalog.pg_index AS i ON i.indrelid = t.oid AND i.indislive
      JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid AND NOT c.relispartition
      JOIN pg_catalog.pg_am AS am ON am.oid = c.relam
      CROSS JOIN LATERAL unnest(i.indkey::smallint[], i.indclass::oid[], i.indcollation::oid[], i.indoption::smallint[])
        WITH ORDINALITY AS k(number, class_id, collation_id, option, place)
      JOIN pg_catalog.pg_attribute AS ia ON ia.attrelid = i.indexrelid AND ia.attnum = k.place
      JOIN pg_catalog.pg_type AS ty ON ty.oid = ia.atttypid
      LEFT JOIN pg_catalog.pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = k.number AND k.number <> 0
      LEFT JOIN pg_catalog.pg_opclass AS oc ON oc.oid = k.class_id
      LEFT JOIN pg_catalog.pg_collation AS co ON co.oid = k.collation_id
      \(description(of: "i.indexrelid", in: "pg_class"))
      ORDER BY i.indrelid, c.relname, k.place
      """
  }

  /// The row policies: table, name, command, permissive, roles in SQL unless all, conditions, comment.
  var policies: String {
    """
    \(selectedTables)
    SELECT p.polrelid, p.polname, p.polcmd, p.polpermissive,
      (SELECT string_agg(quote_ident(r.rolname), ', ' ORDER BY r.rolname)
        FROM pg_catalog.pg_roles AS r WHERE r.oid = ANY (p.polroles)),
      pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid), d.description
    FROM t JOIN pg_catalog.pg_policy AS p ON p.polrelid = t.oid
    \(description(of: "p.oid", in: "pg_policy"))
    ORDER BY p.polrelid, p.polname
    """
  }

  /// The values of each enum type, or one row for a type without values: id, schema, name, comment, value.
  var enumValues: String {
    """
    SELECT ty.oid, n.nspname, ty.typname, d.description, e.enumlabel
    FROM pg_catalog.pg_type AS ty
    JOIN pg_catalog.pg_namespace AS n ON n.oid = ty.typnamespace
    LEFT JOIN pg_catalog.pg_enum AS e ON e.enumtypid = ty.oid
    \(description(of: "ty.oid", in: "pg_type"))
    WHERE ty.typtype = 'e' AND \(isInScope) AND \(isOutsideExtensions("ty.oid", "pg_type"))
    ORDER BY n.nspname, ty.typname, e.enumsortorder
    """
  }

  /// The sequences: schema, name, type, start, increment, minimum, maximum, cache, cycles, comment, table and number of
  /// the owning column, identity, whether it is that column's default,
  /// persistence.
  var sequences: String {
    """
    SELECT n.nspname, c.relname, format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin, s.seqmax,
      s.seqcache, s.seqcycle, d.description, o.refobjid, o.refobjsubid, o.deptype = 'i',
      coalesce(
        pg_get_expr(e.adbin, e.adrelid) = format('nextval(%L::regclass)', s.seqrelid::regclass::text), false),
      c.relpersistence
    FROM pg_catalog.pg_sequence AS s
    JOIN pg_catalog.pg_class AS c ON c.oid = s.seqrelid
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    LEFT JOIN pg_catalog.pg_depend AS o ON o.classid = 'pg_catalog.pg_class'::regclass AND o.objid = s.seqrelid AND o.objsubid = 0
      AND o.refclassid = 'pg_catalog.pg_class'::regclass AND o.refobjsubid > 0 AND o.deptype IN ('a', 'i')
    LEFT JOIN pg_catalog.pg_attrdef AS e ON e.adrelid = o.refobjid AND e.adnum = o.refobjsubid
    \(description(of: "s.seqrelid", in: "pg_class"))
    WHERE \(isInScope) AND \(isOutsideExtensions("c.oid", "pg_class"))
    ORDER BY n.nspname, c.relname
    """
  }

  /// Ordinary and partitioned tables as `t`.
  var selectedTables: String { selectedTables("'r', 'p'") }

  /// Returns the relations of these kinds as `t`.
  func selectedTables(_ kinds: String) -> String {
    """
    WITH t AS (
      SELECT c.*, n.nspname FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      WHERE c.relkind IN (\(kinds)) AND \(isInScope) AND \(isOutsideExtensions("c.oid", "pg_class")))
    """
  }

  var isInScope: String {
    switch scope {
    case .database: "n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'"
    case .temporaryTables: "n.oid = pg_my_temp_schema()"
    }
  }

  func isOutsideExtensions(_ id: String, _ catalog: String) -> String {
    """
    NOT EXISTS (SELECT FROM pg_catalog.pg_depend AS x
        WHERE x.classid = 'pg_catalog.\(catalog)'::regclass AND x.objid = \(id) AND x.deptype = 'e')
    """
  }

  func description(of id: String, in catalog: String, part: String = "0") -> String {
    """
    LEFT JOIN pg_catalog.pg_description AS d
      ON d.objoid = \(id) AND d.classoid = 'pg_catalog.\(catalog)'::regclass AND d.objsubid = \(part)
    """
  }

  /// Returns a collation's name; with its schema, and then quoted, if the search path does not find it.
  private func collationName(_ alias: String) -> String {
    """
    CASE WHEN pg_collation_is_visible(\(alias).oid) THEN \(alias).collname::text
        ELSE (SELECT concat('"', replace(cn.nspname, '"', '""'), '"."', replace(\(alias).collname, '"', '""'), '"')
          FROM pg_catalog.pg_namespace AS cn WHERE cn.oid = \(alias).collnamespace) END
    """
  }

  /// Returns an object's name as SQL, with its schema if the search path does not find it.
  private func quotedName(of alias: String, _ prefix: String, isVisible: String) -> String {
    """
    concat(CASE WHEN NOT \(isVisible)(\(alias).oid) THEN \(alias).\(prefix)namespace::regnamespace::text || '.' END,
        quote_ident(\(alias).\(prefix)name))
    """
  }
}

extension PostgreSQLVersion {
  /// The first version in which columns have a compression method.
  static let fourteen = PostgreSQLVersion(number: 140_000)
  /// The first version with `NULLS NOT DISTINCT` and with the columns of `SET NULL` on a deletion.
  static let fifteen = PostgreSQLVersion(number: 150_000)
}

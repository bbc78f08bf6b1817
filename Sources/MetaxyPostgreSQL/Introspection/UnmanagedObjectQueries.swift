internal import MetaxyPostgreSQLDriver

/// The queries of the objects that depend on tables, types and constraints and are not managed.
struct UnmanagedObjectQueries {
  private let queries: CatalogQueries

  init(_ queries: CatalogQueries) { self.queries = queries }

  /// The dependencies: class and id of the object, its description; of what it needs: schema and name of a relation,
  /// column, constraint, schema and name of an enum type.
  ///
  /// Defaults, constraints, indexes and owned sequences are left out: they are managed with their tables, as are the
  /// columns of tables that have an enum type. Only oids from 16384 on are of users.
  /// https://www.postgresql.org/docs/current/catalog-pg-depend.html
  var uses: String { "(\(dependencies)) UNION ALL \(references)" }

  private var dependencies: String {
    """
    SELECT DISTINCT o.class::oid, o.id, pg_describe_object(o.class::oid, o.id, 0), n.nspname, t.relname, a.attname,
      con.conname, en.nspname, CASE WHEN e.typtype = 'e' THEN e.typname END
    FROM (
      SELECT d.refclassid, d.refobjid, d.refobjsubid, d.objsubid, c.relkind, dt.typtype,
        dt.typelem <> 0 AND dt.typlen = -1 AS is_array, tg.tgisinternal OR tg.tgparentid <> 0 AS is_inner,
        CASE WHEN r.rulename = '_RETURN' THEN 'pg_catalog.pg_class'::regclass ELSE d.classid::regclass END AS class,
        CASE WHEN r.rulename = '_RETURN' THEN r.ev_class ELSE d.objid END AS id
      FROM pg_catalog.pg_depend AS d
      LEFT JOIN pg_catalog.pg_rewrite AS r ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND r.oid = d.objid
      LEFT JOIN pg_catalog.pg_class AS c ON d.classid = 'pg_catalog.pg_class'::regclass AND c.oid = d.objid
      LEFT JOIN pg_catalog.pg_type AS dt ON d.classid = 'pg_catalog.pg_type'::regclass AND dt.oid = d.objid
      LEFT JOIN pg_catalog.pg_trigger AS tg ON d.classid = 'pg_catalog.pg_trigger'::regclass AND tg.oid = d.objid
      WHERE d.refobjid >= 16384 AND d.deptype IN ('n', 'a', 'i')
        AND d.refclassid IN ('pg_catalog.pg_class'::regclass, 'pg_catalog.pg_type'::regclass, 'pg_catalog.pg_constraint'::regclass)
        AND d.classid NOT IN ('pg_catalog.pg_attrdef'::regclass, 'pg_catalog.pg_constraint'::regclass)) AS o
    LEFT JOIN pg_catalog.pg_type AS ty ON o.refclassid = 'pg_catalog.pg_type'::regclass AND ty.oid = o.refobjid
    LEFT JOIN pg_catalog.pg_type AS e
      ON e.oid = CASE WHEN ty.typelem <> 0 AND ty.typlen = -1 THEN ty.typelem ELSE ty.oid END
    LEFT JOIN pg_catalog.pg_namespace AS en ON en.oid = e.typnamespace
    LEFT JOIN pg_catalog.pg_constraint AS con
      ON o.refclassid = 'pg_catalog.pg_constraint'::regclass AND con.oid = o.refobjid
    LEFT JOIN pg_catalog.pg_class AS t ON t.relkind IN ('r', 'p', 'v', 'm', 'S')
      AND t.oid = CASE o.refclassid WHEN 'pg_catalog.pg_class'::regclass THEN o.refobjid
        WHEN 'pg_catalog.pg_constraint'::regclass THEN con.conrelid ELSE e.typrelid END
    LEFT JOIN pg_catalog.pg_namespace AS n ON n.oid = t.relnamespace
    LEFT JOIN pg_catalog.pg_attribute AS a ON o.refclassid = 'pg_catalog.pg_class'::regclass AND a.attrelid = t.oid
      AND a.attnum = o.refobjsubid AND o.refobjsubid > 0
    WHERE (t.oid IS NOT NULL OR e.typtype = 'e') AND o.is_inner IS NOT TRUE
      AND NOT (o.class = 'pg_catalog.pg_class'::regclass AND o.id = t.oid)
      AND (o.typtype IS NULL OR o.typtype IN ('d', 'r') AND NOT o.is_array)
      AND (o.relkind IS NULL OR o.relkind IN ('v', 'm', 'c', 'f')
        OR o.relkind IN ('r', 'p') AND o.objsubid > 0 AND e.typtype = 'c')
    ORDER BY 1, 2
    """
  }

  /// The objects that can be restored or have a reason why not: kind, class, id, schema and name of their relation, own
  /// schema, name, definition, comment, state, statements that grant rights, one per line, owner if it is another role,
  /// obstacle.
  var objects: String {
    [views, triggers, rules, policies, statistics, columnRights, publications, foreignKeys].map { "(\($0))" }
      .joined(separator: " UNION ALL ")
  }

  /// The view is recreated by the role that changes its tables, so privileges and owner have statements of their own.
  private var views: String {
    """
    SELECT CASE v.relkind WHEN 'v' THEN 'view' ELSE 'materialized view' END, 'pg_catalog.pg_class'::regclass::oid, v.oid,
      NULL, NULL, n.nspname, v.relname,
      format(E'CREATE VIEW %s%s AS\\n%s', v.oid::regclass,
        ' WITH (' || array_to_string(v.reloptions, ', ') || ')', rtrim(pg_get_viewdef(v.oid), ';')),
      d.description, NULL,
      (SELECT string_agg(
          format('GRANT %s ON %s TO %s%s', x.privilege_type, v.oid::regclass, \(grantee), \(grantOption)),
          chr(10) ORDER BY x.grantee, x.privilege_type)
        FROM aclexplode(v.relacl) AS x WHERE x.grantee <> v.relowner),
      \(otherOwner("v.relowner")),
      CASE WHEN v.relkind = 'm' THEN 'it is materialized'
        WHEN EXISTS (SELECT FROM pg_catalog.pg_trigger AS tg WHERE tg.tgrelid = v.oid) THEN 'it has triggers'
        WHEN EXISTS (SELECT FROM pg_catalog.pg_rewrite AS o WHERE o.ev_class = v.oid AND o.oid <> r.oid)
        THEN 'it has rules'
        WHEN EXISTS (SELECT FROM pg_catalog.pg_attribute AS a WHERE a.attrelid = v.oid AND a.attacl IS NOT NULL)
          OR EXISTS (SELECT FROM pg_catalog.pg_attrdef AS e WHERE e.adrelid = v.oid)
          OR EXISTS (SELECT FROM pg_catalog.pg_description AS e
            WHERE e.classoid = 'pg_catalog.pg_class'::regclass AND e.objoid = v.oid AND e.objsubid > 0)
        THEN 'its columns have rights, defaults or comments of their own' END
    FROM pg_catalog.pg_class AS v
    JOIN pg_catalog.pg_namespace AS n ON n.oid = v.relnamespace
    JOIN pg_catalog.pg_rewrite AS r ON r.ev_class = v.oid AND r.rulename = '_RETURN'
    \(queries.description(of: "v.oid", in: "pg_class"))
    WHERE v.relkind IN ('v', 'm') AND \(queries.isInScope) AND \(queries.isOutsideExtensions("v.oid", "pg_class"))
    ORDER BY n.nspname, v.relname
    """
  }

  /// Without those of constraints and those that a partition inherits.
  private var triggers: String {
    """
    \(relations)
    SELECT 'trigger', 'pg_catalog.pg_trigger'::regclass::oid, g.oid, t.nspname, t.relname, NULL, g.tgname,
      pg_get_triggerdef(g.oid, true), d.description,
      CASE g.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' END
        || ' TRIGGER ' || quote_ident(g.tgname), NULL, NULL,
      CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_depend AS x
          WHERE x.classid = 'pg_catalog.pg_trigger'::regclass AND x.objid = g.oid AND x.deptype = 'x')
        THEN 'it depends on an extension' END
    FROM t JOIN pg_catalog.pg_trigger AS g ON g.tgrelid = t.oid AND NOT g.tgisinternal AND g.tgparentid = 0
    \(queries.description(of: "g.oid", in: "pg_trigger"))
    ORDER BY t.nspname, t.relname, g.tgname
    """
  }

  private var rules: String {
    """
    \(relations)
    SELECT 'rule', 'pg_catalog.pg_rewrite'::regclass::oid, r.oid, t.nspname, t.relname, NULL, r.rulename,
      rtrim(pg_get_ruledef(r.oid, true), ';'), d.description,
      CASE r.ev_enabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' END
        || ' RULE ' || quote_ident(r.rulename), NULL, NULL, NULL
    FROM t JOIN pg_catalog.pg_rewrite AS r ON r.ev_class = t.oid AND r.rulename <> '_RETURN'
    \(queries.description(of: "r.oid", in: "pg_rewrite"))
    ORDER BY t.nspname, t.relname, r.rulename
    """
  }

  private var policies: String {
    """
    \(relations)
    SELECT 'row policy', 'pg_catalog.pg_policy'::regclass::oid, p.oid, t.nspname, t.relname, NULL, p.polname,
      format('CREATE POLICY %I ON %s AS %s FOR %s TO %s%s%s', p.polname, p.polrelid::regclass,
        CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
        CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
        (SELECT string_agg(CASE g WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g)) END, ', ')
          FROM unnest(p.polroles) AS g),
        ' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')',
        ' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')'),
      d.description, NULL, NULL, NULL, NULL
    FROM t JOIN pg_catalog.pg_policy AS p ON p.polrelid = t.oid
    \(queries.description(of: "p.oid", in: "pg_policy"))
    ORDER BY t.nspname, t.relname, p.polname
    """
  }

  private var statistics: String {
    """
    \(relations)
    SELECT 'statistics object', 'pg_catalog.pg_statistic_ext'::regclass::oid, s.oid, t.nspname, t.relname, sn.nspname,
      s.stxname, pg_get_statisticsobjdef(s.oid), d.description,
      CASE WHEN s.stxstattarget >= 0 THEN 'SET STATISTICS ' || s.stxstattarget END, NULL,
      \(otherOwner("s.stxowner")), NULL
    FROM t JOIN pg_catalog.pg_statistic_ext AS s ON s.stxrelid = t.oid
    JOIN pg_catalog.pg_namespace AS sn ON sn.oid = s.stxnamespace
    \(queries.description(of: "s.oid", in: "pg_statistic_ext"))
    ORDER BY t.nspname, t.relname, s.stxname
    """
  }

  /// The rights on a column have no dependencies: they are dropped with it.
  private var columnRights: String {
    """
    \(relations)
    SELECT 'rights on the column', 'pg_catalog.pg_attribute'::regclass::oid, t.oid, t.nspname, t.relname, NULL, a.attname,
      NULL, NULL, NULL,
      (SELECT string_agg(
          format('GRANT %s (%I) ON %s TO %s%s', x.privilege_type, a.attname, t.oid::regclass, \(grantee), \(grantOption)),
          chr(10) ORDER BY x.grantee, x.privilege_type)
        FROM aclexplode(a.attacl) AS x), NULL, NULL
    FROM t JOIN pg_catalog.pg_attribute AS a ON a.attrelid = t.oid AND a.attnum > 0 AND a.attacl IS NOT NULL
    WHERE t.relkind IN ('r', 'p')
    ORDER BY t.nspname, t.relname, a.attname
    """
  }

  /// Publications have lists of columns and conditions since version 15.
  private var publications: String {
    let parts =
      queries.version >= .fifteen
      ? """
      ' (' || (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY k.place)
          FROM unnest(r.prattrs::smallint[]) WITH ORDINALITY AS k(number, place)
          JOIN pg_catalog.pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = k.number) || ')',
        ' WHERE (' || pg_get_expr(r.prqual, r.prrelid) || ')'
      """ : "NULL, NULL"
    return """
      \(relations)
      SELECT 'publication', 'pg_catalog.pg_publication_rel'::regclass::oid, r.oid, t.nspname, t.relname, NULL, p.pubname,
        format('ALTER PUBLICATION %I ADD TABLE %s%s%s%s', p.pubname, CASE t.relkind WHEN 'r' THEN 'ONLY ' END, t.oid::regclass,
          \(parts)),
        NULL, NULL, NULL, NULL, NULL
      FROM t JOIN pg_catalog.pg_publication_rel AS r ON r.prrelid = t.oid
      JOIN pg_catalog.pg_publication AS p ON p.oid = r.prpubid
      ORDER BY t.nspname, t.relname, p.pubname
      """
  }

  /// Those of unmanaged tables are dependent objects; the others are parts of their tables.
  private var foreignKeys: String {
    """
    \(relations)
    SELECT 'foreign key', 'pg_catalog.pg_constraint'::regclass::oid, f.oid, t.nspname, t.relname, NULL, f.conname,
      NULL, NULL, NULL, NULL, NULL, 'its table is not managed'
    FROM t JOIN pg_catalog.pg_constraint AS f ON f.conrelid = t.oid AND f.contype = 'f' AND f.conparentid = 0
    ORDER BY t.nspname, t.relname, f.conname
    """
  }

  /// The columns and keys that foreign keys reference, in the form of `uses`.
  private var references: String {
    """
    SELECT 'pg_catalog.pg_constraint'::regclass::oid, f.oid, NULL, n.nspname, r.relname, a.attname, NULL, NULL, NULL
    FROM pg_catalog.pg_constraint AS f
    JOIN pg_catalog.pg_class AS r ON r.oid = f.confrelid
    JOIN pg_catalog.pg_namespace AS n ON n.oid = r.relnamespace
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = r.oid AND a.attnum = ANY (f.confkey)
    WHERE f.contype = 'f' AND f.conparentid = 0
    UNION ALL
    SELECT 'pg_catalog.pg_constraint'::regclass::oid, f.oid, NULL, n.nspname, r.relname, NULL, k.conname, NULL, NULL
    FROM pg_catalog.pg_constraint AS f
    JOIN pg_catalog.pg_class AS r ON r.oid = f.confrelid
    JOIN pg_catalog.pg_namespace AS n ON n.oid = r.relnamespace
    JOIN pg_catalog.pg_constraint AS k ON k.conindid = f.conindid AND k.contype IN ('p', 'u')
    WHERE f.contype = 'f' AND f.conparentid = 0
    """
  }

  /// Tables and views as `t`.
  private var relations: String { queries.selectedTables("'r', 'p', 'v', 'm'") }

  private var grantee: String { "CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END" }

  private var grantOption: String { "CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' END" }

  private func otherOwner(_ owner: String) -> String {
    """
    CASE WHEN \(owner) <> (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = current_user)
        THEN quote_ident(pg_get_userbyid(\(owner))) END
    """
  }
}

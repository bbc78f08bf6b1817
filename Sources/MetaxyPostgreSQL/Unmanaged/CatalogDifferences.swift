internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyNames

/// The differences between the catalog rows of tables and those of their copies.
///
/// Whole rows are compared, so that a property that a later version of PostgreSQL adds is found as well. What is left
/// out: numbers of objects, which always differ; columns that PostgreSQL keeps for itself, such as statistics; and what
/// the definitions contain as text, such as expressions.
struct CatalogDifferences {
  let connection: PostgreSQLMigrationConnection
  /// The schemas of the copies by those of the originals.
  let schemas: [String: String]

  /// A column of a catalog row with two values, or a row that only one of them has.
  struct Difference {
    var table: TableName
    /// The kind of object, and the object: a column, index, constraint or sequence; empty for the table.
    var part: String
    var object: String
    /// nil if only one side has the row.
    var key: String?
    /// nil for NULL.
    var value: String?
    var isMissing: Bool
    var isOnlyInCopy: Bool
  }

  /// Two queries, whatever the number of tables.
  func differences() throws(MetaxyError) -> [Difference] {
    guard !schemas.isEmpty else { return [] }
    return try connection.query(query, []).map { row in
      let schema = row[0].text
      return Difference(
        table: TableName(row[1].text ?? "", schema: schema == connection.defaultSchema ? nil : schema),
        part: row[2].text ?? "", object: row[3].text ?? "", key: row[4].text, value: row[5].text,
        isMissing: row[6].integer == 1, isOnlyInCopy: row[7].integer == 1)
    }
  }

  private var query: String {
    let pairs = schemas.sorted { $0.key < $1.key }
      .map { "(\(SQLText.literal($0.key)), \(SQLText.literal($0.value)))" }
    return """
      WITH spaces (original, copy) AS (VALUES \(pairs.joined(separator: ", "))),
      relations AS MATERIALIZED (
        SELECT c.*, s.original AS space, n.nspname = s.copy AS is_copy
        FROM spaces AS s
        JOIN pg_catalog.pg_namespace AS n ON n.nspname IN (s.original, s.copy)
        JOIN pg_catalog.pg_class AS c ON c.relnamespace = n.oid
        WHERE c.relkind IN ('r', 'p', 'i', 'I', 'S')),
      tables AS MATERIALIZED (
        SELECT o.* FROM relations AS o WHERE o.relkind IN ('r', 'p') AND EXISTS (
          SELECT FROM relations AS x WHERE x.is_copy AND x.relkind IN ('r', 'p') AND x.space = o.space AND x.relname = o.relname)),
      facts (space, tbl, is_copy, part, object, doc) AS MATERIALIZED (
      \(CatalogPart.all.map(\.query).joined(separator: "\n  UNION ALL ")))
      SELECT space, tbl, part, object, k.key, CASE WHEN c.doc IS NULL THEN NULL ELSE o.doc ->> k.key END,
        (k.key IS NULL)::integer, (o.doc IS NULL)::integer
      FROM (SELECT * FROM facts WHERE NOT is_copy) AS o
      FULL JOIN (SELECT * FROM facts WHERE is_copy) AS c USING (space, tbl, part, object)
      CROSS JOIN LATERAL (
        SELECT key FROM jsonb_object_keys(o.doc || c.doc) AS key
        WHERE o.doc -> key IS DISTINCT FROM c.doc -> key
        UNION ALL SELECT NULL WHERE o.doc IS NULL OR c.doc IS NULL) AS k
      WHERE o.doc IS DISTINCT FROM c.doc
      ORDER BY space, tbl, part DESC, object, key
      """
  }
}

/// The rows of one catalog: a JSON object for each, without what cannot be compared.
private struct CatalogPart {
  /// The kind of object, for display.
  var name: String
  var catalog: String
  /// The relations that the rows belong to, and how to find them; the row has the alias `x`, the table `t`.
  var source: String
  /// The name of the object within its table.
  var object: String
  /// The columns of the catalog that are left out, besides all those with numbers of objects.
  var omitted: [String]
  /// What such numbers mean, by name.
  var added: [(name: String, value: String)] = []

  var query: String {
    let extra = added.map { "\(SQLText.literal($0.name)), \($0.value)" }
    let keys =
      "(SELECT coalesce(array_agg(attname::text), '{}') FROM pg_catalog.pg_attribute"
      + " WHERE attrelid = 'pg_catalog.\(catalog)'::regclass AND atttypid::regtype::text = ANY (\(Self.numbers)))"
    let names = omitted.isEmpty ? "" : " - ARRAY[\(omitted.map { SQLText.literal($0) }.joined(separator: ", "))]"
    return "SELECT t.space, t.relname::text, t.is_copy, \(SQLText.literal(name)), (\(object))::text,"
      + " to_jsonb(x) - \(keys)\(names)"
      + (extra.isEmpty ? "" : " || jsonb_build_object(\(extra.joined(separator: ", ")))")
      + " FROM \(source)"
  }

  /// The types of columns that refer to objects, or contain such references.
  private static let numbers =
    "'{oid,oid[],oidvector,regproc,xid,pg_node_tree,aclitem[],anyarray}'::text[]"
}

extension CatalogPart {
  static let all = [
    relation("table", "tables AS t JOIN pg_catalog.pg_class AS x ON x.oid = t.oid", object: "''"),
    columns, indexes,
    relation(
      "index",
      "tables AS t JOIN pg_catalog.pg_index AS i ON i.indrelid = t.oid"
        + " JOIN pg_catalog.pg_class AS x ON x.oid = i.indexrelid AND NOT x.relispartition", object: "x.relname"),
    indexColumns, constraints, triggers, inheritance, sequences, sequenceOptions,
    comments("table", "tables AS t", "pg_class", "t.oid", object: "''", part: "0"),
    comments(
      "column",
      "tables AS t JOIN pg_catalog.pg_attribute AS a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped",
      "pg_class", "t.oid", object: "a.attname", part: "a.attnum"),
    comments(
      "index",
      "tables AS t JOIN pg_catalog.pg_index AS i ON i.indrelid = t.oid"
        + " JOIN pg_catalog.pg_class AS a ON a.oid = i.indexrelid AND NOT a.relispartition",
      "pg_class", "a.oid", object: "a.relname", part: "0"),
    comments("sequence", ownedSequences, "pg_class", "q.oid", object: "q.relname", part: "0"),
  ]

  /// Rows of `pg_class`, with the names of what they refer to, and without what changes by itself.
  private static func relation(_ name: String, _ source: String, object: String) -> CatalogPart {
    CatalogPart(
      name: name, catalog: "pg_class", source: source, object: object,
      omitted: [
        "relname", "relpages", "reltuples", "relallvisible", "relallfrozen", "relhasindex", "relhasrules",
        "relhastriggers", "relhassubclass", "relispopulated", "relnatts",
      ],
      added: [
        ("access method", "(SELECT amname FROM pg_catalog.pg_am WHERE oid = x.relam)"),
        ("tablespace", "(SELECT spcname FROM pg_catalog.pg_tablespace WHERE oid = x.reltablespace)"),
        ("type", "CASE WHEN x.reloftype <> 0 THEN x.reloftype::regtype::text END"),
        ("toast parameters", "(SELECT reloptions FROM pg_catalog.pg_class AS toast WHERE toast.oid = x.reltoastrelid)"),
      ])
  }

  /// The columns of a table. Whether a column of a partition is its own does not matter: it always is in both.
  private static let columns = CatalogPart(
    name: "column", catalog: "pg_attribute",
    source:
      "tables AS t JOIN pg_catalog.pg_attribute AS x ON x.attrelid = t.oid AND x.attnum > 0 AND NOT x.attisdropped",
    object: "x.attname",
    omitted: ["attnum", "attname", "attcacheoff", "atthasmissing", "attndims", "attislocal"],
    added: [
      ("attislocal", "x.attislocal OR t.relispartition"),
      ("data type", "format_type(x.atttypid, x.atttypmod)"),
      ("collation", "CASE WHEN x.attcollation <> 0 THEN x.attcollation::regcollation::text END"),
    ])

  private static let indexes = CatalogPart(
    name: "index", catalog: "pg_index",
    source: "tables AS t JOIN pg_catalog.pg_index AS x ON x.indrelid = t.oid"
      + " JOIN pg_catalog.pg_class AS i ON i.oid = x.indexrelid AND NOT i.relispartition",
    object: "i.relname || ' '", omitted: ["indkey", "indcheckxmin"])

  private static let indexColumns = CatalogPart(
    name: "index", catalog: "pg_attribute",
    source: "tables AS t JOIN pg_catalog.pg_index AS i ON i.indrelid = t.oid"
      + " JOIN pg_catalog.pg_class AS o ON o.oid = i.indexrelid AND NOT o.relispartition"
      + " JOIN pg_catalog.pg_attribute AS x ON x.attrelid = i.indexrelid",
    object: "o.relname || '.' || x.attnum",
    // They are those of the table's column when the index was built.
    omitted: ["attname", "attcacheoff", "atthasmissing", "attndims", "attstorage", "attcompression"])

  /// The constraints that a table does not inherit.
  private static let ownConstraints =
    "tables AS t JOIN pg_catalog.pg_constraint AS x ON x.conrelid = t.oid AND x.contype IN ('p', 'u', 'c', 'f', 'x')"
    + " AND x.conparentid = 0 AND (x.coninhcount = 0 OR x.conislocal)"

  private static let constraints = CatalogPart(
    name: "constraint", catalog: "pg_constraint", source: ownConstraints, object: "x.conname",
    omitted: ["conname", "conkey", "confkey", "confdelsetcols"],
    added: [("comment", "obj_description(x.oid, 'pg_constraint')")])

  /// The triggers behind foreign keys, which can be disabled.
  private static let triggers = CatalogPart(
    name: "trigger", catalog: "pg_trigger",
    source: "tables AS t JOIN pg_catalog.pg_trigger AS x ON x.tgrelid = t.oid AND x.tgisinternal AND x.tgparentid = 0"
      + " JOIN pg_catalog.pg_constraint AS c ON c.oid = x.tgconstraint AND c.conparentid = 0 AND c.contype = 'f'"
      + " JOIN pg_catalog.pg_class AS r ON r.oid = c.conrelid",
    object: "concat_ws(' ', c.conname, r.relname, x.tgfoid::regproc)", omitted: ["tgname", "tgattr", "tgargs"])

  private static let inheritance = CatalogPart(
    name: "parent", catalog: "pg_inherits",
    source: "tables AS t JOIN pg_catalog.pg_inherits AS x ON x.inhrelid = t.oid"
      + " JOIN pg_catalog.pg_class AS p ON p.oid = x.inhparent",
    object: "p.relname", omitted: [])

  /// The sequences of the schemas, except those of tables that are not compared.
  private static let ownedSequences = """
    relations AS q LEFT JOIN pg_catalog.pg_depend AS d ON d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = q.oid
        AND d.objsubid = 0 AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
      LEFT JOIN tables AS w ON w.oid = d.refobjid
      LEFT JOIN pg_catalog.pg_attribute AS v ON v.attrelid = d.refobjid AND v.attnum = d.refobjsubid
      CROSS JOIN LATERAL (SELECT q.space, coalesce(w.relname, q.relname) AS relname, q.is_copy) AS t
      JOIN pg_catalog.pg_class AS y ON y.oid = q.oid AND q.relkind = 'S' AND (d.objid IS NULL OR w.oid IS NOT NULL)
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend AS e
          WHERE e.classid = 'pg_catalog.pg_class'::regclass AND e.objid = q.oid AND e.deptype = 'e')
    """

  private static var sequences: CatalogPart {
    var part = relation(
      "sequence", "\(ownedSequences) JOIN pg_catalog.pg_class AS x ON x.oid = q.oid", object: "q.relname")
    part.added.append(("owner", "v.attname"))
    return part
  }

  private static let sequenceOptions = CatalogPart(
    name: "sequence", catalog: "pg_sequence",
    source: "\(ownedSequences) JOIN pg_catalog.pg_sequence AS x ON x.seqrelid = q.oid", object: "q.relname || ' '",
    omitted: [], added: [("data type", "format_type(x.seqtypid, NULL)")])

  private static func comments(
    _ name: String, _ source: String, _ catalog: String, _ id: String, object: String, part: String
  ) -> CatalogPart {
    CatalogPart(
      name: "comment on \(name)", catalog: "pg_description",
      source: "\(source) JOIN pg_catalog.pg_description AS x ON x.classoid = 'pg_catalog.\(catalog)'::regclass"
        + " AND x.objoid = \(id) AND x.objsubid = \(part)",
      object: object, omitted: ["objsubid"])
  }
}

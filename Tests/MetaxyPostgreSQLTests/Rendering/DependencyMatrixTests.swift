import MetaxyErrors
import MetaxyMigrationErrors
import MetaxyNames
import MetaxyPostgreSQL
import MetaxyRuntime
import MetaxySchema
import MetaxyTestSupport
import Testing

/// Every kind of dependent object beside every kind of operation, on a server, with rows: the change goes up and comes back with
/// the objects as they were, or is refused with their name, or the file lists what blocks the downgrade.
@Suite(.timed) struct DependencyMatrixTests {
  private static let rows = "INSERT INTO t VALUES (1, 2, 'a', 'x'), (2, 3, 'c', 'y');"

  @Test(arguments: MatrixDependent.all)
  func eachOperationIsExactOrRefusedByName(_ dependent: MatrixDependent) throws {
    for operation in MatrixOperation.all {
      let outcome = dependent.outcomes[operation.name] ?? .comesBack
      try check(dependent, operation, outcome)
    }
  }

  private func check(
    _ dependent: MatrixDependent, _ operation: MatrixOperation, _ outcome: MatrixOutcome
  ) throws {
    let cell = Comment(rawValue: "\(dependent.testDescription), \(operation.name)")
    let keeps = !operation.dropsTable && (operation.columnType != nil || dependent.testDescription == "foreign key")
    let desired =
      operation.definitions(table: operation.table, column: operation.column)
      + (dependent.isManaged && keeps ? dependent.sql(operation.table, operation.column) : "")
    var renames = Renames()
    if operation.table != "t" { renames.tables = ["u": "t"] }
    if operation.column != "n" { renames.columns = ["t": ["m": "n"]] }
    let start = MatrixOperation(name: "").definitions() + Self.rows + dependent.sql("t", "n")
    let migration = try Migration(from: start, to: desired, renames: renames)
    let before = try signature(of: migration.live)
    let rows = try self.rows(of: migration.live, "t")

    let sections: [RenderedSection]
    do {
      sections = try migration.upgradeSections()
    } catch let error as MetaxyError {
      #expect(outcome == .refused, "\(cell): \(error.message)")
      #expect(error.message.contains(dependent.mention), "\(cell): \(error.message)")
      return
    }
    #expect(outcome != .refused, "\(cell) is not refused")
    do {
      try migration.run(sections)
      if !operation.losesRows {
        let expected = try ScratchDatabase(
          operation.definitions() + Self.rows + dependent.sql("t", "n") + operation.renames)
        #expect(try difference(migration.live, signature(of: expected)) == [], cell)
        if operation.column == "n" { #expect(try self.rows(of: migration.live, operation.table) == rows, cell) }
      }
      let downgrade = try migration.downgradeSections()
      let notes = downgrade.flatMap(\.statements).flatMap(\.notes).filter { $0.hasPrefix("fails while the ") }
      #expect(notes.isEmpty == (outcome != .noted), cell)
      if outcome == .noted {
        #expect(notes.allSatisfy { $0.contains(dependent.mention) }, cell)
        return
      }
      try migration.run(downgrade)
    } catch {
      Issue.record(error, cell)
      return
    }
    #expect(try difference(migration.live, before) == [], cell)
    if !operation.losesRows { #expect(try self.rows(of: migration.live, "t") == rows, cell) }
  }

  private func difference(_ database: ScratchDatabase, _ lines: [String]) throws -> [String] {
    Set(try signature(of: database)).symmetricDifference(lines).sorted()
  }

  private func rows(of database: ScratchDatabase, _ table: String) throws -> [String] {
    try database.rows("SELECT to_jsonb(r) FROM \(table) AS r ORDER BY id")
  }

  /// What the catalog contains about tables and dependent objects, without the order of columns.
  private func signature(of database: ScratchDatabase) throws -> [String] {
    try database.rows(
      """
      SELECT concat_ws(' ', 'column', a.attrelid::regclass, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attgenerated,
        pg_get_expr(e.adbin, e.adrelid), a.attacl)
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'v', 'm') AND c.relnamespace = 'public'::regnamespace
      LEFT JOIN pg_attrdef e ON e.adrelid = a.attrelid AND e.adnum = a.attnum
      WHERE a.attnum > 0 AND NOT a.attisdropped
      UNION ALL SELECT concat_ws(' ', 'relation', c.relname, c.relkind, c.reloptions, c.relacl, obj_description(c.oid, 'pg_class'),
        CASE WHEN c.relkind IN ('v', 'm') THEN translate(pg_get_viewdef(c.oid), E'\\n', ' ') END)
      FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm')
      UNION ALL SELECT concat_ws(' ', 'constraint', c.conrelid::regclass, c.conname, c.convalidated, pg_get_constraintdef(c.oid))
      FROM pg_constraint c WHERE c.connamespace = 'public'::regnamespace
      UNION ALL SELECT concat_ws(' ', 'index', pg_get_indexdef(i.indexrelid), i.indisvalid)
      FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid AND c.relnamespace = 'public'::regnamespace
      UNION ALL SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(g.oid), g.tgenabled, obj_description(g.oid, 'pg_trigger'))
      FROM pg_trigger g WHERE NOT g.tgisinternal
      UNION ALL SELECT concat_ws(' ', 'rule', translate(pg_get_ruledef(r.oid), E'\\n', ' '), r.ev_enabled, obj_description(r.oid, 'pg_rewrite'))
      FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class AND c.relnamespace = 'public'::regnamespace
      WHERE r.rulename <> '_RETURN'
      UNION ALL SELECT concat_ws(' ', 'policy', to_jsonb(p), (SELECT obj_description(o.oid, 'pg_policy') FROM pg_policy o WHERE o.polname = p.policyname))
      FROM pg_policies p
      UNION ALL SELECT concat_ws(' ', 'function', translate(pg_get_functiondef(f.oid), E'\\n', ' '))
      FROM pg_proc f WHERE f.pronamespace = 'public'::regnamespace
      UNION ALL SELECT concat_ws(' ', 'publication', p.pubname, p.tablename, p.attnames, p.rowfilter) FROM pg_publication_tables p
      UNION ALL SELECT concat_ws(' ', 'statistics', s.stxname, s.stxrelid::regclass, s.stxkind, s.stxstattarget,
        (SELECT array_agg(a.attname ORDER BY a.attname) FROM pg_attribute a WHERE a.attrelid = s.stxrelid AND a.attnum = ANY (s.stxkeys)))
      FROM pg_statistic_ext s
      UNION ALL SELECT concat_ws(' ', 'type', t.typname, (SELECT array_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid))
      FROM pg_type t WHERE t.typtype = 'e'
      ORDER BY 1
      """)
  }

  @Test func aViewThatGroupsByAKeyIsInTheWayOfAnother() throws {
    let migration = try Migration(
      from:
        "CREATE TABLE t (id int CONSTRAINT t_pk PRIMARY KEY, n int NOT NULL); CREATE VIEW d AS SELECT id, n FROM t GROUP BY id",
      to: "CREATE TABLE t (id int NOT NULL, n int CONSTRAINT t_pk PRIMARY KEY)")
    let error = #expect(throws: MetaxyError.self) { try migration.upgradeSections() }
    #expect(error?.code == .dependentViews)
    #expect(error?.message.contains("the view `d` depends on it") == true, "\(error?.message ?? "")")
  }
}

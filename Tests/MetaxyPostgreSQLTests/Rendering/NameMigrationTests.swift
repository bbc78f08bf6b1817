import MetaxyNames
import MetaxyPostgreSQL
import MetaxyRuntime
import MetaxySchema
import MetaxyTestSupport
import Testing

/// Names that are taken, freed and generated: each change goes up to the catalog that the definitions give in an empty
/// database, and comes back.
@Suite(.timed) struct NameMigrationTests {
  @Test(arguments: [
    // A new object wants the generated name of another one.
    (
      "CREATE TABLE t (a int, b int, c int, CHECK (a <> b))",
      "CREATE TABLE t (a int, b int, c int, CHECK (a <> c), CHECK (a <> b))"
    ),
    (
      "CREATE TABLE t (a int, b int, c int); CREATE INDEX ON t ((a + b))",
      "CREATE TABLE t (a int, b int, c int); CREATE INDEX ON t ((a + c)); CREATE INDEX ON t ((a + b))"
    ),
    // A name moves from one kind of object to another.
    (
      "CREATE TABLE old_log (at int, CONSTRAINT log_pk PRIMARY KEY (at))",
      "CREATE TABLE new_log (at int, CONSTRAINT log_pk PRIMARY KEY (at))"
    ),
    ("CREATE TABLE t (a int); CREATE INDEX foo ON t (a)", "CREATE TABLE t (a int); CREATE TABLE foo (b int)"),
    ("CREATE TABLE t (a int); CREATE SEQUENCE foo", "CREATE TABLE t (a int); CREATE TABLE foo (b int)"),
    ("CREATE TABLE t (a int); CREATE INDEX n_id_seq ON t (a)", "CREATE TABLE t (a int); CREATE TABLE n (id serial)"),
    (
      "CREATE TABLE mood (a int); CREATE TABLE t (i int)",
      "CREATE TYPE mood AS ENUM ('x'); CREATE TABLE t (i int, m mood)"
    ),
    (
      "CREATE TABLE t (a int, CONSTRAINT u1 UNIQUE (a)); CREATE TABLE s (b int)",
      "CREATE TABLE t (a int); CREATE TABLE s (b int, CONSTRAINT u1 UNIQUE (b))"
    ),
    (
      "CREATE TABLE t (a int); CREATE TABLE s (b int); CREATE INDEX i1 ON t (a)",
      "CREATE TABLE t (a int); CREATE TABLE s (b int); CREATE INDEX i1 ON s (b)"
    ),
    // Names are exchanged, also in a circle, between tables, and between kinds of objects.
    (
      "CREATE TABLE t (a int, b int); CREATE INDEX i ON t (a); CREATE INDEX j ON t (b)",
      "CREATE TABLE t (a int, b int); CREATE INDEX i ON t (b); CREATE INDEX j ON t (a)"
    ),
    (
      "CREATE TABLE t (a int, b int, c int); CREATE INDEX i ON t (a); CREATE INDEX j ON t (b); CREATE INDEX k ON t (c)",
      "CREATE TABLE t (a int, b int, c int); CREATE INDEX j ON t (a); CREATE INDEX k ON t (b); CREATE INDEX i ON t (c)"
    ),
    (
      "CREATE TABLE t (a int); CREATE TABLE s (b int); CREATE INDEX i ON t (a); CREATE INDEX j ON s (b)",
      "CREATE TABLE t (a int); CREATE TABLE s (b int); CREATE INDEX j ON t (a); CREATE INDEX i ON s (b)"
    ),
    (
      """
      CREATE TABLE t (a int, b int, CONSTRAINT u UNIQUE (a), CONSTRAINT v UNIQUE (b), CONSTRAINT c CHECK (a > 0),
        CONSTRAINT d CHECK (b > 0));
      CREATE TABLE r (a int CONSTRAINT f REFERENCES t (a), b int CONSTRAINT g REFERENCES t (b))
      """,
      """
      CREATE TABLE t (a int, b int, CONSTRAINT v UNIQUE (a), CONSTRAINT u UNIQUE (b), CONSTRAINT d CHECK (a > 0),
        CONSTRAINT c CHECK (b > 0));
      CREATE TABLE r (a int CONSTRAINT g REFERENCES t (a), b int CONSTRAINT f REFERENCES t (b))
      """
    ),
    (
      "CREATE TABLE t (a int, b int, CONSTRAINT u UNIQUE (a)); CREATE INDEX i ON t (b)",
      "CREATE TABLE t (a int, b int, CONSTRAINT i UNIQUE (a)); CREATE INDEX u ON t (b)"
    ),
    // The key of a table goes that the downgrade needs before a foreign key.
    (
      "CREATE TABLE site (id int PRIMARY KEY); CREATE TABLE visit (site_id int REFERENCES site (id))",
      "CREATE TABLE site (code int PRIMARY KEY)"
    ),
    // CREATE TABLE merges equal keys.
    (
      "CREATE TABLE z (i int)",
      """
      CREATE TABLE z (i int); CREATE TABLE t (a int PRIMARY KEY, b int, CONSTRAINT u1 UNIQUE (a, b));
      ALTER TABLE t ADD CONSTRAINT u0 UNIQUE (a), ADD CONSTRAINT u2 UNIQUE (a, b)
      """
    ),
    // A foreign key to a partitioned table has a copy for each partition.
    (
      """
      CREATE TABLE p (id int, d int, PRIMARY KEY (id, d)) PARTITION BY LIST (d);
      CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); CREATE TABLE c (id int, d int);
      INSERT INTO p VALUES (1, 1); INSERT INTO c VALUES (1, 1)
      """,
      """
      CREATE TABLE p (id int, d int, PRIMARY KEY (id, d)) PARTITION BY LIST (d);
      CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); CREATE TABLE c (id int, d int, FOREIGN KEY (id, d) REFERENCES p)
      """
    ),
  ])
  func aNameIsFreeWhenItIsTaken(before: String, after: String) throws {
    let migration = try Migration(from: before, to: after)
    try migration.goThereAndBack()
    #expect(try migration.live.rows("SELECT conname FROM pg_constraint WHERE NOT convalidated") == [])
  }

  @Test func aNameOfAnUnmanagedObjectIsNotTaken() throws {
    let migration = try Migration(
      from: "CREATE TABLE t (a int, b int); CREATE VIEW t_b_idx AS SELECT 1 AS x",
      to: "CREATE TABLE t (a int, b int); CREATE INDEX ON t (b)")
    try migration.upgrade()
    #expect(
      try migration.live.rows("SELECT indexrelid::regclass FROM pg_index WHERE indrelid = 't'::regclass") == [
        "t_b_idx1"
      ])
  }

  @Test(arguments: [
    (
      "CREATE TABLE a (id serial PRIMARY KEY, x int UNIQUE CHECK (x > 0), y int); CREATE INDEX ON a (y); CREATE TABLE b (aid int REFERENCES a)",
      "CREATE TABLE z (id serial PRIMARY KEY, v int UNIQUE CHECK (v > 0), y int); CREATE INDEX ON z (y); CREATE TABLE b (aid int REFERENCES z)",
      Renames(tables: ["z": "a"], columns: ["z": ["v": "x"]])
    ),
    (
      "CREATE TABLE t (id int PRIMARY KEY, a int CHECK (a > 0))",
      "CREATE TABLE t (id int PRIMARY KEY, b int CHECK (b > 0), a int CHECK (a > 5))",
      Renames(columns: ["t": ["b": "a"]])
    ),
    (
      "CREATE TABLE t (id int PRIMARY KEY)", "CREATE TABLE s (id int PRIMARY KEY); CREATE TABLE t (x int PRIMARY KEY)",
      Renames(tables: ["s": "t"])
    ),
    (
      "CREATE TABLE t (id int, \"Name\" int)", "CREATE TABLE t (id int, name int)",
      Renames(columns: ["t": ["name": "name"]])
    ),
    (
      """
      CREATE TABLE p (id int, d int) PARTITION BY LIST (d); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1) PARTITION BY LIST (id);
      CREATE TABLE p11 PARTITION OF p1 FOR VALUES IN (1)
      """,
      """
      CREATE TABLE q (num int, d int) PARTITION BY LIST (d); CREATE TABLE p1 PARTITION OF q FOR VALUES IN (1) PARTITION BY LIST (num);
      CREATE TABLE p11 PARTITION OF p1 FOR VALUES IN (1)
      """, Renames(tables: ["q": "p"], columns: ["q": ["num": "id"]])
    ),
  ])
  func generatedNamesFollowARename(before: String, after: String, renames: Renames) throws {
    let migration = try Migration(from: before, to: after, renames: renames)
    #expect(!migration.operations.contains { $0.verb == "remove_index" || $0.verb == "remove_column" })
    try migration.goThereAndBack()
  }

  @Test func anIndexIsBuiltBeforeItsReplacementGoes() throws {
    let migration = try Migration(
      from: "CREATE TABLE t (a int, b int); CREATE INDEX i ON t (a); CREATE INDEX j ON t (b)",
      to: "CREATE TABLE t (a int, b int); CREATE INDEX i ON t (a, b); CREATE INDEX k ON t (b, a)")
    #expect(
      try migration.upgradeSections().map { $0.statements.map(\.sql) } == [
        [
          #"CREATE INDEX CONCURRENTLY "_metaxy_i" ON "t" ("a", "b")"#,
          #"CREATE INDEX CONCURRENTLY "k" ON "t" ("b", "a")"#,
          #"DROP INDEX CONCURRENTLY "j""#,
        ], [#"DROP INDEX "i""#, #"ALTER INDEX "_metaxy_i" RENAME TO "i""#],
      ])
    try migration.goThereAndBack()
  }

  @Test func indexesThatExchangeTheirNamesStayUntilTheOthersAreBuilt() throws {
    let migration = try Migration(
      from: "CREATE TABLE t (a int, b int); CREATE INDEX i ON t (a); CREATE INDEX j ON t (b)",
      to: "CREATE TABLE t (a int, b int); CREATE INDEX i ON t (b); CREATE INDEX j ON t (a)")
    let sections = try migration.upgradeSections().map { $0.statements.map(\.sql) }
    try #require(sections.count == 2)
    #expect(
      Set(sections[0]) == [
        #"CREATE INDEX CONCURRENTLY "_metaxy_i" ON "t" ("b")"#, #"CREATE INDEX CONCURRENTLY "_metaxy_j" ON "t" ("a")"#,
      ])
    #expect(
      Set(sections[1]) == [
        #"DROP INDEX "i""#, #"DROP INDEX "j""#, #"ALTER INDEX "_metaxy_i" RENAME TO "i""#,
        #"ALTER INDEX "_metaxy_j" RENAME TO "j""#,
      ])
    try migration.goThereAndBack()
  }

  @Test func aForeignKeyGoesWithTheKeyThatItReferences() throws {
    let migration = try Migration(
      from:
        "CREATE TABLE p (id int, n int NOT NULL, CONSTRAINT pk PRIMARY KEY (id)); CREATE TABLE c (pid int CONSTRAINT fk REFERENCES p (id))",
      to:
        "CREATE TABLE p (id int CONSTRAINT u UNIQUE, n int NOT NULL, CONSTRAINT pk PRIMARY KEY (id, n)); CREATE TABLE c (pid int CONSTRAINT fk REFERENCES p (id))"
    )
    let sections = try migration.upgradeSections().map { $0.statements.map(\.sql) }
    let swap = try #require(sections.first { $0.contains(#"ALTER TABLE "p" DROP CONSTRAINT "pk""#) })
    #expect(swap.contains(#"ALTER TABLE "c" DROP CONSTRAINT "fk""#))
    try migration.goThereAndBack()
  }
}

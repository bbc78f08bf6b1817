import MetaxyPostgreSQL
import MetaxyRuntime
import MetaxySQL
import MetaxySchema
import MetaxyTestSupport
import Testing

/// Tables with parents, there and back.
@Suite(.timed) struct InheritanceMigrationTests {
  @Test(arguments: [true, false])
  func changesOfAParentReachItsChildren(isOnline: Bool) throws {
    try Migration(
      from: """
        CREATE TABLE z (id int CONSTRAINT z_pkey PRIMARY KEY, a text, gone text, n int, CONSTRAINT z_n CHECK (n > 0));
        CREATE TABLE kid () INHERITS (z); CREATE TABLE a_leaf (flag bool) INHERITS (kid);
        INSERT INTO z VALUES (1, 'x', 'y', 1); INSERT INTO kid VALUES (1, 'x', 'y', 3);
        INSERT INTO a_leaf VALUES (2, 'x', 'y', 4, true);
        """,
      to: """
        CREATE TABLE z (id int CONSTRAINT z_pkey PRIMARY KEY, a varchar(20) DEFAULT 'd', n int,
          note text DEFAULT 'q', m int NOT NULL DEFAULT 0, CONSTRAINT z_n CHECK (n > -1), CONSTRAINT z_note UNIQUE (note, id));
        CREATE TABLE kid (own int) INHERITS (z); ALTER TABLE kid ALTER a SET DEFAULT 'kk';
        CREATE TABLE a_leaf (flag bool) INHERITS (kid); ALTER TABLE a_leaf ALTER a DROP DEFAULT;
        CREATE INDEX leaf_note ON a_leaf (note); COMMENT ON COLUMN a_leaf.note IS 'from z';
        CREATE TABLE b_new (x int) INHERITS (z); ALTER TABLE b_new ALTER note SET NOT NULL;
        """, isOnline: isOnline
    ).goThereAndBack()
  }

  /// Values of the children are dropped by statements that name their tables.
  @Test func aColumnIsRemovedFromEveryTableByName() throws {
    let migration = try Migration(
      from:
        "CREATE TABLE z (id int, extra text); CREATE TABLE kid () INHERITS (z); CREATE TABLE keeper () INHERITS (z);",
      to: """
        CREATE TABLE z (id int); CREATE TABLE kid () INHERITS (z); CREATE TABLE keeper (extra text) INHERITS (z);
        """)
    #expect(migration.operations.map(\.description) == ["remove_column kid.extra", "remove_column z.extra"])
    _ = try migration.live.rows("INSERT INTO keeper VALUES (1, 'kept')")
    try migration.upgrade()
    #expect(try migration.live.rows("SELECT extra FROM keeper") == ["kept"])
    #expect(
      try migration.upgradeSections().flatMap(\.statements).map(\.sql)
        == [#"ALTER TABLE ONLY "z" DROP COLUMN "extra""#, #"ALTER TABLE "kid" DROP COLUMN "extra""#])
  }

  @Test(arguments: [true, false])
  func parentsComeAndGo(isOnline: Bool) throws {
    try Migration(
      from: """
        CREATE TABLE p (id int NOT NULL, k int, CONSTRAINT p_k CHECK (k > 0)); CREATE TABLE q (s text);
        CREATE TABLE leaves (id int NOT NULL, k int, own int) INHERITS (p);
        CREATE TABLE joins (id int, own int); CREATE TABLE changes (id int NOT NULL, k int, s text) INHERITS (p);
        INSERT INTO leaves VALUES (1, 2, 3); INSERT INTO joins VALUES (1, 2);
        """,
      to: """
        CREATE TABLE p (id int NOT NULL, k int, CONSTRAINT p_k CHECK (k > 0)); CREATE TABLE q (s text);
        CREATE TABLE leaves (id int NOT NULL, k int, own int);
        CREATE TABLE joins (id int NOT NULL, k int, own int) INHERITS (p);
        CREATE TABLE changes (id int NOT NULL, k int, s text) INHERITS (q);
        CREATE TABLE twofold () INHERITS (q, p);
        """, isOnline: isOnline
    ).goThereAndBack()
  }

  /// A key holds for the rows of its own table.
  @Test func rowsOfChildrenDoNotBreakAKey() throws {
    let migration = try Migration(
      from: """
        CREATE TABLE p (id int NOT NULL); CREATE TABLE kid () INHERITS (p);
        INSERT INTO p VALUES (1); INSERT INTO kid VALUES (1);
        """,
      to: "CREATE TABLE p (id int NOT NULL CONSTRAINT p_id UNIQUE); CREATE TABLE kid () INHERITS (p);")
    let counts = try migration.upgradeSections().flatMap(\.statements).flatMap(\.preconditions).map(\.count)
    #expect(try counts.map { try migration.live.rows("SELECT \($0)") } == [["0"]])
    try migration.goThereAndBack()
  }
}

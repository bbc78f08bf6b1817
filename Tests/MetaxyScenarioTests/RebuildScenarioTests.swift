import MetaxyErrors
import MetaxyMigrationErrors
import MetaxyTestSupport
import Testing

/// What Alembic's batch mode does to a table on SQLite, and what it should do, through the schema that it leads to.
@Suite(.timed) struct RebuildScenarioTests {
  static let scenarios = Scenario.group("sqlite_batch").filter { outOfScope[$0.id] == nil }

  private static let outOfScope = [
    "BA-025": "the order of columns is never a difference"
  ]

  /// Where a scenario leads, and how to see that it got there beyond the catalog.
  struct Goal: Sendable {
    var target: String
    var query: String?
    var rows: [[String]] = []
    /// Texts that the catalog still contains.
    var kept: [String] = []
  }

  private static let foo = "CREATE TABLE foo (id INTEGER NOT NULL, data VARCHAR(50), x INTEGER, PRIMARY KEY (id))"
  private static let bar =
    "CREATE TABLE bar (id INTEGER PRIMARY KEY, foo_id INTEGER, FOREIGN KEY(foo_id) REFERENCES foo(id)"
  private static let renamed = """
    CREATE TABLE foo (id INTEGER NOT NULL, newdata VARCHAR(50), -- @renamed from=data
    x INTEGER, PRIMARY KEY (id));
    """
  private static let p = "CREATE TABLE p (id INTEGER NOT NULL PRIMARY KEY)"

  private static let goals: [String: Goal] = [
    "BA-002": Goal(
      target: "CREATE TABLE foo (id INTEGER NOT NULL, x INTEGER, PRIMARY KEY (id))", query: "SELECT * FROM foo",
      rows: [["1", "5"], ["2", "6"], ["3", "7"], ["4", "8"], ["5", "9"]]),
    "BA-003": Goal(
      target: """
        CREATE TABLE foo (id INTEGER NOT NULL, data VARCHAR(50), y INTEGER, -- @renamed from=x
        PRIMARY KEY (id))
        """,
      query: "SELECT id, data, y FROM foo",
      rows: [["1", "d1", "5"], ["2", "22", "6"], ["3", "8.5", "7"], ["4", "9.46", "8"], ["5", "d5", "9"]]),
    "BA-005": Goal(
      target: """
        CREATE TABLE foo (id INTEGER NOT NULL PRIMARY KEY, y2 INTEGER, -- @renamed from=y
        CONSTRAINT uq1 UNIQUE (y2))
        """,
      kept: ["CONSTRAINT uq1 UNIQUE (\"y2\")"]),
    "BA-009": Goal(target: "\(p); CREATE TABLE foo (id INTEGER NOT NULL PRIMARY KEY, pid INTEGER)"),
    "BA-010": Goal(target: "\(p); CREATE TABLE foo (id INTEGER NOT NULL PRIMARY KEY, pid INTEGER)"),
    "BA-014": Goal(
      target:
        "CREATE TABLE nopk (a INTEGER NOT NULL, b INTEGER NOT NULL, c INTEGER, CONSTRAINT newpk PRIMARY KEY (a, b))",
      query: "SELECT * FROM nopk", rows: [["1", "2", "3"], ["2", "4", "5"]], kept: ["\"newpk\" PRIMARY KEY"]),
    "BA-016": Goal(target: "\(renamed) \(bar))", query: "SELECT * FROM bar", rows: [["1", "3"]]),
    "BA-017": Goal(target: "\(renamed) \(bar))", query: "SELECT * FROM bar", rows: [["1", "3"]]),
    "BA-018": Goal(
      target: "\(renamed) \(bar) ON DELETE CASCADE)", query: "SELECT count(*) FROM bar", rows: [["1"]]),
    "BA-021": Goal(
      target: """
        CREATE TABLE h (id INTEGER PRIMARY KEY, x DATETIME DEFAULT (datetime('now','localtime')) NOT NULL, y VARCHAR)
        """),
    "BA-023": Goal(
      target: """
        CREATE TABLE foo (id INTEGER NOT NULL, data VARCHAR(50), x INTEGER, data2 VARCHAR(50) DEFAULT 'hi',
          PRIMARY KEY (id))
        """,
      query: "SELECT count(*) FROM foo WHERE data2 = 'hi'", rows: [["5"]]),
    "BA-024": Goal(
      target: """
        CREATE TABLE foo (id INTEGER NOT NULL, data VARCHAR(50), x INTEGER,
          d2 INTEGER GENERATED ALWAYS AS (1 + 1) STORED, PRIMARY KEY (id))
        """,
      query: "SELECT sum(d2) FROM foo", rows: [["10"]]),
    "BA-040": Goal(
      target: """
        CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b VARCHAR); CREATE UNIQUE INDEX px ON t (a) WHERE b > 10
        """),
    "BA-041": Goal(
      target: "CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR, b VARCHAR); CREATE INDEX ex ON t (lower(a))",
      kept: ["lower(a)"]),
    "BA-042": Goal(
      target: """
        CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR, b VARCHAR); CREATE INDEX dx ON t (a COLLATE NOCASE DESC)
        """),
    "BA-044": Goal(target: "CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR COLLATE NOCASE, b VARCHAR)"),
    "BA-047": Goal(
      target: "CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR); CREATE VIEW v AS SELECT id FROM t",
      query: "SELECT count(*) FROM v", rows: [["0"]]),
    "BA-048": Goal(target: "CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, a TEXT) STRICT, WITHOUT ROWID"),
    "BA-049": Goal(
      target: """
        CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER UNIQUE ON CONFLICT REPLACE,
          b VARCHAR NOT NULL ON CONFLICT IGNORE)
        """,
      kept: ["NOT NULL ON CONFLICT IGNORE", "ON CONFLICT REPLACE"]),
    "BA-050": Goal(
      target: """
        CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, g INTEGER GENERATED ALWAYS AS (a*2) STORED, b VARCHAR)
        """,
      query: "SELECT g FROM t", rows: [["8"]]),
    "BA-051": Goal(
      target: "CREATE TABLE t (a INTEGER, b VARCHAR)", query: "SELECT rowid, a FROM t",
      rows: [["100", "1"], ["200", "2"]]),
    "BA-052": Goal(
      target: """
        CREATE TABLE p (id INTEGER PRIMARY KEY);
        CREATE TABLE t (id INTEGER PRIMARY KEY, pid INTEGER, b VARCHAR, CONSTRAINT fkx FOREIGN KEY (pid) REFERENCES p(id)
          ON DELETE CASCADE ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED)
        """,
      kept: ["ON DELETE CASCADE ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED", "\"fkx\""]),
    "BA-053": Goal(
      target: "CREATE TABLE t (id INTEGER PRIMARY KEY, b VARCHAR); CREATE TABLE _alembic_tmp_t (id INTEGER)"),
    "BA-055": Goal(
      target: "CREATE TABLE t (id INTEGER PRIMARY KEY, v FLOAT32_ARRAY(3), w GEOMETRY, b VARCHAR)",
      kept: ["\"v\" FLOAT32_ARRAY(3)", "\"w\" GEOMETRY"]),
  ]

  /// These lead nowhere while the rows are as they are, and have tests of their own.
  private static let refused: Set<String> = ["BA-001", "BA-012"]

  @Test func allScenariosAreThere() {
    #expect(Self.scenarios.count == 26)
    #expect(Set(Self.scenarios.map(\.id)) == Set(Self.goals.keys).union(Self.refused))
  }

  @Test(arguments: scenarios.filter { !refused.contains($0.id) })
  func scenario(_ scenario: Scenario) throws {
    let goal = try #require(Self.goals[scenario.id])
    let project = try ScenarioProject(start: scenario.startSQL, target: goal.target)
    let before = try project.snapshot("before.db")
    let revision = try #require(try project.autogenerate())
    try project.upgrade()
    let after = try project.snapshot("after.db")
    if let query = goal.query { #expect(try project.rows(query) == goal.rows) }
    let texts = try project.rows("SELECT sql FROM sqlite_master").compactMap { $0[0] }.joined(separator: "\n")
    for text in goal.kept { #expect(texts.contains(text), "\(texts)") }
    #expect(!texts.contains("_metaxy_"))
    #expect(try project.autogenerate()?.operations == nil)
    try project.downgrade()
    let lines = try SQLiteSignature.lines(of: [before, after, project.path("a.db"), project.fresh(goal.target)])
    #expect(lines[1] == lines[3], "the upgrade leads elsewhere")
    #expect(lines[2] == lines[0], "the downgrade leads elsewhere")
    if scenario.id == "BA-023" { #expect(!revision.text.contains("foreign_keys:off")) }
  }

  @Test func textsThatAreNoIntegersAreRefusedAndOthersConverted() throws {
    let scenario = try #require(Self.scenarios.first { $0.id == "BA-001" })
    let target = "CREATE TABLE foo (id INTEGER NOT NULL, data INTEGER, x INTEGER, PRIMARY KEY (id))"
    let project = try ScenarioProject(start: scenario.startSQL, target: target)
    let error = #expect(throws: MetaxyError.self) { try project.autogenerate() }
    #expect(error?.code == .existingRowsViolate)
    #expect(error?.message.contains("foo.data holds values that do not fit INTEGER, in 4 rows") == true)
    _ = try project.rows("DELETE FROM foo WHERE id <> 2")
    _ = try project.autogenerate()
    try project.upgrade()
    #expect(try project.rows("SELECT data, typeof(data) FROM foo") == [["22", "integer"]])
    try project.downgrade()
    #expect(try project.rows("SELECT data, typeof(data) FROM foo") == [["22", "text"]])
  }

  @Test func aUniqueThatRowsViolateIsNotWrittenAndElsewhereLeavesTheTableAsItWas() throws {
    let scenario = try #require(Self.scenarios.first { $0.id == "BA-012" })
    let target = Self.foo.dropLast() + ", CONSTRAINT newuk UNIQUE (x))"
    let project = try ScenarioProject(start: scenario.startSQL, target: String(target))
    let error = #expect(throws: MetaxyError.self) { try project.autogenerate() }
    #expect(error?.code == .existingRowsViolate)
    #expect(error?.message.contains("rows of foo violate: unique (x), in 2 rows") == true)
    #expect(error?.hints == ["nothing was written; change these rows first, or remove the constraint"])

    let twice = try #require(try project.rows("SELECT max(id), x FROM foo GROUP BY x HAVING count(*) > 1").first)
    let last = try #require(twice[0])
    _ = try project.rows("UPDATE foo SET x = -1 WHERE id = \(last)")
    let revision = try #require(try project.autogenerate())
    #expect(revision.text.contains("-- fails if rows of foo violate: unique (x)\n"))
    _ = try project.rows("UPDATE foo SET x = \(try #require(twice[1])) WHERE id = \(last)")
    let before = try project.snapshot("before.db")
    #expect { try project.upgrade() } throws: { ($0 as? MetaxyError)?.code == .existingRowsViolate }
    #expect(try project.rows("SELECT count(*) FROM foo") == [["6"]])
    let lines = try SQLiteSignature.lines(of: [before, project.path("a.db")])
    #expect(lines[0] == lines[1])
  }

  @Test func whatCanBeDoneIsSaidForEachKindOfRow() throws {
    let project = try ScenarioProject(
      start: ["CREATE TABLE t (a TEXT, b INTEGER, c INTEGER)", "INSERT INTO t VALUES ('x', NULL, 1), ('y', 2, 1)"],
      target: "CREATE TABLE t (a INTEGER, b INTEGER NOT NULL, c INTEGER); CREATE UNIQUE INDEX i ON t (c)")
    let error = #expect(throws: MetaxyError.self) { try project.autogenerate() }
    #expect(error?.code == .existingRowsViolate)
    #expect(
      error?.message.split(separator: "\n").dropFirst().map { $0.drop { $0 == " " } } == [
        "t.a holds values that do not fit INTEGER, in 2 rows", "a = 'x', b = NULL, c = 1", "a = 'y', b = 2, c = 1",
        "t.b holds NULL, in 1 row", "a = 'x', b = NULL, c = 1",
        "rows of t share their (c), in 2 rows", "a = 'x', b = NULL, c = 1", "a = 'y', b = 2, c = 1",
      ])
    #expect(
      error?.hints.map(\.description) == [
        "nothing was written; change these values with UPDATE so that they fit, or keep the type of a",
        "make the property optional, give it an initial value, or give its column a default with `@Column(default: …)`,"
          + " which existing rows then get; or change these rows first",
        "change these rows first, or make the index not unique",
        "or decide what these rows get, as a value or an SQL expression: "
          + "`metaxy revision --autogenerate --backfill t.b=VALUE --using t.a=EXPRESSION`",
      ])
  }

  @Test func anExpressionThatCannotBeLookedAtIsNamed() throws {
    let project = try ScenarioProject(
      start: ["CREATE TABLE t (a TEXT)", "INSERT INTO t VALUES ('no json')"],
      target: "CREATE TABLE t (a TEXT, CHECK (json_extract(a, '$.b') > 0))")
    let error = #expect(throws: MetaxyError.self) { try project.autogenerate() }
    #expect(error?.code == .cannotCheckRows)
    #expect(error?.message.contains("rows of t violate: check (json_extract(a, '$.b') > 0)") == true)
    #expect((error?.cause as? MetaxyError)?.message.contains("malformed JSON") == true)
  }

  /// What is not applied is in no database that could be asked.
  @Test func whatPendingRevisionsMakeIsRenamedToo() throws {
    let project = try ScenarioProject(
      start: ["CREATE TABLE other (n INTEGER)"], target: "CREATE TABLE other (n INTEGER);")
    let made = "CREATE TABLE clip (path TEXT, CHECK (path <> 'path')); CREATE INDEX i ON clip (lower(path));"
    try project.write("CREATE TABLE other (n INTEGER); \(made)", to: "app.sql")
    _ = try project.autogenerate()
    try project.write(
      """
      CREATE TABLE other (n INTEGER);
      CREATE TABLE clip ( -- @renamed from=nobody
        location TEXT, -- @renamed from=path
        CHECK (location <> 'path'));
      CREATE INDEX i ON clip (lower(location));
      """, to: "app.sql")
    #expect(try project.differences() == ["rename_column clip.location"])
  }
}

import MetaxyErrors
import MetaxyFeatures
import MetaxyRuntime
import MetaxySQLite
import MetaxySchema
import Testing

@Suite struct RenderingTests {
  private let table = Table(name: "t", columns: [Column(name: "id", type: .string, isNullable: false)])

  private func statements(_ operations: [any MigrationOperation]) throws -> [RenderedStatement] {
    try SQLiteDialect().statements(for: operations, on: Schema([table]))
  }

  private func adding(_ column: Column) throws -> [RenderedStatement] {
    try statements([AddColumn(table: "t", column: column)])
  }

  /// Whether the table is made anew to add the column.
  private func makesTableAnew(_ column: Column, with constraints: [Constraint] = []) throws -> Bool {
    let operations = constraints.map { AddConstraint(table: "t", constraint: $0) as any MigrationOperation }
    return try statements([AddColumn(table: "t", column: column)] + operations)
      .contains { $0.sql.hasPrefix("CREATE TABLE \"_metaxy_new_t\"") }
  }

  @Test func anInitialValueIsGivenToTheRowsThatAreThere() throws {
    let rendered = try adding(Column(name: "fps", type: .double, backfill: .float("29.5")))
    #expect(
      rendered.map(\.sql) == ["ALTER TABLE \"t\" ADD COLUMN \"fps\" FLOAT", "UPDATE \"t\" SET \"fps\" = 29.5"])
    #expect(rendered.allSatisfy { $0.notes.isEmpty && $0.emptyTable == nil })
  }

  @Test func aDefaultOfTheDatabaseNeedsNoUpdate() throws {
    let column = Column(
      name: "on", type: .boolean, isNullable: false, defaultValue: .literal(.boolean(true)), backfill: .boolean(false))
    #expect(try adding(column).map(\.sql) == ["ALTER TABLE \"t\" ADD COLUMN \"on\" BOOLEAN NOT NULL DEFAULT 1"])
  }

  @Test func aRequiredColumnWithoutAValueNeedsAnEmptyTableAndSaysWhy() throws {
    for defaultValue in [nil, ColumnDefault.literal(.null)] {
      let rendered = try adding(Column(name: "a", type: .bigint, isNullable: false, defaultValue: defaultValue))
      #expect(rendered.compactMap(\.emptyTable) == ["t"])
      #expect(rendered.map(\.notes).joined().first?.contains("no value is known") == true)
    }
    let initial = try adding(Column(name: "a", type: .bigint, isNullable: false, backfill: .integer("7")))
    #expect(initial.compactMap(\.emptyTable) == [])
    #expect(initial.contains { $0.sql.hasSuffix("SELECT rowid, \"id\", 7 FROM \"t\"") })
  }

  @Test func aUniqueIndexOnATableThatExistsCanFailAndSaysSo() throws {
    let index = CreateIndex(table: "t", index: Index(name: .derived("i"), elements: ["id"], isUnique: true))
    #expect(try statements([index]).flatMap(\.notes).count == 1)
    #expect(try statements([CreateTable(table), index]).flatMap(\.notes).isEmpty)
  }

  @Test(arguments: [
    Column(name: "c", type: .bigint, generated: .stored("1")),
    Column(name: "c", type: .timestamp, defaultValue: .currentTimestamp),
    Column(name: "c", type: .string, defaultValue: .sql("current_date")),
    Column(name: "c", type: .bigint, defaultValue: .sql("1 + 1")),
    Column(name: "c", type: .bigint, defaultValue: .sql("random()")),
  ])
  func whatAddColumnCannotDoMakesTheTableAnew(_ column: Column) throws {
    #expect(try makesTableAnew(column))
  }

  @Test func aReferenceWithADefaultMakesTheTableAnew() throws {
    let key = Constraint.foreignKey(
      ForeignKey(columns: ["c"], table: "t", referencedColumns: ["id"], column: "c"))
    #expect(try makesTableAnew(Column(name: "c", type: .string, defaultValue: "x"), with: [key]))
    #expect(try !makesTableAnew(Column(name: "c", type: .string), with: [key]))
  }

  @Test func everyChangeAtOnceIsOneRebuildThereAndOneBack() throws {
    let start = """
      CREATE TABLE a (id TEXT NOT NULL PRIMARY KEY, n INTEGER, m INTEGER DEFAULT 1, s TEXT COLLATE NOCASE, UNIQUE (n),
        CHECK (n > 0), FOREIGN KEY (s) REFERENCES a (id));
      INSERT INTO a VALUES ('x', 2, 3, 'x');
      """
    let target = """
      CREATE TABLE a (id TEXT NOT NULL PRIMARY KEY, n BIGINT NOT NULL, m INTEGER DEFAULT 2, s TEXT,
        g INTEGER AS (n) STORED, UNIQUE (m), CHECK (n > 1), FOREIGN KEY (s) REFERENCES a (id) ON DELETE CASCADE)
        WITHOUT ROWID;
      """
    let scratch = try ScratchDatabase(start)
    let before = try CatalogSignature.lines(of: [scratch.path])
    let trip = try RoundTrip(scratch, to: try ScratchDatabase(target).schema())
    try trip.upgrade()
    let fresh = try CatalogSignature.lines(of: [ScratchDatabase(target).path])
    #expect(try CatalogSignature.lines(of: [scratch.path], ignoring: RoundTrip.books) == fresh)
    #expect(try scratch.rows("SELECT id, n, m, s, g FROM a") == [["x", "2", "3", "x", "2"]])
    try trip.downgrade()
    #expect(try CatalogSignature.lines(of: [scratch.path], ignoring: RoundTrip.books) == before)
    #expect(try scratch.rows("SELECT * FROM a") == [["x", "2", "3", "x"]])
  }

  @Test(arguments: [
    ("CREATE VIEW v AS SELECT c FROM t", "v"),
    ("CREATE TRIGGER g AFTER INSERT ON t WHEN new.c > 1 BEGIN SELECT 1; END", "g"),
  ])
  func whatIsInTheWayOfADropIsNamedAndTheDatabaseIsAsBefore(_ obstacle: String, name: String) throws {
    let scratch = try ScratchDatabase(
      "CREATE TABLE t (a INT, b INT, c INT); INSERT INTO t VALUES (1, 2, 3); \(obstacle)")
    let before = try CatalogSignature.lines(of: [scratch.path])
    let trip = try RoundTrip(scratch, to: try ScratchDatabase("CREATE TABLE t (a INT)").schema())
    let error = #expect(throws: MetaxyError.self) { try trip.upgrade() }
    #expect(error?.code.rawValue == "statement_failed")
    #expect((error?.cause as? MetaxyError)?.message.contains(" \(name)") == true)
    #expect(try CatalogSignature.lines(of: [scratch.path], ignoring: RoundTrip.books) == before)
    #expect(try scratch.rows("SELECT * FROM t") == [["1", "2", "3"]])
  }
}

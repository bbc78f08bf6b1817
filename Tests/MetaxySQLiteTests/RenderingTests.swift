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

  private func reason(_ column: Column, with constraints: [Constraint] = []) -> String? {
    do {
      let operations = constraints.map { AddConstraint(table: "t", constraint: $0) as any MigrationOperation }
      _ = try statements([AddColumn(table: "t", column: column)] + operations)
      return nil
    } catch {
      return (error as? MetaxyError)?.message
    }
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

  @Test func aRequiredColumnWithoutADefaultNeedsAnEmptyTableAndSaysWhy() throws {
    let bare = try adding(Column(name: "a", type: .bigint, isNullable: false))
    #expect(bare.map(\.emptyTable) == ["t"])
    #expect(bare.first?.notes.first?.contains("no value is known") == true)
    let initial = try adding(Column(name: "a", type: .bigint, isNullable: false, backfill: .integer("7")))
    #expect(initial.map(\.emptyTable) == ["t"])
    #expect(initial.first?.notes.first?.contains("the value 7") == true)
    let null = try adding(Column(name: "a", type: .bigint, isNullable: false, defaultValue: .literal(.null)))
    #expect(null.map(\.emptyTable) == ["t"])
  }

  @Test func aUniqueIndexOnATableThatExistsCanFailAndSaysSo() throws {
    let index = CreateIndex(table: "t", index: Index(name: .derived("i"), elements: ["id"], isUnique: true))
    #expect(try statements([index]).flatMap(\.notes).count == 1)
    #expect(try statements([CreateTable(table), index]).flatMap(\.notes).isEmpty)
  }

  @Test(arguments: [
    (Column(name: "c", type: .bigint, generated: .stored("1")), "stored generated"),
    (Column(name: "c", type: .timestamp, defaultValue: .currentTimestamp), "no constant"),
    (Column(name: "c", type: .string, defaultValue: .sql("current_date")), "no constant"),
    (Column(name: "c", type: .bigint, defaultValue: .sql("1 + 1")), "no constant"),
    (Column(name: "c", type: .bigint, defaultValue: .sql("random()")), "no constant"),
  ])
  func whatAddColumnCannotDoIsRefused(_ column: Column, reason: String) {
    #expect(self.reason(column)?.contains("add_column t.c") == true)
    #expect(self.reason(column)?.contains(reason) == true)
  }

  @Test func aReferenceWithADefaultIsRefused() {
    let key = Constraint.foreignKey(
      ForeignKey(columns: ["c"], table: "t", referencedColumns: ["id"], column: "c"))
    let column = Column(name: "c", type: .string, defaultValue: "x")
    #expect(reason(column, with: [key])?.contains("foreign key with a default") == true)
    #expect(reason(Column(name: "c", type: .string), with: [key]) == nil)
  }

  @Test(arguments: [
    (Column(name: "c", type: .bigint, generated: .stored("1"))),
    (Column(name: "c", type: .timestamp, defaultValue: .currentTimestamp)),
  ])
  func whatCouldNotBePutBackIsNotDropped(_ column: Column) throws {
    let error = #expect(throws: MetaxyError.self) { try statements([DropColumn(table: "t", column: column)]) }
    #expect(error?.message.contains("remove_column t.c") == true)
    #expect(error?.message.contains("could not put it back") == true)
  }

  @Test func everythingThatNeedsARebuildIsNamedAtOnce() throws {
    let start = """
      CREATE TABLE a (id TEXT NOT NULL PRIMARY KEY, n INTEGER, m INTEGER DEFAULT 1, s TEXT COLLATE NOCASE, UNIQUE (n),
        CHECK (n > 0), FOREIGN KEY (s) REFERENCES a (id));
      INSERT INTO a VALUES ('x', 1, 2, 'x');
      """
    let target = """
      CREATE TABLE a (id TEXT PRIMARY KEY, n BIGINT NOT NULL, m INTEGER DEFAULT 2, s TEXT, g INTEGER AS (n) STORED,
        UNIQUE (m), CHECK (n > 1), FOREIGN KEY (s) REFERENCES a (id) ON DELETE CASCADE) WITHOUT ROWID;
      CREATE TABLE fine (a INT);
      """
    let scratch = try ScratchDatabase(start)
    let before = try CatalogSignature.lines(of: [scratch.path])
    let error = #expect(throws: MetaxyError.self) {
      try RoundTrip(scratch, to: try ScratchDatabase(target).schema())
    }
    #expect(error?.code.rawValue == "needs_rebuild")
    let named = [
      "modify_table_options a", "add_column a.g", "modify_type a.n", "modify_nullable a.n", "modify_default a.m",
      "modify_collation a.s", "remove_constraint unique (n)", "add_constraint unique (m)",
      "remove_constraint check (n > 0)", "add_constraint check (n > 1)",
      "remove_fk foreign key (s) references a (id)", "add_fk foreign key (s) references a (id) on delete cascade",
    ]
    for name in named { #expect(error?.message.contains("\n  \(name)") == true, "\(name)") }
    #expect(error?.message.contains("fine") == false)
    #expect(try CatalogSignature.lines(of: [scratch.path]) == before)
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

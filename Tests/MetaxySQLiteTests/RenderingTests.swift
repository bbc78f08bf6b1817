import MetaxyErrors
import MetaxyFeatures
import MetaxyMigrationErrors
import MetaxyNames
import MetaxyRuntime
import MetaxySQL
import MetaxySQLite
import MetaxySchema
import MetaxyTestSupport
import Testing

@Suite(.timed) struct RenderingTests {
  private let table = Table(name: "t", columns: [Column(name: "id", type: .string, isNullable: false)])

  private func statements(_ operations: [MigrationOperation]) throws -> [RenderedStatement] {
    try SQLiteDialect().sections(for: operations, on: RenamedSchema(Schema([table]))).flatMap(\.statements)
  }

  /// Whether an operation is done by making the table anew.
  private func isRebuilt(by operations: [MigrationOperation], on table: Table? = nil) throws -> Bool {
    try SQLiteDialect().sections(for: operations, on: RenamedSchema(Schema([table ?? self.table]))).contains(
      where: \.turnsForeignKeysOff)
  }

  private func adding(_ column: Column) throws -> [RenderedStatement] {
    try statements([.addColumn(.init(table: "t", column: column))])
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
    #expect(bare.compactMap(\.emptyTable) == ["t"])
    let notes: [String] = bare.flatMap(\.notes)
    #expect(notes.contains { $0.contains("which have no value for a") })
    let null = try adding(Column(name: "a", type: .bigint, isNullable: false, defaultValue: .literal(.null)))
    #expect(null.compactMap(\.emptyTable) == ["t"])
    // An initial value is what the rows get.
    let initial = try adding(Column(name: "a", type: .bigint, isNullable: false, backfill: .integer("7")))
    #expect(initial.compactMap(\.emptyTable) == [])
    #expect(initial.contains { $0.sql.contains("SELECT") && $0.sql.contains("7") })
  }

  /// SQLite does not check the names that a trigger sets, nor the triggers of a rebuilt table.
  @Test(arguments: [
    "AFTER INSERT ON t BEGIN UPDATE t SET size = 1; END",
    "AFTER INSERT ON o BEGIN INSERT INTO t (size) VALUES (1); END",
    "AFTER UPDATE OF size ON t BEGIN SELECT 1; END",
  ])
  func aTriggerThatNamesADroppedColumnIsForetold(_ trigger: String) throws {
    let schema = try ScratchDatabase(
      "CREATE TABLE t (id TEXT, size INT); CREATE TABLE o (id TEXT); CREATE TRIGGER tr \(trigger)"
    ).liveSchema()
    let column = try #require(schema["t"]?.definition.column("size"))
    let unique = MigrationOperation.addConstraint(
      .init(table: "t", constraint: .unique(UniqueConstraint(columns: ["id"]))))
    for others in [[], [unique]] {
      let operations: [MigrationOperation] = [.dropColumn(.init(table: "t", column: column))] + others
      let notes = try SQLiteDialect().sections(for: operations, on: RenamedSchema(schema)).flatMap(\.statements)
        .flatMap(\.notes)
      #expect(notes.contains { $0.contains("the trigger tr uses t.size") })
    }
  }

  @Test func aTriggerThatNamesAnotherColumnIsNoNews() throws {
    let schema = try ScratchDatabase(
      "CREATE TABLE t (id TEXT, size INT); CREATE TRIGGER tr AFTER INSERT ON t BEGIN UPDATE t SET id = 1; END"
    ).liveSchema()
    let column = try #require(schema["t"]?.definition.column("size"))
    let sections = try SQLiteDialect().sections(
      for: [.dropColumn(.init(table: "t", column: column))], on: RenamedSchema(schema))
    #expect(sections.flatMap(\.statements).flatMap(\.notes) == [])
  }

  @Test func aUniqueIndexOnATableThatExistsCanFailAndSaysSo() throws {
    let index = MigrationOperation.createIndex(
      .init(table: "t", index: Index(name: .derived("i"), elements: ["id"], isUnique: true)))
    #expect(try statements([index]).flatMap(\.notes).count == 1)
    #expect(try statements([.createTable(.init(table)), index]).flatMap(\.notes).isEmpty)
  }

  @Test(arguments: [
    Column(name: "c", type: .bigint, generated: .stored("1")),
    Column(name: "c", type: .timestamp, defaultValue: .currentTimestamp),
    Column(name: "c", type: .string, defaultValue: .sql("current_date")),
    Column(name: "c", type: .bigint, defaultValue: .sql("1 + 1")),
    Column(name: "c", type: .bigint, defaultValue: .sql("random()")),
  ])
  func whatAddColumnCannotDoIsARebuild(_ column: Column) throws {
    #expect(try isRebuilt(by: [.addColumn(.init(table: "t", column: column))]))
  }

  @Test func aReferenceWithADefaultIsARebuild() throws {
    let key = MigrationOperation.addConstraint(
      .init(
        table: "t",
        constraint: .foreignKey(ForeignKey(columns: ["c"], table: "t", referencedColumns: ["id"], column: "c"))))
    let column = Column(name: "c", type: .string, defaultValue: "x")
    #expect(try isRebuilt(by: [.addColumn(.init(table: "t", column: column)), key]))
    #expect(try !isRebuilt(by: [.addColumn(.init(table: "t", column: Column(name: "c", type: .string))), key]))
  }

  @Test func aColumnThatAViewNamesIsDroppedByARebuildThatSaysSo() throws {
    let scratch = try ScratchDatabase(
      "CREATE TABLE t (a INT, b INT, c INT); INSERT INTO t VALUES (1, 2, 3); CREATE VIEW v AS SELECT c FROM t")
    let table = try scratch.table("t")
    let b = MigrationOperation.dropColumn(.init(table: "t", column: try #require(table.column("b"))))
    let c = MigrationOperation.dropColumn(.init(table: "t", column: try #require(table.column("c"))))
    #expect(try !isRebuilt(by: [b], on: table))
    let sections = try SQLiteDialect().sections(for: [c], on: RenamedSchema(scratch.liveSchema()))
    #expect(sections.map(\.turnsForeignKeysOff) == [true])
    let notes: [String] = sections.flatMap(\.statements).flatMap(\.notes)
    #expect(notes.contains { $0.contains("the view v uses t.c") })
    try RoundTrip(scratch, to: try ScratchDatabase("CREATE TABLE t (a INT, b INT)").schema()).upgrade()
    #expect(try scratch.rows("SELECT * FROM t") == [["1", "2"]])
  }

  @Test func aTriggerInTheWayOfADropIsNamedAndTheDatabaseIsAsBefore() throws {
    let scratch = try ScratchDatabase(
      """
      CREATE TABLE t (a INT, b INT, c INT); INSERT INTO t VALUES (1, 2, 3);
      CREATE TRIGGER g AFTER INSERT ON t WHEN new.c > 1 BEGIN SELECT 1; END
      """)
    let before = try SQLiteSignature.lines(of: [scratch.path])
    let trip = try RoundTrip(scratch, to: try ScratchDatabase("CREATE TABLE t (a INT)").schema())
    let error = #expect(throws: MetaxyError.self) { try trip.upgrade() }
    #expect(error?.code == .statementFailed)
    #expect((error?.cause as? MetaxyError)?.message.contains(" g") == true)
    #expect(try SQLiteSignature.lines(of: [scratch.path]) == before)
    #expect(try scratch.rows("SELECT * FROM t") == [["1", "2", "3"]])
  }
}

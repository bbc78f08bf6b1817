import MetaxyErrors
import MetaxyMigrationErrors
import MetaxyNames
import MetaxyRuntime
import MetaxySQL
import MetaxySQLite
import MetaxySchema
import MetaxyTestSupport
import Testing

@Suite struct RunnerTests {
  @Test func revisionsRunInOrderAndAreToldOf() throws {
    let store = try ScratchStore()
    try store.revision("aa", "-- metaxy:upgrade\nCREATE TABLE a (n INT);\n-- metaxy:downgrade\nDROP TABLE a;")
    try store.revision(
      "bb",
      "-- metaxy:upgrade\nCREATE TABLE b (n INT);\nINSERT INTO b VALUES (1), (2);\n-- metaxy:downgrade\nDROP TABLE b;")
    let applied = try store.upgrade()
    #expect(applied.map(\.revision) == ["aa", "bb"])
    #expect(applied.map(\.direction) == ["upgrade", "upgrade"])
    #expect(applied.map(\.statements) == [1, 2])
    #expect(try store.versions() == ["bb"])
    #expect(try store.tables() == ["a", "b"])
    #expect(
      try store.log("id, revision, direction, section, statement, tables_created, tables_dropped, rows_changed, error")
        == [
          ["1", "aa", "upgrade", "1", "0", "a", "", "0", nil], ["2", "bb", "upgrade", "1", "0", "b", "", "2", nil],
        ])
    #expect(
      try store.log("tool_version, snapshot_version, finished_at >= started_at") == [
        ["9.9", nil, "1"], ["9.9", nil, "1"],
      ])
    #expect(try store.log("started_at GLOB '20??-??-?? ??:??:??.??????'") == [["1"], ["1"]])
    #expect(try store.log("script LIKE '%CREATE TABLE a (n INT);%'") == [["1"], ["0"]])
    #expect(try store.upgrade() == [])

    #expect(try store.downgrade("base", allowsLoss: true).map(\.revision) == ["bb", "aa"])
    #expect(try store.versions() == [])
    #expect(try store.tables() == [])
    #expect(
      try store.log("revision, direction, tables_dropped").suffix(2) == [
        ["bb", "downgrade", "b"], ["aa", "downgrade", "a"],
      ])
  }

  @Test func tablesHaveAlembicsLayout() throws {
    let store = try ScratchStore()
    try store.revision("aa", "-- metaxy:upgrade\n-- metaxy:downgrade")
    try store.upgrade()
    // As SQLAlchemy's Alembic 1.x creates it.
    let columns = try store.rows("SELECT name, type, \"notnull\", pk FROM pragma_table_info('alembic_version')")
    #expect(columns == [["version_num", "VARCHAR(32)", "1", "1"]])
    let sql = try store.rows("SELECT sql FROM sqlite_master WHERE name = 'alembic_version'")[0][0] ?? ""
    #expect(sql.contains("alembic_version_pkc"))
  }

  @Test func aRevisionWithoutSectionsMovesTheVersion() throws {
    let store = try ScratchStore()
    try store.revision("aa", "")
    #expect(try store.upgrade().map(\.statements) == [0])
    #expect(try store.versions() == ["aa"])
    try store.downgrade()
    #expect(try store.versions() == [])
  }

  @Test func aFailedStatementRollsItsSectionBackAndIsLogged() throws {
    let store = try ScratchStore()
    try store.revision("aa", "-- metaxy:upgrade\nCREATE TABLE a (n INT);\n-- metaxy:downgrade\nDROP TABLE a;")
    try store.revision(
      "bb",
      "-- metaxy:upgrade\nCREATE TABLE b (n INT);\nINSERT INTO a VALUES (1);\nINSERT INTO nobody VALUES (1);\n-- metaxy:downgrade"
    )
    let error = store.failure { try store.upgrade() }
    #expect(error?.code == .statementFailed)
    #expect(error?.message.contains("versions/bb.sql:") == true)
    #expect(error?.message.contains("statement 3 of 3") == true)
    #expect(error?.payload.revision == "bb")
    #expect(error?.payload.statement == 3)
    #expect(error?.payload.sql == "INSERT INTO nobody VALUES (1)")
    #expect((error?.cause as? MetaxyError)?.message.contains("nobody") == true)
    #expect(error?.hints.contains { $0.description.contains("rolled back") && $0.description.contains("`aa`") } == true)
    #expect(try store.versions() == ["aa"])
    #expect(try store.tables() == ["a"])
    #expect(try store.rows("SELECT * FROM a") == [])
    #expect(
      try store.log("revision, finished_at IS NULL, section, rows_changed, error LIKE '%nobody%'") == [
        ["aa", "0", "1", "0", nil], ["bb", "1", "0", "0", "1"],
      ])
    try store.revision("bb", "-- metaxy:upgrade\nCREATE TABLE b (n INT);\n-- metaxy:downgrade")
    #expect(try store.upgrade().map(\.revision) == ["bb"])
  }

  /// A section in a transaction brings its row of the log.
  @Test func theLogIsWrittenWithTheFirstSection() throws {
    let store = try ScratchStore()
    let read = "CREATE TABLE a AS SELECT revision FROM alembic_version_log;"
    try store.revision("aa", "-- metaxy:upgrade\n\(read)\n-- metaxy:downgrade")
    try store.upgrade()
    #expect(try store.rows("SELECT * FROM a") == [])
    #expect(try store.log("revision, finished_at IS NULL, section") == [["aa", "0", "1"]])
  }

  /// Statements by themselves are in the log before the first one.
  @Test func theStartIsInTheLogBeforeWhatStays() throws {
    let store = try ScratchStore()
    _ = try store.rows("CREATE TABLE a (n INT)")
    try store.revision("aa", "-- metaxy:upgrade transaction:false\nCREATE INDEX ix_a ON a (n);\n-- metaxy:downgrade")
    var logged: [[String?]]?
    let connection = MeddlingConnection(try store.database.openForWriting()) { _ in
      logged = try? store.log("revision, finished_at IS NULL, section")
    }
    try store.upgrade(on: connection)
    #expect(logged == [["aa", "1", "0"]])
  }

  private static let threeSections = """
    -- metaxy:upgrade
    CREATE TABLE a (n INT);
    INSERT INTO a VALUES (1);

    -- metaxy:upgrade
    CREATE TABLE b (n INT);
    INSERT INTO gate VALUES (1);

    -- metaxy:upgrade
    CREATE TABLE c (n INT);

    -- metaxy:downgrade
    DROP TABLE c;
    DROP TABLE b;
    DROP TABLE a;
    """

  @Test func aRunGoesOnAtTheSectionThatFailed() throws {
    let store = try ScratchStore()
    try store.revision("aa", Self.threeSections)
    let error = store.failure { try store.upgrade() }
    #expect(
      error?.hints.contains { $0.description.contains("1 section of the revision before it stays applied") } == true)
    #expect(try store.tables() == ["a"])
    #expect(try store.versions() == [])

    _ = try store.rows("CREATE TABLE gate (n INT)")
    #expect(try store.upgrade().map(\.statements) == [3])
    #expect(try store.versions() == ["aa"])
    #expect(try store.rows("SELECT n FROM a") == [["1"]])
    #expect(
      try store.log("section, finished_at IS NULL, tables_created") == [["1", "1", "a"], ["3", "0", "b\nc"]])
    let log = RevisionLog("alembic_version_log", dialect: store.database.dialect)
    #expect(try log.entries(try store.database.openForReading()).ownedTables == ["a", "b", "c"])
  }

  @Test func whatIsAppliedOfAHalfAppliedRevisionMayNotBeEdited() throws {
    let store = try ScratchStore()
    try store.revision("aa", Self.threeSections)
    _ = store.failure { try store.upgrade() }
    try store.revision(
      "aa",
      Self.threeSections.replacing(
        "VALUES (1);\n\n-- metaxy:upgrade\nCREATE TABLE b", with: "VALUES (2);\n\n-- metaxy:upgrade\nCREATE TABLE b"))
    #expect(store.failure { try store.upgrade() }?.code == .editedWhileHalfApplied)
    #expect(try store.tables() == ["a"])
    // What comes after may change.
    try store.revision("aa", Self.threeSections.replacing("INSERT INTO gate VALUES (1);", with: "-- nothing"))
    try store.upgrade()
    #expect(try store.tables() == ["a", "b", "c"])
  }

  @Test func nothingElseRunsBesideAHalfAppliedRevision() throws {
    let store = try ScratchStore()
    try store.revision("zz", "-- metaxy:upgrade\nCREATE TABLE z (n INT);\n-- metaxy:downgrade\nDROP TABLE z;")
    try store.revision("aa", Self.threeSections)
    _ = store.failure { try store.upgrade() }
    let error = store.failure { try store.downgrade("base") }
    #expect(error?.code == .halfApplied)
    #expect(error?.hints.contains { $0.description.contains("metaxy upgrade aa") } == true)
    #expect(try store.tables() == ["a", "z"])
  }

  // VT-007.
  @Test func aVersionMovedBehindOurBackIsNoticedBeforeAnythingIsDone() throws {
    let store = try ScratchStore()
    try store.revision("aa", "-- metaxy:upgrade\nCREATE TABLE a (n INT);\n-- metaxy:downgrade\nDROP TABLE a;")
    try store.revision("bb", "-- metaxy:upgrade\nCREATE TABLE b (n INT);\n-- metaxy:downgrade\nDROP TABLE b;")
    try store.upgrade("aa")
    let connection = MeddlingConnection(try store.database.openForWriting())
    connection.beforeTransaction = { number in
      if number == 1 { _ = try? store.rows("UPDATE alembic_version SET version_num = 'other'") }
    }
    let error = store.failure { try store.upgrade("bb", on: connection) }
    #expect(error?.code == .versionMoved)
    #expect(error?.message.contains("expected aa, found other") == true)
    #expect(try store.tables() == ["a"])
    #expect(try store.versions() == ["other"])
  }

  @Test func anotherRunnersLogRowIsNoticed() throws {
    let store = try ScratchStore()
    try store.revision("aa", "-- metaxy:upgrade\nCREATE TABLE a (n INT);\n-- metaxy:downgrade\nDROP TABLE a;")
    try store.revision("bb", "-- metaxy:upgrade\nCREATE TABLE b (n INT);\n-- metaxy:downgrade\nDROP TABLE b;")
    try store.upgrade("aa")
    let connection = MeddlingConnection(try store.database.openForWriting())
    connection.beforeTransaction = { number in
      guard number == 1 else { return }
      _ = try? store.rows(
        "INSERT INTO alembic_version_log SELECT id + 1, 'xx', direction, started_at, finished_at, section, statement, checksum,"
          + " script, tables_created, tables_dropped, rows_changed, error, snapshot_version, tool_version, run_by, position"
          + " FROM alembic_version_log"
      )
    }
    #expect(store.failure { try store.upgrade("bb", on: connection) }?.code == .versionMoved)
    #expect(try store.tables() == ["a"])
  }

  @Test func aSectionForOtherEnginesAloneIsNoSectionForThisOne() throws {
    let store = try ScratchStore()
    try store.revision("aa", "-- metaxy:upgrade sqlite\nCREATE TABLE a (n INT);\n-- metaxy:downgrade sqlite")
    #expect(store.failure { try store.upgrade() } == nil)
    #expect(try store.downgrade().map(\.statements) == [0])
  }
}

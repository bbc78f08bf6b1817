import MetaxyErrors
import MetaxyMigrationErrors
import MetaxyRevisions
import MetaxySQL
import MetaxyTestSupport
import Testing

/// What tools that rebuild tables of SQLite were seen to lose. Every case makes `video` anew.
@Suite(.timed) struct RebuildTrapTests {
  /// Takes a database there and back, and looks at its catalog at both ends.
  @discardableResult
  private func roundTrip(
    from before: String, to after: String, _ look: (DatabaseFile) throws -> Void = { _ in }
  ) throws -> Rebuild {
    let rebuild = try Rebuild(from: before, to: after)
    #expect(rebuild.makesTablesAnew)
    let catalog = try rebuild.file.catalog()
    try rebuild.upgrade()
    #expect(try rebuild.file.catalog() == rebuild.fresh.catalog())
    #expect(try rebuild.file.leftovers() == [])
    try look(rebuild.file)
    try rebuild.downgrade()
    #expect(try rebuild.file.catalog() == catalog)
    #expect(try rebuild.file.leftovers() == [])
    try look(rebuild.file)
    return rebuild
  }

  @Test func childrenKeepTheirRows() throws {
    let crop = "CREATE TABLE crop (id INTEGER PRIMARY KEY, video INTEGER REFERENCES video (id) ON DELETE CASCADE);"
    try roundTrip(
      from: "CREATE TABLE video (id INTEGER PRIMARY KEY, path TEXT); \(crop)"
        + "INSERT INTO video VALUES (1, 'a'), (2, 'b'); INSERT INTO crop VALUES (10, 1), (11, 2)",
      to: "CREATE TABLE video (id INTEGER PRIMARY KEY, path TEXT NOT NULL); \(crop)"
    ) { file throws in
      #expect(try file.run("SELECT id, video FROM crop ORDER BY 1") == [["10", "1"], ["11", "2"]])
    }
  }

  @Test func foreignKeysOfChildrenGoOnNamingTheTable() throws {
    let crop = "CREATE TABLE crop (id INTEGER PRIMARY KEY, video INTEGER REFERENCES video);"
    let rebuild = try roundTrip(
      from: "CREATE TABLE video (id INTEGER PRIMARY KEY, path TEXT); \(crop)"
        + "INSERT INTO video VALUES (1, 'a'); INSERT INTO crop VALUES (10, 1)",
      to: "CREATE TABLE video (id INTEGER PRIMARY KEY, path TEXT NOT NULL); \(crop)"
    ) { file throws in
      #expect(try file.value("SELECT \"table\" FROM pragma_foreign_key_list('crop')") == "video")
      #expect(try file.run("PRAGMA foreign_key_check") == [])
    }
    #expect(throws: DatabaseFile.Failure.self) {
      try rebuild.file.run("PRAGMA foreign_keys = ON; INSERT INTO crop VALUES (12, 99)")
    }
  }

  @Test func viewsThatReadTheTableStay() throws {
    let view = "CREATE VIEW recent AS SELECT id, path FROM video WHERE id > 1;"
    try roundTrip(
      from:
        "CREATE TABLE video (id INTEGER PRIMARY KEY, path TEXT); \(view) INSERT INTO video VALUES (1, 'a'), (2, 'b')",
      to: "CREATE TABLE video (id INTEGER PRIMARY KEY, path TEXT NOT NULL); \(view)"
    ) { file throws in
      #expect(try file.run("SELECT * FROM recent") == [["2", "b"]])
    }
  }

  @Test func triggersOnTheTableAndOfOthersStayAndFire() throws {
    let triggers = """
      CREATE TABLE log (id INTEGER, what TEXT);
      CREATE TRIGGER video_added AFTER INSERT ON video BEGIN
        INSERT INTO log VALUES (new.id, CASE WHEN new.path = ';' THEN 'odd' ELSE 'even' END);
      END;
      CREATE TRIGGER log_added AFTER INSERT ON log BEGIN UPDATE video SET path = 'seen' WHERE id = new.id; END;
      """
    let rebuild = try roundTrip(
      from: "CREATE TABLE video (id INTEGER PRIMARY KEY, path TEXT); \(triggers) INSERT INTO video VALUES (1, 'a')",
      to: "CREATE TABLE video (id INTEGER PRIMARY KEY, path TEXT NOT NULL); \(triggers)"
    ) { file throws in
      // The copy of a row does not count as a new row.
      #expect(try file.run("SELECT * FROM log") == [["1", "even"]])
    }
    try rebuild.file.run("INSERT INTO video VALUES (2, ';')")
    #expect(try rebuild.file.run("SELECT * FROM log WHERE id = 2") == [["2", "odd"]])
    #expect(try rebuild.file.value("SELECT path FROM video WHERE id = 2") == "seen")
  }

  @Test func idsOfDeletedRowsAreNotGivenOutAgain() throws {
    let rebuild = try roundTrip(
      from: "CREATE TABLE video (id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT);"
        + "INSERT INTO video VALUES (1, 'a'), (7, 'b'); DELETE FROM video WHERE id = 7",
      to: "CREATE TABLE video (id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL)"
    ) { file throws in
      #expect(try file.run("SELECT name, seq FROM sqlite_sequence") == [["video", "7"]])
    }
    try rebuild.file.run("INSERT INTO video (path) VALUES ('c')")
    #expect(try rebuild.file.value("SELECT max(id) FROM video") == "8")
  }

  @Test func idsOfATableThatIsEmptyAreNotGivenOutAgain() throws {
    try roundTrip(
      from: "CREATE TABLE video (id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT);"
        + "INSERT INTO video VALUES (7, 'b'); DELETE FROM video",
      to: "CREATE TABLE video (id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL)"
    ) { file throws in
      #expect(try file.run("SELECT name, seq FROM sqlite_sequence") == [["video", "7"]])
    }
  }

  // MARK: - foreign_key_check

  private static let labels = """
    CREATE TABLE label (video TEXT, name TEXT, PRIMARY KEY (video, name),
      FOREIGN KEY (video) REFERENCES video (id)) WITHOUT ROWID;
    """

  @Test func rowsThatReferToNothingBeforeAreNoObstacle() throws {
    try roundTrip(
      from: "CREATE TABLE video (id TEXT PRIMARY KEY, path TEXT); \(Self.labels)"
        + "INSERT INTO video VALUES ('a', 'p'); INSERT INTO label VALUES ('a', 'x'), ('gone', 'x')",
      to: "CREATE TABLE video (id TEXT PRIMARY KEY, path TEXT NOT NULL); \(Self.labels)")
  }

  @Test func rowsOfATableWithoutRowIDThatWouldReferToNothingAreSeen() throws {
    let rebuild = try Rebuild(
      from: "CREATE TABLE video (id TEXT COLLATE NOCASE PRIMARY KEY, path TEXT); \(Self.labels)"
        + "INSERT INTO video VALUES ('a', 'p'); INSERT INTO label VALUES ('a', 'x'), ('A', 'x'), ('gone', 'x')",
      to: "CREATE TABLE video (id TEXT PRIMARY KEY, path TEXT); \(Self.labels)")
    let catalog = try rebuild.file.catalog()
    let error = #expect(throws: MetaxyError.self) { try rebuild.upgrade() }
    #expect(error?.code == .brokenReferences)
    #expect(try rebuild.file.catalog() == catalog)
    #expect(try rebuild.file.run("SELECT * FROM label").count == 3)
  }

  @Test func foreignKeyWithoutColumnsStaysOne() throws {
    let parent = "CREATE TABLE parent (a INTEGER, b INTEGER, PRIMARY KEY (a, b));"
    func video(_ path: String) -> String {
      "CREATE TABLE video (id INTEGER PRIMARY KEY, a INTEGER, b INTEGER, path \(path),"
        + " owner INTEGER REFERENCES video, FOREIGN KEY (a, b) REFERENCES parent);"
    }
    try roundTrip(
      from: "\(parent) \(video("TEXT")) INSERT INTO parent VALUES (1, 2); INSERT INTO video VALUES (1, 1, 2, 'p', 1)",
      to: parent + video("TEXT NOT NULL")
    ) { file throws in
      let keys = try file.run("SELECT \"table\", \"from\", \"to\" FROM pragma_foreign_key_list('video') ORDER BY 2")
      #expect(keys == [["parent", "a", nil], ["parent", "b", nil], ["video", "owner", nil]])
      #expect(try file.run("PRAGMA foreign_key_check") == [])
    }
  }

  // MARK: - Values

  @Test func textThatIsNoNumberDoesNotBecomeOne() throws {
    let rebuild = try Rebuild(
      from: "CREATE TABLE video (id INTEGER PRIMARY KEY, size TEXT); INSERT INTO video VALUES (1, '42'), (2, '12 MB')",
      to: "CREATE TABLE video (id INTEGER PRIMARY KEY, size INTEGER)")
    let error = #expect(throws: MetaxyError.self) { try rebuild.upgrade() }
    #expect(error?.code == .statementFailed)
    #expect(error?.wholeMessage.contains("video.size holds values that do not fit INTEGER") ?? false)
    #expect(try rebuild.file.run("SELECT quote(size) FROM video ORDER BY id") == [["'42'"], ["'12 MB'"]])
    #expect(try rebuild.file.leftovers() == [])
  }

  @Test func textThatIsANumberBecomesOne() throws {
    let rebuild = try Rebuild(
      from: "CREATE TABLE video (id INTEGER PRIMARY KEY, size TEXT); INSERT INTO video VALUES (1, '42'), (2, NULL)",
      to: "CREATE TABLE video (id INTEGER PRIMARY KEY, size INTEGER)")
    try rebuild.upgrade()
    #expect(try rebuild.file.run("SELECT quote(size) FROM video ORDER BY id") == [["42"], ["NULL"]])
    try rebuild.downgrade()
    #expect(try rebuild.file.run("SELECT quote(size) FROM video ORDER BY id") == [["'42'"], ["NULL"]])
  }

  @Test func copyThatLosesRowsIsRefused() throws {
    var rebuild = try Rebuild(
      from: "CREATE TABLE video (id INTEGER PRIMARY KEY, path TEXT); INSERT INTO video VALUES (1, 'a'), (2, 'b')",
      to: "CREATE TABLE video (id INTEGER PRIMARY KEY, path TEXT NOT NULL)")
    let copy = try #require(
      rebuild.sections[0].statements.firstIndex { $0.sql.hasPrefix("INSERT INTO \"_metaxy_new_video\"") })
    rebuild.sections[0].statements[copy] = RevisionStatement(
      "\(rebuild.sections[0].statements[copy].sql) WHERE id > 1")
    let error = #expect(throws: MetaxyError.self) { try rebuild.upgrade() }
    #expect(error?.code == .statementFailed)
    #expect(error?.wholeMessage.contains("rows of video were lost in the copy") ?? false)
    #expect(try rebuild.file.run("SELECT * FROM video") == [["1", "a"], ["2", "b"]])
  }

  @Test func nullWhereItIsNoLongerAllowedIsToldByName() throws {
    let rebuild = try Rebuild(
      from: "CREATE TABLE video (id INTEGER PRIMARY KEY, path TEXT); INSERT INTO video VALUES (1, NULL)",
      to: "CREATE TABLE video (id INTEGER PRIMARY KEY, path TEXT NOT NULL)")
    let error = #expect(throws: MetaxyError.self) { try rebuild.upgrade() }
    #expect(error?.code == .statementFailed)
    #expect(error?.wholeMessage.contains("video.path holds NULL") ?? false)
  }

  @Test func generatedColumnsAreGeneratedAgain() throws {
    func video(_ path: String) -> String {
      "CREATE TABLE video (id INTEGER PRIMARY KEY, path \(path),"
        + " size AS (length(path)), twice INTEGER GENERATED ALWAYS AS (2 * length(path)) STORED);"
    }
    try roundTrip(
      from: "\(video("TEXT")) INSERT INTO video (id, path) VALUES (1, 'abc')", to: video("TEXT NOT NULL")
    ) { file throws in
      #expect(try file.run("SELECT id, path, size, twice FROM video") == [["1", "abc", "3", "6"]])
    }
  }

  @Test func rowIDsStayWhereTheyAreVisible() throws {
    try roundTrip(
      from: "CREATE TABLE video (path TEXT); INSERT INTO video (rowid, path) VALUES (5, 'a'), (9, 'b')",
      to: "CREATE TABLE video (path TEXT NOT NULL)"
    ) { file throws in
      #expect(try file.run("SELECT rowid, path FROM video ORDER BY 1") == [["5", "a"], ["9", "b"]])
    }
  }

  // MARK: - What reflection does not see

  @Test func checksCollationsIndexesAndOddTypesStayAsTheyAre() throws {
    func video(_ path: String) -> String {
      """
      CREATE TABLE video (
        id INTEGER PRIMARY KEY, path \(path), name TEXT COLLATE NOCASE UNIQUE CHECK (name <> ''),
        shape point3d, "odd ""name" "quite unknown"(7), CHECK (length(name) < 100), CONSTRAINT named CHECK (id > 0)
      );
      CREATE INDEX by_name ON video (name COLLATE RTRIM DESC, id);
      CREATE INDEX by_length ON video (length(name), lower(name) DESC) WHERE name IS NOT NULL AND id > 0;
      CREATE UNIQUE INDEX by_path ON video (path DESC);
      """
    }
    let rebuild = try roundTrip(
      from: "\(video("TEXT")) INSERT INTO video VALUES (1, 'p', 'Name', x'00', 'x')", to: video("TEXT NOT NULL")
    ) { file throws in
      #expect(
        try file.run("SELECT quote(shape), \"odd \"\"name\" FROM video WHERE name = 'nAME'") == [["X'00'", "x"]])
    }
    #expect(throws: DatabaseFile.Failure.self) { try rebuild.file.run("UPDATE video SET name = ''") }
    #expect(throws: DatabaseFile.Failure.self) { try rebuild.file.run("INSERT INTO video (id, path) VALUES (0, 'q')") }
  }

  @Test func whatTheRevisionDoesNotKnowIsNamedAndKept() throws {
    let rebuild = try Rebuild(
      from: "CREATE TABLE video (id INTEGER PRIMARY KEY, path TEXT); INSERT INTO video VALUES (1, 'a')",
      to: "CREATE TABLE video (id INTEGER PRIMARY KEY, path TEXT NOT NULL)")
    try rebuild.file.run(
      """
      CREATE INDEX only_here ON video (path);
      CREATE TRIGGER also_here AFTER DELETE ON video BEGIN SELECT 1; END;
      CREATE VIEW seen_here AS SELECT * FROM video;
      """)
    let catalog = try rebuild.file.catalog()
    let error = #expect(throws: MetaxyError.self) { try rebuild.upgrade() }
    #expect(error?.code == .unexpectedTable)
    for name in ["the index `only_here`", "the trigger `also_here`", "the view `seen_here`"] {
      #expect(error?.message.contains(name) ?? false)
    }
    #expect(try rebuild.file.catalog() == catalog)
  }
}

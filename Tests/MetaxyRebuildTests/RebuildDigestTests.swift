import MetaxyTestSupport
import Testing

/// Every kind of change for which a table is made anew, on 10,000 rows.
@Suite(.timed) struct RebuildDigestTests {
  struct Change: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// The definition of `video` before and after.
    var before = Self.plain
    var after: String
    /// The columns whose values stay as they are.
    var kept = ["id", "path", "size", "note"]

    static let plain = "(id INTEGER PRIMARY KEY, path TEXT, size INTEGER, note TEXT)"
  }

  static let changes: [Change] = [
    Change(testDescription: "not null", after: "(id INTEGER PRIMARY KEY, path TEXT NOT NULL, size INTEGER, note TEXT)"),
    Change(
      testDescription: "integer to text", after: "(id INTEGER PRIMARY KEY, path TEXT, size TEXT, note TEXT)",
      kept: ["id", "path", "note"]),
    Change(
      testDescription: "integer to real", after: "(id INTEGER PRIMARY KEY, path TEXT, size FLOAT, note TEXT)",
      kept: ["id", "path", "note"]),
    Change(
      testDescription: "narrower", after: "(id INTEGER PRIMARY KEY, path VARCHAR(40), size SMALLINT, note TEXT)"),
    Change(
      testDescription: "default", after: "(id INTEGER PRIMARY KEY, path TEXT, size INTEGER DEFAULT 5, note TEXT)"),
    Change(
      testDescription: "collation", after: "(id INTEGER PRIMARY KEY, path TEXT COLLATE NOCASE, size INTEGER, note TEXT)"
    ),
    Change(
      testDescription: "unique", after: "(id INTEGER PRIMARY KEY, path TEXT, size INTEGER, note TEXT, UNIQUE (path))"),
    Change(
      testDescription: "check",
      after: "(id INTEGER PRIMARY KEY, path TEXT, size INTEGER, note TEXT, CHECK (size >= 0 OR path IS NULL))"),
    Change(
      testDescription: "foreign key",
      after: "(id INTEGER PRIMARY KEY, path TEXT, size INTEGER, note TEXT, FOREIGN KEY (size) REFERENCES owner (id))"),
    Change(
      testDescription: "autoincrement",
      after: "(id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT, size INTEGER, note TEXT)"),
    Change(
      testDescription: "primary key of two",
      after: "(id INTEGER NOT NULL UNIQUE, path TEXT NOT NULL, size INTEGER, note TEXT, PRIMARY KEY (path, id))"),
    Change(testDescription: "no primary key", after: "(id INTEGER UNIQUE, path TEXT, size INTEGER, note TEXT)"),
    Change(testDescription: "strict", after: "(id INTEGER PRIMARY KEY, path TEXT, size INTEGER, note TEXT) STRICT"),
    Change(
      testDescription: "without rowid",
      after: "(id INTEGER PRIMARY KEY, path TEXT, size INTEGER, note TEXT) WITHOUT ROWID"),
    Change(
      testDescription: "added column with the time as its default",
      after:
        "(id INTEGER PRIMARY KEY, path TEXT, size INTEGER, note TEXT, at DATETIME DEFAULT CURRENT_TIMESTAMP NOT NULL)"
    ),
    Change(
      testDescription: "added stored column",
      after: "(id INTEGER PRIMARY KEY, path TEXT, size INTEGER, note TEXT, twice INTEGER AS (2 * size) STORED)"),
    Change(
      testDescription: "expression of a generated column",
      before: "(id INTEGER PRIMARY KEY, path TEXT, size INTEGER, note TEXT, twice INTEGER AS (2 * size) STORED)",
      after: "(id INTEGER PRIMARY KEY, path TEXT, size INTEGER, note TEXT, twice INTEGER AS (size + size) STORED)",
      kept: ["id", "path", "size", "note", "twice"]),
    Change(
      testDescription: "dropped column of a constraint",
      before: "(id INTEGER PRIMARY KEY, path TEXT, size INTEGER, note TEXT, UNIQUE (path, note))",
      after: "(id INTEGER PRIMARY KEY, path TEXT, size INTEGER)", kept: ["id", "path", "size"]),
  ]

  private static let neighbours = """
    CREATE TABLE owner (id INTEGER PRIMARY KEY);
    CREATE TABLE crop (id INTEGER PRIMARY KEY, video INTEGER REFERENCES video (id) ON DELETE CASCADE);
    CREATE VIEW short AS SELECT id FROM video WHERE size < 10;
    """

  private static let rows = """
    WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 999) INSERT INTO owner SELECT i FROM n;
    WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
    INSERT INTO video (id, path, size, note)
    SELECT 3 * i, 'p/' || i, i * 37 % 1000, CASE i % 3 WHEN 0 THEN NULL WHEN 1 THEN '' ELSE 'é''"' || char(10) || i END
    FROM n;
    INSERT INTO crop SELECT id + 1, id FROM video;
    """

  @Test(arguments: changes)
  func keptColumnsAreTheSameBeforeAndAfterAndBefore(_ change: Change) throws {
    let rebuild = try Rebuild(
      from: "CREATE TABLE video \(change.before); \(Self.neighbours) \(Self.rows)",
      to: "CREATE TABLE video \(change.after); \(Self.neighbours)")
    #expect(rebuild.makesTablesAnew)
    let catalog = try rebuild.file.catalog()
    let digest = try rebuild.file.digest(change.kept, of: "video")
    let crops = try rebuild.file.digest(["id", "video"], of: "crop")

    try rebuild.upgrade()
    #expect(try rebuild.file.value("SELECT count(*) FROM video") == "10000")
    #expect(try rebuild.file.catalog() == rebuild.fresh.catalog())
    #expect(try rebuild.file.digest(change.kept, of: "video") == digest)
    #expect(try rebuild.file.digest(["id", "video"], of: "crop") == crops)

    try rebuild.downgrade()
    #expect(try rebuild.file.catalog() == catalog)
    #expect(try rebuild.file.digest(change.kept, of: "video") == digest)
    #expect(try rebuild.file.digest(["id", "video"], of: "crop") == crops)
    #expect(try rebuild.file.run("PRAGMA integrity_check") == [["ok"]])
  }

  /// A number that becomes a text becomes the same number again.
  @Test(arguments: changes.filter { ["integer to text", "integer to real"].contains($0.testDescription) })
  func valuesOfAnotherTypeComeBackAsTheyWere(_ change: Change) throws {
    let rebuild = try Rebuild(
      from: "CREATE TABLE video \(change.before); \(Self.neighbours) \(Self.rows)",
      to: "CREATE TABLE video \(change.after); \(Self.neighbours)")
    let digest = try rebuild.file.digest(["id", "size"], of: "video")
    try rebuild.upgrade()
    #expect(try rebuild.file.digest(["id", "size"], of: "video") != digest)
    try rebuild.downgrade()
    #expect(try rebuild.file.digest(["id", "size"], of: "video") == digest)
  }
}

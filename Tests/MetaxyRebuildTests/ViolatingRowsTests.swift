import MetaxyRuntime
import MetaxyTestSupport
import Testing

/// Which rows break what a table will ask of them is counted when the revision is written.
@Suite(.timed) struct ViolatingRowsTests {
  /// Rows in the way of `after`, by what is wrong with them.
  private func rows(from before: String, to after: String) throws -> [String: Int] {
    try Rebuild(from: before, to: after).violatingRows()
  }

  private static let video = """
    CREATE TABLE video (id INTEGER PRIMARY KEY, path TEXT, size INTEGER);
    INSERT INTO video VALUES (1, 'a', 1), (2, 'A', -2), (3, 'b', -3), (4, NULL, NULL), (5, NULL, 1);
    """

  @Test func rowsThatBreakACheckAreCountedAndUnknownIsNoBreach() throws {
    let checked = "CREATE TABLE video (id INTEGER PRIMARY KEY, path TEXT, size INTEGER, CHECK (size > 0))"
    #expect(try rows(from: Self.video, to: checked) == ["rows of video violate: check (size > 0)": 2])
  }

  @Test func aCheckThatIsThereAlreadyIsNotLookedAt() throws {
    let before = "CREATE TABLE video (id INTEGER, size INTEGER, CHECK (size>0)); INSERT INTO video VALUES (1, 2)"
    let after = "CREATE TABLE video (id INTEGER NOT NULL, size INTEGER, CHECK ( size > 0 ))"
    let rebuild = try Rebuild(from: before, to: after)
    #expect(rebuild.conditions.map(\.message) == ["video.id holds NULL"])
  }

  @Test(
    arguments: [
      // 'a' and 'A' are two texts, and one without regard to capitals; NULL is never the same as NULL.
      ("path TEXT UNIQUE, size INTEGER", [:]),
      ("path TEXT COLLATE NOCASE UNIQUE, size INTEGER", ["rows of video violate: unique (path)": 2]),
      ("path TEXT, size INTEGER UNIQUE", ["rows of video violate: unique (size)": 2]),
      ("path TEXT, size INTEGER, UNIQUE (path COLLATE NOCASE, size)", [:]),
    ] as [(String, [String: Int])])
  func rowsThatShareWhatMustBeUniqueAreCounted(columns: String, expected: [String: Int]) throws {
    let after = "CREATE TABLE video (id INTEGER PRIMARY KEY, \(columns))"
    #expect(try rows(from: Self.video, to: after) == expected)
  }

  @Test(
    arguments: [
      ("(size)", ["rows of video share their (size)": 2]),
      ("(path)", [:]),
      ("(lower(path))", ["rows of video share their (lower(path))": 2]),
      ("(path COLLATE NOCASE) WHERE size > 0", [:]),
      ("(size) WHERE path IS NULL", [:]),
    ] as [(String, [String: Int])])
  func rowsThatShareWhatAUniqueIndexHoldsAreCounted(index: String, expected: [String: Int]) throws {
    let table = "CREATE TABLE video (id INTEGER PRIMARY KEY, path TEXT, size INTEGER"
    let created = "CREATE UNIQUE INDEX i ON video \(index)"
    #expect(try rows(from: Self.video, to: "\(table)); \(created)") == expected)
    // The same if the table is rebuilt for another reason.
    let anew = try Rebuild(from: Self.video, to: "\(table), CHECK (id > 0)); \(created)")
    #expect(anew.makesTablesAnew)
    #expect(try anew.violatingRows() == expected)
  }

  @Test(
    arguments: [
      // NULL becomes the default, and the default is the value of all rows in a new column.
      ("a INT NOT NULL DEFAULT 0 CHECK (a > 0)", "rows of t violate: check (a > 0)", 2),
      ("a INT NOT NULL DEFAULT 0 UNIQUE", "rows of t violate: unique (a)", 2),
      ("a INT NOT NULL DEFAULT 1 CHECK (a > 0)", "", 0),
      ("a INT, c INT DEFAULT 5 REFERENCES p", "rows of t violate: foreign key (c)", 3),
      ("a INT NOT NULL DEFAULT 4 REFERENCES p", "rows of t violate: foreign key (a)", 3),
      ("a INT, c INT REFERENCES p", "", 0),
    ])
  func rowsAreCountedWithTheValuesThatTheyGet(columns: String, message: String, count: Int) throws {
    let parent = "CREATE TABLE p (id INTEGER PRIMARY KEY); "
    let before = "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT); INSERT INTO t VALUES (1, NULL), (2, NULL), (3, 7)"
    let found = try rows(from: parent + before, to: parent + "CREATE TABLE t (id INTEGER PRIMARY KEY, \(columns))")
    #expect(found.filter { $0.value > 0 }.map { "\($0.key.prefix(message.count))" } == (count > 0 ? [message] : []))
    #expect(found.values.reduce(0, +) == count)
  }

  @Test func valuesThatAreNoRowIDAreCounted() throws {
    let before = "CREATE TABLE t (id INT, a TEXT); INSERT INTO t VALUES ('x', 'a'), ('7', 'b'), (1.5, 'c')"
    let found = try rows(from: before, to: "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)")
    #expect(found == ["t.id holds values that do not fit INTEGER": 2])
  }

  @Test func rowsThatShareAKeyAreCounted() throws {
    let before = "CREATE TABLE t (a INTEGER, b TEXT); INSERT INTO t VALUES (1, 'x'), (1, 'y'), (2, 'x'), (1, 'x')"
    let after = "CREATE TABLE t (a INTEGER, b TEXT, PRIMARY KEY (a, b))"
    #expect(try rows(from: before, to: after) == ["rows of t violate: primary key (a, b)": 2])
  }

  @Test func rowsThatReferToNothingAreCounted() throws {
    let tables = "CREATE TABLE maker (id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE UNIQUE);"
    let before = """
      \(tables) CREATE TABLE video (maker INTEGER, name TEXT);
      INSERT INTO maker VALUES (1, 'Ann');
      INSERT INTO video VALUES (1, 'ann'), (2, 'ann'), (3, 'bob'), (NULL, NULL);
      """
    let after = """
      \(tables) CREATE TABLE video (maker INTEGER REFERENCES maker, name TEXT REFERENCES maker (name));
      """
    #expect(
      try rows(from: before, to: after) == [
        "rows of video violate: foreign key (maker) references maker": 2,
        // The collation of what is referred to counts.
        "rows of video violate: foreign key (name) references maker (name)": 1,
      ])
  }

  @Test func whatRefersToATableThatComesWithTheRevisionRefersToNothing() throws {
    let before = "CREATE TABLE video (maker INTEGER); INSERT INTO video VALUES (1), (NULL), (2)"
    let after = """
      CREATE TABLE maker (id INTEGER PRIMARY KEY); CREATE TABLE video (maker INTEGER REFERENCES maker (id))
      """
    #expect(
      try rows(from: before, to: after) == ["rows of video violate: foreign key (maker) references maker (id)": 2])
  }

  @Test func aTextOfAnotherLengthIsTheSameText() throws {
    let before = "CREATE TABLE video (kind VARCHAR); INSERT INTO video VALUES ('a'), ('b'), ('c')"
    let after = "CREATE TABLE video (kind VARCHAR(1) CHECK (kind IN ('a', 'b')))"
    #expect(try rows(from: before, to: after) == ["rows of video violate: check (kind IN ('a', 'b'))": 1])
  }

  @Test func valuesThatAreConvertedOrReplacedAreNoneToLookAt() throws {
    // As texts '10' is less than '9', and as numbers it is not; NULL becomes 7.
    let converted = try Rebuild(
      from: "CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('10')",
      to: "CREATE TABLE t (a INTEGER, CHECK (a > 9))")
    #expect(try converted.violatingRows() == [:])
    try converted.upgrade()
    let replaced = try Rebuild(
      from: "CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (NULL), (1)",
      to: "CREATE TABLE t (a INTEGER NOT NULL DEFAULT 7, CHECK (a IS NOT NULL AND a > 0))")
    #expect(try replaced.violatingRows() == [:])
    try replaced.upgrade()
    #expect(try replaced.file.run("SELECT a FROM t ORDER BY 1") == [["1"], ["7"]])
  }

  @Test func aNewColumnHasNoRowsToLookAt() throws {
    let rebuild = try Rebuild(
      from: "CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1), (2)",
      to: "CREATE TABLE t (a INTEGER, b INTEGER CHECK (b > a), UNIQUE (a, b)); CREATE UNIQUE INDEX i ON t (a + b)")
    #expect(try rebuild.violatingRows() == [:])
    try rebuild.upgrade()
  }

  /// All rows get the value of a new column, or none where it is NULL.
  @Test(
    arguments: [
      ("code TEXT DEFAULT 'x' UNIQUE", ["rows of video violate: unique (code)": 5]),
      ("code TEXT UNIQUE", [:]),
      ("code INTEGER DEFAULT -1 CHECK (code > 0)", ["rows of video violate: check (code > 0)": 5]),
      ("code INTEGER DEFAULT 1 CHECK (code > 0)", [:]),
      ("code TEXT DEFAULT 'x', UNIQUE (size, code)", ["rows of video violate: unique (size, code)": 2]),
    ] as [(String, [String: Int])])
  func rowsShareTheValueOfANewColumn(column: String, expected: [String: Int]) throws {
    let after = "CREATE TABLE video (id INTEGER PRIMARY KEY, path TEXT, size INTEGER, \(column))"
    #expect(try rows(from: Self.video, to: after) == expected)
  }

  @Test func rowsThatReferToAMovedPrimaryKeyAreCounted() throws {
    let child = "CREATE TABLE clip (video INTEGER REFERENCES video)"
    let before = """
      CREATE TABLE video (id INTEGER PRIMARY KEY, code INTEGER NOT NULL); \(child);
      INSERT INTO video VALUES (1, 10), (2, 1); INSERT INTO clip VALUES (1), (2), (NULL);
      """
    let after = "CREATE TABLE video (id INTEGER NOT NULL, code INTEGER NOT NULL PRIMARY KEY); \(child)"
    #expect(
      try rows(from: before, to: after) == ["rows of clip refer to no row by the new primary key of video": 1])
  }

  /// Values that the formula of a column gives too are not lost.
  @Test func valuesOfAColumnThatBecomesComputedAreCounted() throws {
    let before = "CREATE TABLE t (a INTEGER, b INTEGER); INSERT INTO t VALUES (1, 2), (2, 5), (3, NULL)"
    let after = "CREATE TABLE t (a INTEGER, b INTEGER GENERATED ALWAYS AS (a * 2) STORED)"
    let rebuild = try Rebuild(from: before, to: after)
    #expect(try rebuild.violatingRows() == ["t.b holds values that are not those of its formula": 1])
    #expect(rebuild.conditions.map(\.rule) == ["DS103"])
  }

  /// Rules, new ones and those that stay, are those of the converted values.
  @Test(
    arguments: [
      ("a TEXT CHECK (a <> '09')", "a INT CHECK (a > 7)", ["rows of t violate: check (a > 7)": 2]),
      (
        "a TEXT UNIQUE", "a INT UNIQUE", ["t.a holds values that change as INT": 1, "rows of t violate: unique (a)": 2]
      ),
      ("a TEXT PRIMARY KEY", "a INT PRIMARY KEY", ["rows of t violate: primary key (a)": 2]),
      ("a TEXT, CHECK (length(a) < 3)", "a INT, CHECK (length(a) < 2)", [:]),
      // A number equals a text that is one, if the column has the affinity.
      ("a TEXT", "a INT CHECK (a <> '7')", ["rows of t violate: check (a <> '7')": 2]),
      ("a TEXT", "a INT CHECK (typeof(a) <> 'integer')", ["rows of t violate: check (typeof(a) <> 'integer')": 3]),
    ] as [(String, String, [String: Int])])
  func rulesHoldForConvertedValues(before: String, after: String, expected: [String: Int]) throws {
    let rebuild = try Rebuild(
      from: "CREATE TABLE t (\(before)); INSERT INTO t VALUES ('7'), ('07'), ('8')", to: "CREATE TABLE t (\(after))")
    let found = try rebuild.violatingRows()
    #expect(found.filter { expected[$0.key] != nil || !$0.key.hasPrefix("t.a holds") } == expected)
  }

  @Test func aUniqueIndexThatStaysHoldsForConvertedValues() throws {
    let index = "CREATE UNIQUE INDEX i ON t (a) WHERE a <> 8"
    let before = "CREATE TABLE t (a TEXT); \(index); INSERT INTO t VALUES ('7'), ('07'), ('8'), ('08')"
    #expect(
      try rows(from: before, to: "CREATE TABLE t (a INT); \(index)")["rows of t share their (a)"] == 2)
  }

  /// The values of a new computed column, and of one whose inputs change.
  @Test(
    arguments: [
      ("b INT", "b INT, c INT AS (b + 1) STORED CHECK (c > 0)", ["rows of t violate: check (c > 0)": 1]),
      ("b INT", "b INT, c INT AS (nullif(b, -1)) STORED NOT NULL", ["rows of t give c the value NULL": 1]),
      ("b INT", "b INT, c INT AS (nullif(b, -1)) VIRTUAL NOT NULL", ["rows of t give c the value NULL": 1]),
      ("b INT", "b INT, c INT AS (b * b) STORED UNIQUE", ["rows of t violate: unique (c)": 2]),
      (
        "b INT", "b INT, c INT AS (d + 1) STORED CHECK (c <> 2), d INT AS (b * b) STORED",
        ["rows of t violate: check (c <> 2)": 2]
      ),
      // As a text '-1' is not less than 0.
      (
        "b TEXT, c INT AS (b < 0) STORED", "b INT, c INT AS (b < 0) STORED CHECK (c = 0)",
        ["rows of t violate: check (c = 0)": 1]
      ),
      (
        "b INT", "b INT NOT NULL DEFAULT 0, c INT AS (b + 1) STORED CHECK (c > 0)",
        ["rows of t violate: check (c > 0)": 1]
      ),
      (
        "b INT, c BIGINT AS (b * 3000000000) STORED", "b INT, c SMALLINT AS (b * 3000000000) STORED",
        ["t.c holds values that do not fit SMALLINT": 2]
      ),
      ("b INT, c INT AS (b + 1) STORED", "b INT CHECK (b < 9), c INT AS (b + 1) STORED", [:]),
    ] as [(String, String, [String: Int])])
  func rulesHoldForComputedValues(before: String, after: String, expected: [String: Int]) throws {
    let found = try rows(
      from: "CREATE TABLE t (id INTEGER PRIMARY KEY, \(before)); INSERT INTO t (id, b) VALUES (1, -1), (2, 1)",
      to: "CREATE TABLE t (id INTEGER PRIMARY KEY, \(after))")
    #expect(found == expected)
  }
}

import Foundation
import MetaxySchema
import MetaxyTestSupport
import Testing

/// A change in SQL that metaxy has not written, with rows in the table, gone there and back both ways.
struct SchemaPair: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var first: String
  var second: String
  /// Rows for a database that has the first schema, and for one that has the second.
  var firstRows = ""
  var secondRows = ""
  /// What must be the same before, between and after.
  var kept: String

  init(_ name: String, _ first: String, _ second: String, _ firstRows: String, _ secondRows: String, kept: String) {
    testDescription = name
    self.first = first
    self.second = second
    self.firstRows = firstRows
    self.secondRows = secondRows
    self.kept = kept
  }

  /// A column that the second schema has and the first has not.
  static func column(
    _ definition: String, named name: String = "c", others: String = "", options: String = "", rows: Bool = true,
    value: String? = nil
  ) -> SchemaPair {
    let insert = "INSERT INTO t (id, n) VALUES ('a', 1), ('b', NULL);"
    let full = value.map { "INSERT INTO t (id, n, \(name)) VALUES ('a', 1, \($0)), ('b', NULL, \($0));" } ?? insert
    return SchemaPair(
      "column \(definition)", "\(others)CREATE TABLE t (id TEXT NOT NULL, n INTEGER)\(options);",
      "\(others)CREATE TABLE t (id TEXT NOT NULL, n INTEGER, \(definition))\(options);", rows ? insert : "",
      rows ? full : "", kept: "SELECT id, n FROM t ORDER BY id")
  }

  static func index(_ statement: String) -> SchemaPair {
    let table = "CREATE TABLE t (id TEXT NOT NULL COLLATE NOCASE, n INTEGER, at DATETIME, \"a \"\"b\" TEXT);"
    let rows = "INSERT INTO t VALUES ('a', 1, 'x', 'y'), ('b', 2, NULL, NULL);"
    return SchemaPair(statement, table, table + statement, rows, rows, kept: "SELECT * FROM t ORDER BY id")
  }
}

@Suite(.timed) struct RoundTripTests {
  static let everything = """
    CREATE TABLE p (
      k VARCHAR(64) NOT NULL COLLATE NOCASE, n BIGINT NOT NULL DEFAULT 7, s VARCHAR DEFAULT 'it''s -- no',
      "order" DATETIME DEFAULT CURRENT_TIMESTAMP, r FLOAT DEFAULT (1.5 * 2), m NUMERIC(12, 3) DEFAULT -1.5,
      b BLOB DEFAULT x'00ff', z BOOLEAN DEFAULT TRUE, q,
      g BIGINT GENERATED ALWAYS AS (n + 1) STORED, v BIGINT AS (n * 2),
      kind VARCHAR(4) CONSTRAINT ck_kind CHECK (kind IN ('a', 'b')),
      parent VARCHAR CONSTRAINT fk_p REFERENCES t (id) ON DELETE SET DEFAULT ON UPDATE CASCADE,
      other VARCHAR REFERENCES t ON DELETE SET NULL,
      CONSTRAINT pk_p PRIMARY KEY (k, n), CONSTRAINT uq UNIQUE (s, n), UNIQUE ("order"), CHECK (n > 0 AND (s <> ')')),
      CONSTRAINT fk_two FOREIGN KEY (s, n) REFERENCES p (s, n) ON DELETE RESTRICT
    );
    CREATE UNIQUE INDEX i1 ON p (s COLLATE NOCASE DESC, n);
    CREATE INDEX i2 ON p (lower(s), k) WHERE s IS NOT NULL AND n IN (1, 2);
    CREATE INDEX i3 ON p (k COLLATE BINARY);
    """

  static let pairs: [SchemaPair] =
    [
      SchemaPair(
        "a table with everything", "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY);",
        "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY);" + everything, "INSERT INTO t VALUES ('a');",
        "INSERT INTO t VALUES ('a'); INSERT INTO p (k, n, \"order\", parent) VALUES ('x', 1, 2, 'a'), ('X', 2, 3, 'a');",
        kept: "SELECT * FROM t"),
      SchemaPair(
        "strict tables without rowid", "CREATE TABLE t (a INT);",
        """
        CREATE TABLE t (a INT);
        CREATE TABLE s (a TEXT NOT NULL, b INTEGER, c REAL, d BLOB, e ANY) STRICT;
        CREATE TABLE w (a TEXT NOT NULL, b INTEGER NOT NULL, c TEXT, PRIMARY KEY (b, a)) WITHOUT ROWID;
        CREATE TABLE sw (a TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
        """, "INSERT INTO t VALUES (1);", "INSERT INTO t VALUES (1); INSERT INTO w VALUES ('a', 1, NULL);",
        kept: "SELECT * FROM t"),
      SchemaPair(
        "tables that refer to each other in a row", "CREATE TABLE t (a INT);",
        """
        CREATE TABLE t (a INT);
        CREATE TABLE c (id INTEGER NOT NULL PRIMARY KEY, up INTEGER REFERENCES b (id));
        CREATE TABLE b (id INTEGER NOT NULL PRIMARY KEY, up INTEGER REFERENCES d (id));
        CREATE TABLE d (id INTEGER NOT NULL PRIMARY KEY, up INTEGER REFERENCES d (id));
        """, "", "INSERT INTO d VALUES (1, 1), (2, 1); INSERT INTO b VALUES (1, 2); INSERT INTO c VALUES (1, 1);",
        kept: "SELECT * FROM t"),
      SchemaPair(
        "a table and the column that refers to it", "CREATE TABLE t (id TEXT NOT NULL);",
        """
        CREATE TABLE a_parent (id TEXT NOT NULL PRIMARY KEY);
        CREATE TABLE t (id TEXT NOT NULL, up TEXT CONSTRAINT fk_up REFERENCES a_parent (id));
        """, "INSERT INTO t VALUES ('a');",
        "INSERT INTO a_parent VALUES ('p'); INSERT INTO t VALUES ('a', 'p');", kept: "SELECT id FROM t"),
      SchemaPair(
        "columns that are computed from each other", "CREATE TABLE t (id TEXT NOT NULL);",
        "CREATE TABLE t (id TEXT NOT NULL, g INTEGER AS (a + b) VIRTUAL, a INTEGER DEFAULT 1, b INTEGER DEFAULT 2);",
        "INSERT INTO t VALUES ('a');", "INSERT INTO t VALUES ('a', 5, 6);", kept: "SELECT id FROM t"),
      SchemaPair(
        "columns whose checks name each other", "CREATE TABLE t (id TEXT NOT NULL);",
        "CREATE TABLE t (id TEXT NOT NULL, a INTEGER, b INTEGER CHECK (b > a));", "INSERT INTO t VALUES ('a');",
        "INSERT INTO t VALUES ('a', 5, 6);", kept: "SELECT id FROM t"),
      SchemaPair(
        "a column with the index on it", "CREATE TABLE t (id TEXT NOT NULL);",
        "CREATE TABLE t (id TEXT NOT NULL, a INTEGER); CREATE INDEX i ON t (a) WHERE a > 1;",
        "INSERT INTO t VALUES ('a');", "INSERT INTO t VALUES ('a', 5);", kept: "SELECT id FROM t"),
      SchemaPair(
        "an index whose name was another table's",
        "CREATE TABLE a (n INTEGER); CREATE TABLE b (n INTEGER); CREATE INDEX i ON b (n);",
        "CREATE TABLE a (n INTEGER); CREATE TABLE b (n INTEGER); CREATE INDEX i ON a (n);",
        "INSERT INTO a VALUES (1); INSERT INTO b VALUES (2);", "INSERT INTO a VALUES (1); INSERT INTO b VALUES (2);",
        kept: "SELECT * FROM a, b"),
      SchemaPair(
        "an index whose name goes to a new table", "CREATE TABLE a (n INTEGER); CREATE INDEX i ON a (n);",
        "CREATE TABLE b (n INTEGER); CREATE INDEX i ON b (n);", "", "", kept: "SELECT 1"),
    ]
    + [
      .column("c TEXT", value: "'v'"), .column("c INTEGER NOT NULL DEFAULT 5", value: "6"),
      .column("c VARCHAR(3) DEFAULT 'a''b'"), .column("c BLOB DEFAULT x'00'"), .column("c REAL DEFAULT -2.5e3"),
      .column("c"), .column("c \"weird type\"(1, 2)"), .column("c TEXT COLLATE NOCASE", value: "'V'"),
      .column("c TEXT CHECK (c IN ('a', 'b'))", value: "'a'"),
      .column("c TEXT CONSTRAINT \"ck c\" CHECK (c <> ',')", value: "'a'"),
      .column("c INTEGER NOT NULL DEFAULT 1 CHECK (c > 0) CHECK (c < 10)", value: "2"),
      .column("\"select\" TEXT", named: "\"select\"", value: "'v'"),
      .column("c TEXT REFERENCES p (id) ON DELETE CASCADE", others: "CREATE TABLE p (id TEXT NOT NULL PRIMARY KEY);"),
      .column("c TEXT REFERENCES p", others: "CREATE TABLE p (id TEXT NOT NULL PRIMARY KEY);"),
      .column(
        "c TEXT CONSTRAINT f REFERENCES p (id) ON DELETE SET DEFAULT CONSTRAINT k CHECK (c <> '')",
        others: "CREATE TABLE p (id TEXT NOT NULL PRIMARY KEY);"),
      .column("c INTEGER GENERATED ALWAYS AS (n * 2) VIRTUAL"), .column("c TEXT AS (id || ',') CHECK (c <> '')"),
      .column("c INTEGER NOT NULL AS (coalesce(n, 0)) VIRTUAL"), .column("c INTEGER NOT NULL", rows: false),
      .column("c INTEGER", options: " STRICT", value: "3"),
      .column("d TEXT, c TEXT"), .column("\u{e9}t\u{e9} TEXT", named: "\u{e9}t\u{e9}", value: "'\u{1F3AC}'"),
    ]
    + [
      .index("CREATE INDEX i ON t (n);"), .index("CREATE UNIQUE INDEX i ON t (n, id);"),
      .index("CREATE INDEX i ON t (n DESC, at);"), .index("CREATE INDEX i ON t (id COLLATE BINARY);"),
      .index("CREATE INDEX i ON t (at COLLATE NOCASE DESC) WHERE n > 1 AND at IS NOT NULL;"),
      .index("CREATE INDEX i ON t (lower(id), n + 1 DESC);"),
      .index("CREATE INDEX i ON t (substr(at, 1, 2) COLLATE NOCASE);"),
      .index("CREATE UNIQUE INDEX \"my \"\"i\" ON t (\"a \"\"b\");"), .index("CREATE INDEX i ON t ('n');"),
    ]

  @Test(arguments: pairs + found, [true, false])
  func schemaIsThatOfAFreshDatabaseAndAsBeforeWhenUndone(_ pair: SchemaPair, forwards: Bool) throws {
    let (start, target, rows) =
      forwards ? (pair.first, pair.second, pair.firstRows) : (pair.second, pair.first, pair.secondRows)
    let scratch = try ScratchDatabase(start)
    if !rows.isEmpty { try scratch.run(rows) }
    let fresh = try ScratchDatabase(target)
    let kept = try scratch.rows(pair.kept)
    let before = try scratch.copy(as: "before.db")

    let trip = try RoundTrip(scratch, to: try fresh.schema())
    #expect(!trip.operations.isEmpty)
    try trip.upgrade()
    #expect(try scratch.rows(pair.kept) == kept)
    let after = try scratch.copy(as: "after.db")
    let again = try RoundTrip(scratch, to: try fresh.schema())
    #expect(again.operations.map(\.description) == [])

    try trip.downgrade()
    #expect(try scratch.rows(pair.kept) == kept)
    let lines = try SQLiteSignature.lines(
      of: [before, fresh.path, after, scratch.path])
    #expect(lines[2] == lines[1])
    #expect(lines[3] == lines[0])
    #expect(try scratch.rows("PRAGMA integrity_check") == [["ok"]])
    #expect(try scratch.rows("PRAGMA foreign_key_check") == [])
  }
}

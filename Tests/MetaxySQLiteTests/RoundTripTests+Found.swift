extension RoundTripTests {
  /// What the random changes have found, made small.
  static let found: [SchemaPair] = [
    SchemaPair(
      "STRICT goes when a column comes whose type it does not take", "CREATE TABLE t (a INTEGER) STRICT;",
      "CREATE TABLE t (a INTEGER, b UNSIGNED BIG INT);", "INSERT INTO t VALUES (1);",
      "INSERT INTO t VALUES (1, 2), (3, NULL);", kept: "SELECT a FROM t"),
    SchemaPair(
      "an index keeps the collation that its column gives up",
      "CREATE TABLE t (a TEXT COLLATE NOCASE); CREATE INDEX i ON t (a COLLATE NOCASE);",
      "CREATE TABLE t (a TEXT); CREATE INDEX i ON t (a COLLATE NOCASE);", "INSERT INTO t VALUES ('a'), ('B');",
      "INSERT INTO t VALUES ('a'), ('B');", kept: "SELECT a FROM t ORDER BY rowid"),
    SchemaPair(
      "columns computed from one whose name has quotes", "CREATE TABLE t (id TEXT NOT NULL);",
      #"CREATE TABLE t (id TEXT NOT NULL, a AS (lower("say ""hi""")), "say ""hi""" TEXT AS (id || 'x'));"#,
      "INSERT INTO t VALUES ('a');", "INSERT INTO t (id) VALUES ('a');", kept: "SELECT id FROM t"),
    SchemaPair(
      "a descending key without rowid beside a unique constraint that is its index",
      "CREATE TABLE t (a TEXT NOT NULL, n INTEGER);",
      "CREATE TABLE t (a TEXT NOT NULL UNIQUE, n INTEGER, PRIMARY KEY (a DESC)) WITHOUT ROWID;",
      "INSERT INTO t VALUES ('a', 1), ('b', 2);", "INSERT INTO t VALUES ('a', 1), ('b', 2);",
      kept: "SELECT * FROM t ORDER BY a"),
    SchemaPair(
      "of two foreign keys to one column the one without columns",
      "CREATE TABLE t (id TEXT PRIMARY KEY, FOREIGN KEY (id) REFERENCES t (id));",
      "CREATE TABLE t (id TEXT PRIMARY KEY REFERENCES t, FOREIGN KEY (id) REFERENCES t (id));",
      "INSERT INTO t VALUES ('a');", "INSERT INTO t VALUES ('a');", kept: "SELECT id FROM t"),
    SchemaPair(
      "tables that refer to each other in a circle", "CREATE TABLE t (a INT);",
      """
      CREATE TABLE t (a INT);
      CREATE TABLE b (id INTEGER PRIMARY KEY, up INTEGER REFERENCES c (id));
      CREATE TABLE c (id INTEGER PRIMARY KEY, up INTEGER REFERENCES b (id));
      """, "", "INSERT INTO b VALUES (1, NULL); INSERT INTO c VALUES (1, 1); UPDATE b SET up = 1;",
      kept: "SELECT * FROM t"),
    SchemaPair(
      "a table whose rows restrict each other", "CREATE TABLE t (a INT);",
      "CREATE TABLE t (a INT); CREATE TABLE b (id INTEGER PRIMARY KEY, up INTEGER REFERENCES b ON DELETE RESTRICT);",
      "", "INSERT INTO b VALUES (1, NULL), (2, 1);", kept: "SELECT * FROM t"),
    SchemaPair(
      "a table that refers to itself, and to one that loses its key", "CREATE TABLE p (k TEXT, n TEXT);",
      """
      CREATE TABLE p (k TEXT, n TEXT, UNIQUE (k));
      CREATE TABLE c (id TEXT UNIQUE, up TEXT REFERENCES c (id) ON DELETE SET NULL REFERENCES p (k));
      """, "INSERT INTO p VALUES ('k', 'n');", "INSERT INTO p VALUES ('k', 'n'); INSERT INTO c VALUES ('k', 'k');",
      kept: "SELECT * FROM p"),
    SchemaPair(
      "names that differ in capitals that are none to SQLite",
      "CREATE TABLE \u{c9} (\u{c9} TEXT, \u{e9} TEXT); CREATE TABLE \u{e9} (a INT);",
      "CREATE TABLE \u{c9} (\u{c9} TEXT UNIQUE, \u{e9} TEXT CHECK (\u{e9} <> 'x')); CREATE TABLE \u{e9} (a INT UNIQUE);",
      "INSERT INTO \u{c9} VALUES ('1', '2'); INSERT INTO \u{e9} VALUES (3);",
      "INSERT INTO \u{c9} VALUES ('1', '2'); INSERT INTO \u{e9} VALUES (3);",
      kept: "SELECT x.*, y.* FROM \u{c9} AS x, \u{e9} AS y"),
    SchemaPair(
      "a column of these that comes or goes", "CREATE TABLE t (\u{c9} TEXT);",
      "CREATE TABLE t (\u{c9} TEXT, \u{e9} TEXT);", "INSERT INTO t VALUES ('1');", "INSERT INTO t VALUES ('1', '2');",
      kept: "SELECT \u{c9} FROM t"),
  ]
}

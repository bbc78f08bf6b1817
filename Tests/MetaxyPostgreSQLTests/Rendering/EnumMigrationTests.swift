import MetaxyPostgreSQL
import MetaxySchema
import MetaxyTestSupport
import Testing

/// A value of an enum type is replaced, while indexes, constraints and expressions that name the type go, come or change.
@Suite(.timed) struct EnumMigrationTests {
  @Test(arguments: [
    ("", "CREATE INDEX ix ON t (s)"), ("CREATE INDEX ix ON t (s)", ""),
    ("", "CREATE INDEX ix ON t (i) WHERE s = 'a'"), ("CREATE INDEX ix ON t (i) WHERE s = 'a'", ""),
    ("CREATE INDEX ix ON t (i) WHERE s = 'a'", "CREATE INDEX ix ON t (i) WHERE s = 'c'"),
    ("CREATE INDEX ix ON t ((s = 'a'))", ""), ("CREATE INDEX ix ON t ((s = 'a'))", "CREATE INDEX ix ON t ((s = 'z'))"),
    ("CREATE INDEX ix ON t ((s = 'a'))", "CREATE INDEX ix ON t ((s = 'a'))"),
    (
      "ALTER TABLE t ADD CONSTRAINT c CHECK (s IN ('a', 'c'))", "ALTER TABLE t ADD CONSTRAINT c CHECK (s IN ('a', 'z'))"
    ),
    ("ALTER TABLE t ADD CONSTRAINT c UNIQUE (s, i)", "ALTER TABLE t ADD CONSTRAINT c UNIQUE (s)"),
    ("ALTER TABLE t ADD x text, ADD CHECK (x::st <> 'a')", "ALTER TABLE t ADD x text, ADD CHECK (x::st <> 'a')"),
    ("ALTER TABLE t ADD x text DEFAULT 'a'::st", "ALTER TABLE t ADD x text DEFAULT 'c'::st"),
    (
      "CREATE TABLE k (s st PRIMARY KEY); INSERT INTO k VALUES ('a'); ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (s) REFERENCES k",
      "CREATE TABLE k (s st PRIMARY KEY); INSERT INTO k VALUES ('a'); ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (s) REFERENCES k"
    ),
    (
      "CREATE TABLE k (s st UNIQUE, i int, PRIMARY KEY (s, i)); INSERT INTO k VALUES ('a', 1); ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (s, i) REFERENCES k",
      "CREATE TABLE k (s st UNIQUE, i int, PRIMARY KEY (s, i)); INSERT INTO k VALUES ('a', 1)"
    ),
  ])
  func aValueIsReplacedBesides(before: String, after: String) throws {
    let table = "CREATE TABLE t (i int, s st DEFAULT 'a'); INSERT INTO t VALUES (1, 'a');"
    let migration = try Migration(
      from: "CREATE TYPE st AS ENUM ('a', 'b', 'c'); \(table) \(before)",
      to: "CREATE TYPE st AS ENUM ('a', 'c', 'z'); \(table) \(after)")
    try migration.goThereAndBack()
    #expect(try migration.live.rows("SELECT i, s FROM t") == ["1|a"])
  }
}

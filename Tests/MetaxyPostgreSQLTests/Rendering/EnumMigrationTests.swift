import MetaxyPostgreSQL
import MetaxyRuntime
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

  @Test(arguments: [
    ("bool", "true, false, NULL", "'true', 'false'", ["true", "false", ""]),
    ("text", "'a', 'b', NULL", "'b', 'a'", ["a", "b", ""]),
    ("varchar(3)", "'a', 'a', 'b'", "'a', 'b', 'c'", ["a", "a", "b"]),
  ])
  func aColumnBecomesAnEnum(type: String, values: String, labels: String, expected: [String]) throws {
    let enumType = "CREATE TYPE st AS ENUM (\(labels));"
    let migration = try Migration(
      from: "\(enumType) CREATE TABLE t (s \(type)); INSERT INTO t SELECT unnest(ARRAY[\(values)])",
      to: "\(enumType) CREATE TABLE t (s st)")
    let before = try migration.live.rows("SELECT s FROM t")
    try migration.upgrade()
    #expect(try migration.live.rows("SELECT s FROM t") == expected)
    #expect(try migration.live.rows("SELECT DISTINCT pg_typeof(s) FROM t") == ["st"])
    try migration.downgrade()
    #expect(try migration.live.rows("SELECT s FROM t") == before)
  }

  /// A value that the type does not have is counted.
  @Test func valuesThatAnEnumDoesNotHaveAreCounted() throws {
    let migration = try Migration(
      from:
        "CREATE TYPE st AS ENUM ('true', 'no'); CREATE TABLE t (s bool); INSERT INTO t VALUES (true), (false), (NULL)",
      to: "CREATE TYPE st AS ENUM ('true', 'no'); CREATE TABLE t (s st)")
    let counts = try migration.upgradeSections().flatMap(\.statements).flatMap(\.preconditions).map {
      try migration.live.rows("SELECT \($0.count)")[0]
    }
    #expect(counts == ["1"])
  }
}

import Testing

/// A kind of object that depends on the table `t (id, n, s, x)`, named `d`.
struct MatrixDependent: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// Whether metaxy manages it, so that it is part of the desired schema.
  var isManaged = false
  /// Creates it, for these names of the table and of the column `n`.
  let sql: @Sendable (_ table: String, _ column: String) -> String
  /// How an error mentions it.
  var mention = "`d`"
  /// What becomes of operations other than "goes up and comes back".
  var outcomes: [String: MatrixOutcome] = [:]

  static let all: [MatrixDependent] = [
    MatrixDependent(
      testDescription: "view",
      sql: { table, n in
        "CREATE VIEW d WITH (security_barrier = true) AS SELECT id, \(n), s FROM \(table) WHERE \(n) > 0 AND s <> 'c';"
          + " COMMENT ON VIEW d IS 'it''s'; GRANT SELECT ON d TO pg_monitor WITH GRANT OPTION;"
      }, outcomes: ["drop column": .refused, "drop table": .refused]),
    MatrixDependent(
      testDescription: "view of a view",
      sql: { table, n in
        "CREATE VIEW d0 AS SELECT \(n), s FROM \(table); CREATE VIEW d AS SELECT \(n) + 1 AS m, s FROM d0;"
      },
      mention: "`d0`", outcomes: ["drop column": .refused, "drop table": .refused]),
    MatrixDependent(
      testDescription: "materialized view",
      sql: { table, n in "CREATE MATERIALIZED VIEW d AS SELECT id, \(n), s FROM \(table);" },
      outcomes: [
        "change type": .refused, "rename column and change type": .refused, "rename table and change type": .refused,
        "drop column": .refused,
        "drop table": .refused, "replace enum value": .refused, "add enum value": .noted,
      ]),
    MatrixDependent(
      testDescription: "rule",
      sql: { table, n in
        "CREATE RULE d AS ON UPDATE TO \(table) WHERE new.\(n) > 5 AND new.s = 'c' DO ALSO INSERT INTO o VALUES (new.\(n));"
          + " COMMENT ON RULE d ON \(table) IS 'r'; ALTER TABLE \(table) DISABLE RULE d;"
      }, outcomes: ["drop column": .refused]),
    MatrixDependent(
      testDescription: "trigger with UPDATE OF",
      sql: { table, n in
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';"
          + " CREATE TRIGGER d BEFORE UPDATE OF \(n), s ON \(table) FOR EACH ROW EXECUTE FUNCTION f();"
          + " COMMENT ON TRIGGER d ON \(table) IS 't'; ALTER TABLE \(table) ENABLE ALWAYS TRIGGER d;"
      }, outcomes: ["drop column": .refused]),
    MatrixDependent(
      testDescription: "trigger with WHEN",
      sql: { table, n in
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';"
          + " CREATE TRIGGER d AFTER UPDATE ON \(table) FOR EACH ROW WHEN (new.\(n) > 1 AND new.s = 'a') EXECUTE FUNCTION f();"
      }, outcomes: ["drop column": .refused]),
    MatrixDependent(
      testDescription: "row policy",
      sql: { table, n in
        "CREATE POLICY d ON \(table) AS RESTRICTIVE FOR UPDATE TO pg_monitor USING (\(n) > 0 AND s <> 'c') WITH CHECK (\(n) > 1);"
          + " COMMENT ON POLICY d ON \(table) IS 'p';"
      }, outcomes: ["drop column": .refused]),
    MatrixDependent(
      testDescription: "generated column", isManaged: true,
      sql: { table, n in
        "ALTER TABLE \(table) ADD COLUMN d int GENERATED ALWAYS AS (\(n) + 1) STORED;"
          + " ALTER TABLE \(table) ADD COLUMN d2 boolean GENERATED ALWAYS AS (s = 'a') STORED; CREATE INDEX d3 ON \(table) (d);"
      }),
    MatrixDependent(
      testDescription: "partial index", isManaged: true,
      sql: { table, n in "CREATE INDEX d ON \(table) (id) WHERE \(n) > 0 AND s = 'a';" }),
    MatrixDependent(
      testDescription: "expression index", isManaged: true,
      sql: { table, n in "CREATE INDEX d ON \(table) ((\(n) + 1), (s = 'a'));" }),
    MatrixDependent(
      testDescription: "foreign key", isManaged: true,
      sql: { table, _ in
        "CREATE TABLE k (tid int CONSTRAINT d REFERENCES \(table) (id)); INSERT INTO k SELECT id FROM \(table);"
      }),
    MatrixDependent(
      testDescription: "function with BEGIN ATOMIC",
      sql: { table, n in
        "CREATE FUNCTION d() RETURNS bigint BEGIN ATOMIC SELECT sum(\(n)) FROM \(table) WHERE s = 'a'; END;"
      }, mention: "`function d()`",
      outcomes: [
        "change type": .refused, "rename column and change type": .refused, "rename table and change type": .refused,
        "drop column": .refused,
        "drop table": .refused, "replace enum value": .refused, "add enum value": .noted,
      ]),
    MatrixDependent(
      testDescription: "publication with a column list",
      sql: { table, n in "CREATE PUBLICATION d FOR TABLE ONLY \(table) (id, \(n), s) WHERE (id > 0);" },
      outcomes: [
        "drop column": .refused, "rename column and change type": .refused, "rename table and change type": .refused,
      ]),
    MatrixDependent(
      testDescription: "statistics object",
      sql: { table, n in "CREATE STATISTICS d ON \(n), s FROM \(table); ALTER STATISTICS d SET STATISTICS 7;" }),
    MatrixDependent(
      testDescription: "rights on a column",
      sql: { table, n in "GRANT SELECT (\(n), s), UPDATE (\(n)) ON \(table) TO pg_monitor;" }),
  ]
}

/// What becomes of an operation beside a dependent object.
enum MatrixOutcome: Sendable {
  /// The upgrade runs and the downgrade restores everything.
  case comesBack
  /// An error names the object when the revision is written.
  case refused
  /// A comment in the file lists the object, which blocks the downgrade.
  case noted
}

/// An operation on the table `t (id, n, s, x)`.
struct MatrixOperation: Sendable {
  let name: String
  /// The type of the column `n`; nil if it is dropped.
  var columnType: String? = "int"
  var values = "'a', 'b', 'c'"
  var key = "id"
  var table = "t"
  var column = "n"
  var dropsTable = false

  var losesRows: Bool { dropsTable || columnType == nil }

  /// The renames, as statements that PostgreSQL follows in dependent objects.
  var renames: String {
    (column == "n" ? "" : "ALTER TABLE t RENAME COLUMN n TO \(column);")
      + (table == "t" ? "" : "ALTER TABLE t RENAME TO \(table);")
  }

  /// The tables after the operation, under these names.
  func definitions(table: String = "t", column: String = "n") -> String {
    let columns = ["id int", columnType.map { "\(column) \($0)" }, "s st", "x text"].compactMap(\.self).joined(
      separator: ", ")
    return "CREATE TYPE st AS ENUM (\(values)); CREATE TABLE o (i int);"
      + (dropsTable
        ? "" : "CREATE TABLE \(table) (\(columns), CONSTRAINT t_pk PRIMARY KEY (\(key)), CONSTRAINT t_uq UNIQUE (id));")
  }

  static let all = [
    MatrixOperation(name: "rename column", column: "m"),
    MatrixOperation(name: "change type", columnType: "bigint"),
    MatrixOperation(name: "rename column and change type", columnType: "bigint", column: "m"),
    MatrixOperation(name: "drop column", columnType: nil),
    MatrixOperation(name: "rename table", table: "u"),
    MatrixOperation(name: "rename table and change type", columnType: "bigint", table: "u"),
    MatrixOperation(name: "drop table", dropsTable: true),
    MatrixOperation(name: "replace enum value", values: "'a', 'z', 'c'"),
    MatrixOperation(name: "add enum value", values: "'a', 'b', 'c', 'z'"),
    MatrixOperation(name: "change primary key", key: "id, x"),
  ]
}

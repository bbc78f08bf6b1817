import MetaxyNames
import MetaxyPostgreSQL
import MetaxyRuntime
import MetaxySchema
import MetaxyTestSupport
import Testing

/// The rows that violate a new rule are counted before the revision, as they will be after it.
@Suite(.timed) struct RowConditionTests {
  struct Rule: Sendable, CustomTestStringConvertible {
    var before: String
    var after: String
    /// The condition that rows violate, with their number; nil for one that none violates.
    var expected: [String]
    var renames = Renames()
    var testDescription: String { after }
  }

  private static let start =
    "CREATE TABLE t (id int, a int, b text COLLATE \"C\"); INSERT INTO t VALUES (1, 1, 'x'), (2, 1, 'y'), (3, NULL, 'x'), (4, NULL, NULL), (1, -1, 'X')"

  @Test(arguments: [
    Rule(
      before: start, after: "CREATE TABLE t (id int, a int CONSTRAINT c CHECK (a > 0), b text COLLATE \"C\")",
      expected: ["rows of t violate: check (a > 0): 1"]),
    Rule(
      before: start, after: "CREATE TABLE t (id int, a int CONSTRAINT u UNIQUE, b text COLLATE \"C\")",
      expected: ["rows of t violate: unique (a): 2"]),
    Rule(
      before: start,
      after: "CREATE TABLE t (id int, a int, b text COLLATE \"C\"); CREATE UNIQUE INDEX i ON t (lower(b)) WHERE id < 4",
      expected: ["rows of t share their (lower(b)): 3"]),
    Rule(
      before: start, after: "CREATE TABLE t (id int CONSTRAINT k PRIMARY KEY, a int, b text COLLATE \"C\")",
      expected: ["rows of t violate: primary key (id): 2"]),
    Rule(
      before: start + "; CREATE TABLE p (id int PRIMARY KEY); INSERT INTO p VALUES (1)",
      after:
        "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (id int, a int CONSTRAINT f REFERENCES p, b text COLLATE \"C\")",
      expected: ["rows of t violate: foreign key (a) references p (id): 1"]),
    Rule(
      before: start,
      after:
        "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (id int, a int CONSTRAINT f REFERENCES p, b text COLLATE \"C\")",
      expected: ["rows of t violate: foreign key (a) references p (id): 3"]),
    // One value for all rows is shared by them.
    Rule(
      before: start,
      after: "CREATE TABLE t (id int, a int, b text COLLATE \"C\", c int NOT NULL DEFAULT 7 CONSTRAINT u UNIQUE)",
      expected: ["rows of t violate: unique (c): 5"]),
    Rule(
      before: start, after: "CREATE TABLE t (id int, a int, b text COLLATE \"C\", c int CONSTRAINT u UNIQUE)",
      expected: []),
    Rule(
      before: start,
      after: "CREATE TABLE t (id int, a int, b text COLLATE \"C\", c int DEFAULT -1, CONSTRAINT c CHECK (c > 0))",
      expected: ["rows of t violate: check (c > 0): 5"]),
    // NULL becomes the default first.
    Rule(
      before: start,
      after: "CREATE TABLE t (id int, a int NOT NULL DEFAULT 0, b text COLLATE \"C\", CONSTRAINT c CHECK (a <> 0))",
      expected: ["rows of t violate: check (a <> 0): 2"]),
    // A new type comes with the new constraint.
    Rule(
      before: "CREATE TABLE t (a text); INSERT INTO t VALUES ('1'), ('2'), ('02')",
      after: "CREATE TABLE t (a int CONSTRAINT u UNIQUE)",
      expected: ["rows of t violate: unique (a): 2", "t.a holds values that change as INTEGER: 1"]),
    // Rules that stay, over converted values.
    Rule(
      before: """
        CREATE TABLE t (id text CONSTRAINT k PRIMARY KEY, a float8 CONSTRAINT u UNIQUE, b float8, c text,
          CONSTRAINT c CHECK (a < 100), CONSTRAINT d CHECK (b <> 1));
        CREATE UNIQUE INDEX i ON t (lower(c)) WHERE c <> '';
        INSERT INTO t VALUES ('1', 0.1, 0.9, 'x'), ('01', 0.2, 7, 'y')
        """,
      after: """
        CREATE TABLE t (id int CONSTRAINT k PRIMARY KEY, a int CONSTRAINT u UNIQUE, b int, c varchar,
          CONSTRAINT c CHECK (a < 100), CONSTRAINT d CHECK (b <> 1));
        CREATE UNIQUE INDEX i ON t (lower(c)) WHERE c <> '';
        """,
      expected: [
        "rows of t violate: primary key (id): 2", "t.id holds values that change as INTEGER: 1",
        "rows of t violate: unique (a): 2", "t.a holds values that change as INTEGER: 2",
        "rows of t violate: check (b <> 1): 1", "t.b holds values that change as INTEGER: 1",
      ]),
    // Rules over computed values.
    Rule(
      before: "CREATE TABLE t (id int, b int); INSERT INTO t VALUES (1, -1), (2, 1)",
      after: """
        CREATE TABLE t (id int, b int, c int GENERATED ALWAYS AS (b + 1) STORED CONSTRAINT c CHECK (c > 0),
          d int GENERATED ALWAYS AS (nullif(b, -1)) STORED NOT NULL,
          e int GENERATED ALWAYS AS (b * b) STORED CONSTRAINT u UNIQUE)
        """,
      expected: [
        "rows of t violate: check (c > 0): 1", "rows of t give d the value NULL: 1",
        "rows of t violate: unique (e): 2",
      ]),
    Rule(
      before: "CREATE TABLE t (a varchar(3)); INSERT INTO t VALUES (NULL), ('x')",
      after: "CREATE TABLE t (a varchar(3) NOT NULL DEFAULT 'abcd')",
      expected: ["'abcd'::character varying for NULL in t.a does not fit VARCHAR(3): 1"]),
    // Rows that exclude each other: with and without an element that is compared with `=`.
    Rule(
      before: """
        CREATE TABLE t (a int, r int4range, s int4range);
        INSERT INTO t VALUES (1, '[1,5)', '[1,5)'), (2, '[3,8)', '[5,8)'), (3, '[20,30)', NULL), (1, NULL, '[3,4)')
        """,
      after: """
        CREATE TABLE t (a int, r int4range, s int4range, CONSTRAINT x EXCLUDE USING gist (r WITH &&),
          CONSTRAINT y EXCLUDE USING gist (s WITH &&) WHERE (a < 2), CONSTRAINT z EXCLUDE USING btree (a WITH =))
        """,
      expected: [
        "rows of t violate: exclude using gist (r with &&): 2",
        "rows of t violate: exclude using gist (s with &&) where a < 2: 2",
        "rows of t violate: exclude using btree (a with =): 2",
      ]),
    // Bounds of partitions.
    Rule(
      before: """
        CREATE TABLE t (a int, b text) PARTITION BY RANGE (a); CREATE TABLE p PARTITION OF t FOR VALUES FROM (0) TO (100);
        INSERT INTO t VALUES (5, 'x'), (50, 'y'), (99, 'z')
        """,
      after: """
        CREATE TABLE t (a int, b text) PARTITION BY RANGE (a); CREATE TABLE p PARTITION OF t FOR VALUES FROM (0) TO (50);
        """,
      expected: ["rows of p are outside FOR VALUES FROM (0) TO (50): 2"]),
    Rule(
      before: """
        CREATE TABLE t (a int, b text) PARTITION BY RANGE (a, b); CREATE TABLE d PARTITION OF t DEFAULT;
        INSERT INTO t VALUES (1, 'a'), (1, 'c'), (2, 'b'), (3, NULL), (9, 'x')
        """,
      after: """
        CREATE TABLE t (a int, b text) PARTITION BY RANGE (a, b); CREATE TABLE d PARTITION OF t DEFAULT;
        CREATE TABLE p PARTITION OF t FOR VALUES FROM (1, 'b') TO (3, MINVALUE);
        CREATE TABLE q PARTITION OF t FOR VALUES FROM (5, MAXVALUE) TO (MAXVALUE, MAXVALUE);
        """,
      expected: [
        "rows of d belong to p, FOR VALUES FROM (1, 'b') TO (3, MINVALUE): 2",
        "rows of d belong to q, FOR VALUES FROM (5, MAXVALUE) TO (MAXVALUE, MAXVALUE): 1",
      ]),
    Rule(
      before: """
        CREATE TABLE t (a text) PARTITION BY LIST (lower(a)); CREATE TABLE d PARTITION OF t DEFAULT;
        CREATE TABLE p (a text); INSERT INTO t VALUES ('A'), ('b'), (NULL); INSERT INTO p VALUES ('x'), ('Y'), ('z'), (NULL)
        """,
      after: """
        CREATE TABLE t (a text) PARTITION BY LIST (lower(a)); CREATE TABLE d PARTITION OF t DEFAULT;
        CREATE TABLE p PARTITION OF t FOR VALUES IN ('x', 'y', NULL);
        CREATE TABLE q PARTITION OF t FOR VALUES IN ('a');
        """,
      expected: [
        "rows of p are outside FOR VALUES IN ('x', 'y', NULL): 1",
        "rows of d belong to p, FOR VALUES IN ('x', 'y', NULL): 1", "rows of d belong to q, FOR VALUES IN ('a'): 1",
      ]),
    Rule(
      before: """
        CREATE TABLE t (a int) PARTITION BY LIST (a); CREATE TABLE p PARTITION OF t FOR VALUES IN (1, 2);
        CREATE TABLE d (a int); INSERT INTO d VALUES (1), (3), (NULL), (2)
        """,
      after: """
        CREATE TABLE t (a int) PARTITION BY LIST (a); CREATE TABLE p PARTITION OF t FOR VALUES IN (1, 2);
        CREATE TABLE d PARTITION OF t DEFAULT
        """,
      expected: ["rows of d are outside DEFAULT: 2"]),
    Rule(
      before: """
        CREATE TABLE t (a int) PARTITION BY HASH (a); CREATE TABLE p PARTITION OF t FOR VALUES WITH (MODULUS 2, REMAINDER 0);
        CREATE TABLE q (a int); INSERT INTO q SELECT generate_series(1, 100)
        """,
      after: """
        CREATE TABLE t (a int) PARTITION BY HASH (a); CREATE TABLE p PARTITION OF t FOR VALUES WITH (MODULUS 2, REMAINDER 0);
        CREATE TABLE q PARTITION OF t FOR VALUES WITH (MODULUS 2, REMAINDER 1)
        """,
      // PostgreSQL itself puts 52 of these numbers into the other partition.
      expected: ["rows of q are outside FOR VALUES WITH (modulus 2, remainder 1): 52"]),
    // Types that only the server knows.
    Rule(
      before: """
        CREATE TABLE t (a numeric(12,4), b text, c text, d int, e inet, f macaddr8);
        INSERT INTO t VALUES (12.3456, repeat('x', 70), 'x y', -5, '10.0.0.1/8', '08:00:2b:01:02:03:04:05'),
          (12.34, 'x', 'x', 5, '10.0.0.0/8', '08:00:2b:ff:fe:03:04:05')
        """,
      after: "CREATE TABLE t (a money, b name, c \"char\", d oid, e cidr, f macaddr)",
      expected: [
        "t.a holds values that change as money: 1", "t.b holds values that change as name: 1",
        "t.c holds values that change as \"char\": 1", "t.d holds values that change as oid: 1",
        "t.e holds values that change as cidr: 1", "t.f holds values that do not fit macaddr: 1",
      ]),
    // The rows are counted under the names that they have before the revision.
    Rule(
      before: "CREATE TABLE t (id int, d timestamp); INSERT INTO t VALUES (1, '2024-01-01 10:11'), (2, '2024-01-01')",
      after: "CREATE TABLE t (id int, e date)", expected: ["t.e holds values that change as DATE: 1"],
      renames: Renames(columns: ["t": ["e": "d"]])),
    Rule(
      before: "CREATE TABLE t (id int, d timestamp); INSERT INTO t VALUES (1, '2024-01-01 10:11'), (2, '2024-01-01')",
      after: "CREATE TABLE u (id int, d date)", expected: ["u.d holds values that change as DATE: 1"],
      renames: Renames(tables: ["u": "t"])),
    Rule(
      before: "CREATE TABLE t (a int, b int); INSERT INTO t VALUES (1, -1), (2, 5), (2, 5)",
      after: "CREATE TABLE t (y int CONSTRAINT u UNIQUE, x int CONSTRAINT c CHECK (x < 2))",
      expected: ["rows of t violate: check (x < 2): 2", "rows of t violate: unique (y): 2"],
      renames: Renames(columns: ["t": ["x": "b", "y": "a"]])),
    Rule(
      before: """
        CREATE TABLE p (id int PRIMARY KEY); INSERT INTO p VALUES (1);
        CREATE TABLE t (a int, b varchar(9)); INSERT INTO t VALUES (1, 'x'), (2, 'yy')
        """,
      after: """
        CREATE TABLE q (key int PRIMARY KEY);
        CREATE TABLE u (c int CONSTRAINT f REFERENCES q, b varchar(1), n int DEFAULT 7 CONSTRAINT v UNIQUE)
        """,
      expected: [
        "rows of u violate: foreign key (c) references q (key): 1", "u.b holds values that do not fit VARCHAR(1): 1",
        "rows of u violate: unique (n): 2",
      ],
      renames: Renames(tables: ["q": "p", "u": "t"], columns: ["q": ["key": "id"], "u": ["c": "a"]])),
    Rule(
      before: "CREATE TYPE e AS ENUM ('x', 'y'); CREATE TABLE t (a e); INSERT INTO t VALUES ('x'), ('y'), ('y')",
      after: "CREATE TYPE e AS ENUM ('x'); CREATE TABLE t (b e)", expected: ["t.b holds `y`: 2"],
      renames: Renames(columns: ["t": ["b": "a"]])),
  ])
  func rowsThatViolateARuleAreCounted(rule: Rule) throws {
    for isOnline in [true, false] {
      let migration = try Migration(
        from: rule.before, to: rule.after, renames: rule.renames, isOnline: isOnline)
      let found = try migration.upgradeSections().flatMap(\.statements).flatMap(\.preconditions).compactMap {
        condition -> String? in
        let count = try migration.live.rows("SELECT \(condition.count)")[0]
        return count == "0" ? nil : "\(condition.message): \(count)"
      }
      let message = found.map { $0.replacing("pk", with: "primary key") }
      #expect(Set(message.filter { !$0.contains("holds NULL") }) == Set(rule.expected))
    }
  }
}

import MetaxyPostgreSQL
import MetaxyRuntime
import MetaxyTestSupport
import Testing

/// The rows that violate a new rule are counted before the revision, as they will be after it.
@Suite(.timed) struct RowConditionTests {
  struct Rule: Sendable, CustomTestStringConvertible {
    var before: String
    var after: String
    /// The condition that rows violate, with their number; nil for one that none violates.
    var expected: [String]
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
  ])
  func rowsThatViolateARuleAreCounted(rule: Rule) throws {
    for isOnline in [true, false] {
      let migration = try Migration(from: rule.before, to: rule.after, isOnline: isOnline)
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

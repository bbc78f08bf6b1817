import MetaxyPostgreSQL
import MetaxySQL
import Testing

/// Which statements can run on a part of their rows, and how.
@Suite struct BatchedUpdateTests {
  private func update(_ sql: String) throws -> BatchedUpdate? {
    BatchedUpdate(try SQLTokenizer.tokens(of: sql, lexicon: .postgresql))
  }

  @Test(arguments: [
    (
      "UPDATE t SET a = 1 WHERE a IS NULL OR b IS NULL", "t",
      "UPDATE t SET a = 1 WHERE (a IS NULL OR b IS NULL) AND n < 5"
    ),
    (
      "update only s.\"T\" as x set a = (SELECT 1 FROM u WHERE u.a = x.a), b = 2\nwhere x.a is distinct from 3 -- rest",
      "only s.\"T\" as x",
      "update only s.\"T\" as x set a = (SELECT 1 FROM u WHERE u.a = x.a), b = 2\nwhere (x.a is distinct from 3) AND n < 5"
    ),
  ])
  func aConditionIsAddedToTheWholeOne(sql: String, target: String, limited: String) throws {
    let update = try #require(try update(sql))
    #expect(update.target == target)
    #expect(update.limited(to: "n < 5") == limited)
  }

  @Test(arguments: [
    "UPDATE t SET a = 1", "DELETE FROM t WHERE a IS NULL", "UPDATE t SET a = u.a FROM u WHERE u.b = t.b",
    "UPDATE t SET a = 1 WHERE a IS NULL RETURNING a", "UPDATE t SET a = 1 WHERE a IS NULL ORDER BY a LIMIT 5",
    "UPDATE OR IGNORE t SET a = 1 WHERE a IS NULL", "WITH u AS (SELECT 1) UPDATE t SET a = 1 WHERE a IS NULL",
    "UPDATE t SET a = 1 WHERE CURRENT OF c",
  ])
  func anyOtherStatementHasNoBatches(sql: String) throws {
    #expect(try update(sql) == nil)
  }
}

import Foundation
import MetaxyErrors
import MetaxyMigrationErrors
import MetaxyTestSupport
import Testing

/// What Alembic does between two schemas, where it is right, and what it should do elsewhere: found, done, undone.
@Suite(.timed) struct AutogenerateScenarioTests {
  static let scenarios = Scenario.group("autogenerate")

  /// The targets that SQL alone cannot express.
  private static let targets = [
    // The model of this one was renamed.
    "AG-029-sqlite":
      "CREATE TABLE new_name ( -- @renamed from=old_name\nid INTEGER NOT NULL PRIMARY KEY, a VARCHAR(10))",
    // The model has more than is compared.
    "AG-119-sqlite": "CREATE TABLE a (id INTEGER, street INTEGER, user_id INTEGER); CREATE TABLE item (id INTEGER)",
  ]
  private static let ignored = ["AG-119-sqlite": ["a.street", "item"], "AG-126-sqlite": ["r"]]
  /// The scenarios whose rows violate the target, with the message.
  private static let refused = [
    "AG-027-sqlite": "has no value for a",
    "AG-136-sqlite": "t.a holds values that do not fit VARCHAR(3), in 1 row",
    "AG-137-sqlite": "t.a holds NULL, in 1 row",
  ]

  @Test func allScenariosAreThere() {
    #expect(Self.scenarios.count == 52)
  }

  @Test(arguments: scenarios)
  func scenario(_ scenario: Scenario) throws {
    let expected = try #require(scenario.spelling)
    let sql = try #require(scenario.targetSQL).joined(separator: ";\n")
    let project = try ScenarioProject(
      start: scenario.startSQL + (scenario.startData ?? []), target: Self.targets[scenario.id] ?? sql,
      ignore: Self.ignored[scenario.id] ?? [])
    let before = try project.snapshot("before.db")
    #expect(try project.differences() == expected)
    if let reason = Self.refused[scenario.id] {
      let error = #expect(throws: MetaxyError.self) { try project.autogenerate() }
      #expect(error?.code == .existingRowsViolate)
      #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
      return
    }
    guard let revision = try project.autogenerate() else {
      #expect(expected == [])
      return
    }
    #expect(revision.operations == expected)
    try project.upgrade()
    let after = try project.snapshot("after.db")
    #expect(try project.autogenerate()?.operations == nil)
    try project.downgrade()
    let lines = try SQLiteSignature.lines(of: [before, after, project.path("a.db"), project.fresh(sql)])
    #expect(lines[1] == lines[3], "the upgrade leads elsewhere")
    #expect(lines[2] == lines[0], "the downgrade leads elsewhere")
  }
}

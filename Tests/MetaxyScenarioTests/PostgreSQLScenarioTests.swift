import Foundation
import MetaxyTestSupport
import Testing

/// What Alembic does between two schemas on PostgreSQL, where it is right, and what it should do elsewhere: found, done and
/// undone by the built command on a server.
@Suite(.timed) struct PostgreSQLScenarioTests {
  private static let scenarios = Scenario.group("autogenerate", on: "pg")

  /// The targets that SQL alone cannot express.
  private static let targets = [
    // The model of this one was renamed.
    "AG-029-pg":
      "CREATE TABLE new_name ( -- @renamed from=old_name\nid INTEGER NOT NULL PRIMARY KEY, a VARCHAR(10))",
    // The model has more than is compared.
    "AG-119-pg": "CREATE TABLE a (id INTEGER, street INTEGER, user_id INTEGER); CREATE TABLE item (id INTEGER)",
  ]
  private static let ignored = ["AG-119-pg": ["a.street", "item"], "AG-126-pg": ["r"]]
  /// The scenarios whose rows violate the target, with the message.
  private static let refused = [
    "AG-027-pg": "has no value for a",
    "AG-136-pg": "t.a holds values that do not fit VARCHAR(3), in 1 row",
    "AG-137-pg": "t.a holds NULL, in 1 row",
  ]

  /// Generated names whose origin has another name since.
  private static let derivedNames = ["AG-029-pg": ("old_name_pkey", "new_name_pkey")]

  private func named(_ catalog: [String], _ scenario: Scenario) -> [String] {
    guard let (old, new) = Self.derivedNames[scenario.id] else { return catalog }
    return catalog.map { $0.replacingOccurrences(of: old, with: new) }
  }

  @Test func allScenariosAreThere() {
    #expect(Self.scenarios.count == 74)
    #expect(
      Set(Self.scenarios.map(\.id)).isSuperset(
        of: [
          Array(Self.targets.keys), Array(Self.ignored.keys), Array(Self.refused.keys),
        ].joined()))
  }

  @Test(arguments: scenarios)
  func scenario(_ scenario: Scenario) throws {
    let expected = try #require(scenario.expected).map(Self.spelling)
    let project = try ServerProject(
      scenario, target: Self.targets[scenario.id], ignore: Self.ignored[scenario.id] ?? [])
    let before = try project.catalog()
    if let reason = Self.refused[scenario.id] {
      #expect(try project.differences() == expected)
      let run = try project.run("revision --autogenerate", status: 1)
      #expect(run.errors.contains(reason), "\(run.errors)")
      return
    }
    // To Alembic an enum type comes with the table that has it, and a generated name stays when its table is renamed.
    let renamesTable = expected.contains { $0.hasPrefix("rename_table ") }
    let ownOperations = ["add_enum "] + (renamesTable ? ["rename_constraint ", "rename_index "] : [])
    #expect(
      try project.autogenerate().filter { found in !ownOperations.contains { found.hasPrefix($0) } } == expected)
    guard expected != [] else { return }
    try project.run("upgrade --allow-destructive")
    #expect(try project.differences() == [])
    #expect(
      try named(project.catalog(), scenario) == ServerProject.catalog(of: scenario), "the upgrade leads elsewhere")
    try project.run("downgrade base --allow-destructive")
    #expect(try project.catalog() == before, "the downgrade leads elsewhere")
  }

  /// Returns the spelling that `metaxy` uses on PostgreSQL for a scenario's expectation: unnamed objects get the
  /// server's generated name.
  /// https://github.com/postgres/postgres/blob/REL_15_STABLE/src/backend/commands/indexcmds.c
  private static func spelling(_ expected: String) -> String {
    let words = expected.split(separator: " ").map(String.init)
    let columns = expected.drop { $0 != "(" }.dropFirst().prefix { $0 != ")" }.split(separator: ",")
    switch words[0] {
    case "add_fk" where words[1] == "None":
      return "add_fk \((words[3...3] + columns.map(String.init)).joined(separator: "_"))_fkey"
    case "remove_primary_key": return "remove_primary_key \(words[2])_pkey"
    case "rename_constraint": return "rename_constraint \(words[3])"
    case "add_enum_value": return expected
    default: return Scenario.spelling(expected)
    }
  }
}

/// A database on the tests' server, and a project whose only entrypoint is a file of SQL.
private struct ServerProject {
  private let project: BuiltProject
  private let url: String

  init(_ scenario: Scenario, target: String? = nil, ignore: [String] = []) throws {
    url = try PostgreSQLCluster.shared().database()
    _ = try PostgreSQLCluster.shared().query(
      (scenario.startSQL + (scenario.startData ?? [])).joined(separator: ";\n"), at: url)
    project = try BuiltProject(
      """
      project = "scenarios"
      entrypoints = ["app.sql"]

      [ext.sqlmodel]
      enable = false

      [ext.migrations]
      unmanaged_tables = "drop"
      ignore = [\(ignore.map { "\"\($0)\"" }.joined(separator: ", "))]

      [ext.migrations.stores.dev]
      url = "\(url)"
      """)
    try project.write(target ?? (scenario.targetSQL ?? []).joined(separator: ";\n"), to: "app.sql")
  }

  @discardableResult
  func run(_ words: String, status: Int32 = 0) throws -> ChildProcess {
    let run = try project.run(words)
    try #require(run.status == status, "metaxy \(words): \(run.output)\(run.errors)")
    return run
  }

  func differences() throws -> [String] {
    struct Answer: Decodable {
      struct Difference: Decodable { var operation: String }
      var differences: [Difference]
    }
    let run = try project.run("check --format json")
    let answer = try JSONDecoder().decode(Answer.self, from: Data(run.output.utf8))
    #expect(run.status == (answer.differences.isEmpty ? 0 : 2), "\(run.errors)")
    return answer.differences.map(\.operation)
  }

  /// The operations of the revision that was written.
  func autogenerate() throws -> [String] {
    struct Answer: Decodable { var operations: [String] }
    let run = try run("revision --autogenerate -m scenario --format json")
    return try JSONDecoder().decode(Answer.self, from: Data(run.output.utf8)).operations
  }

  func catalog() throws -> [String] { try Self.catalog(at: url) }

  /// The catalog of a database of its own with a scenario's target.
  static func catalog(of scenario: Scenario) throws -> [String] {
    let cluster = try PostgreSQLCluster.shared()
    let url = try cluster.database()
    _ = try cluster.query((scenario.targetSQL ?? []).joined(separator: ";\n"), at: url)
    return try catalog(at: url)
  }

  /// Returns everything except metaxy's version and log tables.
  private static func catalog(at url: String) throws -> [String] {
    try PostgreSQLSignature.lines(at: url).filter { !$0.contains("alembic_version") }
  }
}

import MetaxyTestSupport
import Testing

/// Kills the upgrade of one revision at each statement, and compares what follows with runs that nothing interrupted.
struct CrashMatrix {
  private let project: CrashProject
  private(set) var kills = 0
  private(set) var returns = 0
  private var random = SplitMix64(seed: 12)
  private let usualKills: Int

  /// - Parameter usualKills: the number of statements before which the usual size kills an upgrade.
  init(_ project: CrashProject, usualKills: Int = 1) {
    self.project = project
    self.usualKills = usualKills
  }

  var report: String {
    "\(kills) kills, each followed by an upgrade and by a downgrade, \(returns) of those killed too"
  }

  /// - Parameters:
  ///   - name: the revision to upgrade to.
  ///   - parent: the revision of the database.
  mutating func run(_ name: String, after parent: String, _ what: String, from database: String) throws {
    let before = try project.content(of: database)
    let whole = try project.upgraded(database)
    let after = try project.content(of: whole)
    try project.require("downgrade \(parent) --allow-destructive", on: whole)
    let reverted = try project.content(of: whole)
    try project.drop(whole)
    for statement in try statements(from: database) {
      let killed = try project.copy(of: database)
      let run = try project.run("upgrade --allow-destructive", on: killed, killedAt: statement)
      try #require(run.status == 137, "\(what), statement \(statement): \(run.output)\(run.errors)")
      kills += 1
      let place = "\(what), killed before statement \(statement)"
      try requireBack(to: parent, from: killed, [before, reverted], place)
      try requireForward(to: name, from: killed, after, place)
      try project.drop(killed)
    }
  }

  /// The number of statements that the upgrade executes.
  private func statementCount(from database: String) throws -> Int {
    var (low, high) = (1, 16)
    while try isKilled(at: high, from: database) { (low, high) = (high, high * 2) }
    while high - low > 1 {
      let middle = (low + high) / 2
      if try isKilled(at: middle, from: database) { low = middle } else { high = middle }
    }
    return low
  }

  private func isKilled(at statement: Int, from database: String) throws -> Bool {
    let copy = try project.copy(of: database)
    let run = try project.run("upgrade --allow-destructive", on: copy, killedAt: statement)
    try project.drop(copy)
    try #require(run.status == 137 || run.status == 0, "\(run.output)\(run.errors)")
    return run.status == 137
  }

  /// The statements before which the upgrade is killed: all of them, or a few at random.
  private mutating func statements(from database: String) throws -> [Int] {
    guard !TestSize.isLong else { return Array(1...(try statementCount(from: database))) }
    var statements: Set<Int> = []
    while statements.count < usualKills {
      var statement = Int.random(in: 8...24, using: &random)
      while try statement > 1 && !isKilled(at: statement, from: database) { statement /= 2 }
      statements.insert(statement)
    }
    return statements.sorted()
  }

  private func requireForward(
    to name: String, from killed: String, _ expected: CrashContent, _ place: String
  ) throws {
    let run = try project.run("upgrade --allow-destructive", on: killed)
    #expect(run.status == 0, "\(place): upgrade: \(run.output)\(run.errors)")
    let found = try project.content(of: killed)
    #expect(found == expected, "\(place): upgrade: \(found.difference(from: expected))")
    #expect(try project.version(of: killed) == [name], "\(place): upgrade")
  }

  /// Requires that a downgrade undoes what ran, also if it is killed itself. A column that was dropped and comes back has no
  /// values, as after an uninterrupted downgrade.
  private mutating func requireBack(
    to parent: String, from killed: String, _ expected: [CrashContent], _ place: String
  ) throws {
    let copy = try project.copy(of: killed)
    var place = place
    if returns < kills / 3 {
      let statement = Int.random(in: 1...24, using: &random)
      let run = try project.run("downgrade \(parent) --allow-destructive", on: copy, killedAt: statement)
      try #require(run.status == 137 || run.status == 0, "\(place): downgrade: \(run.output)\(run.errors)")
      if run.status == 137 {
        returns += 1
        place += ", and the downgrade before statement \(statement)"
      }
    }
    let run = try project.run("downgrade \(parent) --allow-destructive", on: copy)
    #expect(run.status == 0, "\(place): downgrade: \(run.output)\(run.errors)")
    let found = try project.content(of: copy)
    #expect(
      expected.contains { Set($0.catalog) == Set(found.catalog) } && expected.contains { $0.rows == found.rows },
      "\(place): downgrade: \(found.difference(from: expected[0]))")
    #expect(try project.version(of: copy) == [parent], "\(place): downgrade")
    // The revision can be applied again.
    let again = try project.run("upgrade --allow-destructive", on: copy)
    #expect(again.status == 0, "\(place): upgrade after the downgrade: \(again.output)\(again.errors)")
    try project.drop(copy)
  }
}

import MetaxyTestSupport
import Testing

/// SIGKILL at random statements of runs over a history with branches, up and down: never stuck, never twice.
///
/// The usual size is a dozen kills; `METAXY_TEST_LONG` makes 500 on each engine, over 200 revisions.
@Suite(.timed, .serialized) struct RandomKillTests {
  @Test(arguments: Engine.allCases) func runsOverBranchesEndWhereUninterruptedOnesDo(_ engine: Engine) throws {
    var random = SplitMix64(seed: 1976)
    let project = try CrashProject(on: engine)
    try project.write(FeatureChange.source)
    let count = TestSize.count(8, long: 200)
    let heads = try project.writeBranches(count, &random)
    let empty = try project.database()
    _ = try project.rows(RandomRevision.start(count), on: empty)
    let base = try project.content(of: empty)
    let whole = try project.copy(of: empty)
    try project.require("upgrade heads --allow-destructive", on: whole)
    let expected = try project.content(of: whole)
    #expect(try project.version(of: whole) == heads.sorted())
    var kills = 0
    var turns = 0
    let wanted = TestSize.count(12, long: 500)
    while kills < wanted {
      // A run that is killed in one direction is followed by one in either.
      let isUp = Int.random(in: 0..<4, using: &random) > 0
      let command = isUp ? "upgrade heads --allow-destructive" : "downgrade base --allow-destructive"
      let statement = Int.random(in: 1...(isUp ? 100 : 50), using: &random)
      let run = try project.run(command, on: empty, killedAt: statement)
      try #require(run.status == 137 || run.status == 0, "\(command): \(run.output)\(run.errors)")
      if run.status == 137 { kills += 1 } else { turns += 1 }
    }
    try project.require("upgrade heads --allow-destructive", on: empty)
    let upgraded = try project.content(of: empty)
    #expect(upgraded == expected, "\(upgraded.difference(from: expected))")
    #expect(try project.rows("SELECT place FROM marks GROUP BY place HAVING count(*) <> 1", on: empty) == [])
    #expect(try project.rows(RandomRevision.wrongRows, on: empty) == [])
    let runs = try project.loggedRuns(of: empty)
    let faults = LoggedRun.faults(in: runs, unlike: try project.loggedRuns(of: whole))
    #expect(faults == [], "\(faults)")
    let amongBatches = runs.count { !$0.isFinished && $0.hasPosition }
    #expect(amongBatches > 0)
    try project.require("downgrade base --allow-destructive", on: empty)
    let reverted = try project.content(of: empty)
    #expect(reverted == base, "\(reverted.difference(from: base))")
    print(
      "random kills, \(engine): \(kills) over \(count) revisions, \(amongBatches) of them among batches,"
        + " \(turns) runs that were not killed")
  }
}

/// A revision with all kinds of sections: with and without a transaction, and in batches.
private struct RandomRevision {
  static let rows = 20

  let name: String
  let engine: Engine

  init(_ number: Int, _ engine: Engine) {
    name = Self.name(number)
    self.engine = engine
  }

  static func name(_ number: Int) -> String { "r\(String(1000 + number).dropFirst())" }

  /// The tables before all revisions: each revision sets its own rows of `fills`.
  static func start(_ count: Int) -> String {
    let values = (0..<count).flatMap { number in (1...rows).map { "('\(name(number))', \($0))" } }
    return """
      CREATE TABLE marks (place VARCHAR);
      CREATE TABLE fills (revision VARCHAR, n INTEGER, filled INTEGER, times INTEGER NOT NULL DEFAULT 0);
      INSERT INTO fills (revision, n) VALUES \(values.joined(separator: ", "));
      """
  }

  /// The rows that were not set exactly once.
  static let wrongRows =
    "SELECT revision, n, filled, times FROM fills WHERE filled IS NULL OR filled <> n * 3 OR times <> 1"

  /// - Parameter place: the number of sections before the one in batches.
  func sections(withBatchesAt place: Int) -> String {
    let concurrently = engine == .postgresql ? "CONCURRENTLY" : ""
    var up = [
      """
      -- metaxy:upgrade
      INSERT INTO marks VALUES ('\(name)');
      CREATE TABLE t_\(name) (x INTEGER);
      """,
      """
      -- metaxy:upgrade transaction:false
      CREATE INDEX \(concurrently) ix_\(name) ON t_\(name) (x);
      """,
      """
      -- metaxy:upgrade
      CREATE TABLE s_\(name) AS SELECT 1 AS x;
      """,
    ]
    var down = [
      """
      -- metaxy:downgrade
      DROP TABLE t_\(name);
      DELETE FROM marks WHERE place = '\(name)';
      """,
      """
      -- metaxy:downgrade transaction:false
      DROP INDEX \(concurrently) ix_\(name);
      """,
      """
      -- metaxy:downgrade
      DROP TABLE s_\(name);
      """,
    ]
    up.insert(
      """
      -- metaxy:upgrade batch:6
      UPDATE fills SET filled = n * 3, times = times + 1 WHERE revision = '\(name)' AND filled IS NULL;
      """, at: place)
    down.insert(
      """
      -- metaxy:downgrade batch:7
      UPDATE fills SET filled = NULL, times = times - 1 WHERE revision = '\(name)' AND filled IS NOT NULL;
      """, at: place)
    return (up + down.reversed()).joined(separator: "\n\n")
  }
}

extension CrashProject {
  /// Writes revisions with all kinds of sections that branch and merge at random, and returns the heads.
  fileprivate func writeBranches(_ count: Int, _ random: inout SplitMix64) throws -> Set<String> {
    var heads: Set<String> = []
    for number in 0..<count {
      let one = RandomRevision(number, engine)
      var parents: [String] = number == 0 ? [] : [heads.sorted().randomElement(using: &random) ?? ""]
      switch Int.random(in: 0..<6, using: &random) {
      case 0 where number > 1: parents = [RandomRevision.name(Int.random(in: 0..<number, using: &random))]
      case 1 where heads.count > 1: parents = Array(heads.sorted().prefix(2))
      default: break
      }
      heads.subtract(parents)
      heads.insert(one.name)
      let place = Int.random(in: 0...3, using: &random)
      try revision(one.name, after: parents.joined(separator: ", "), one.sections(withBatchesAt: place))
    }
    return heads
  }

  /// The entries of the log, in their order.
  fileprivate func loggedRuns(of database: String) throws -> [LoggedRun] {
    let lines = try rows(
      """
      SELECT revision, direction, CASE WHEN finished_at IS NULL THEN 0 ELSE 1 END, section, statement,
        CASE WHEN position IS NULL THEN 0 ELSE 1 END, rows_changed
      FROM alembic_version_log ORDER BY id
      """, on: database)
    return try lines.map { line in
      let values = line.split(separator: "|").map(String.init)
      return LoggedRun(
        revision: values[0], direction: values[1], isFinished: values[2] == "1", section: try #require(Int(values[3])),
        statement: try #require(Int(values[4])), hasPosition: values[5] == "1", rows: try #require(Int(values[6])))
    }
  }
}

/// An entry of the log.
private struct LoggedRun {
  var revision: String
  var direction: String
  var isFinished: Bool
  var section: Int
  var statement: Int
  var hasPosition: Bool
  var rows: Int

  private var hasProgress: Bool { section > 0 || statement > 0 || hasPosition }

  /// What is wrong with the log of interrupted runs that ended with all revisions applied.
  ///
  /// - Parameter whole: the log of uninterrupted runs, whose revisions change as many rows.
  static func faults(in runs: [LoggedRun], unlike whole: [LoggedRun]) -> [String] {
    let own = Dictionary(grouping: runs, by: \.revision)
    return whole.flatMap { faults(in: own[$0.revision] ?? [], of: $0.revision, changing: $0.rows) }
  }

  /// A run that is finished is applied or reverted; one that is not is resumed by the next one, or undone.
  private static func faults(in runs: [LoggedRun], of revision: String, changing rows: Int) -> [String] {
    var faults: [String] = []
    var isApplied = false
    /// The direction of a run that is half-applied, and the rows that it has changed.
    var begun: (direction: String, rows: Int)?
    for run in runs {
      if let begun, run.direction != begun.direction, run.direction != "undo" {
        faults.append("\(revision): \(run.direction) after half of a run: \(begun.direction)")
      }
      guard run.isFinished else {
        if run.hasProgress, run.direction != "undo" {
          begun = (run.direction, run.rows + (begun?.rows ?? 0))
        }
        continue
      }
      if run.hasPosition || run.statement != 0 || run.section != 4 { faults.append("\(revision): finished at \(run)") }
      switch run.direction {
      case "undo":
        if begun == nil { faults.append("\(revision): undone without a run") }
      case "upgrade", "downgrade":
        if (run.direction == "upgrade") == isApplied { faults.append("\(revision): \(run.direction) twice") }
        isApplied = run.direction == "upgrade"
        let changed = run.rows + (begun?.rows ?? 0)
        if isApplied, changed != rows { faults.append("\(revision): \(changed) rows changed instead of \(rows)") }
      default: faults.append("\(revision): \(run.direction)")
      }
      begun = nil
    }
    if !isApplied || begun != nil { faults.append("\(revision): not applied at the end") }
    return faults
  }
}

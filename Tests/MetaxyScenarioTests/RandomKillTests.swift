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
    _ = try project.rows("CREATE TABLE marks (place VARCHAR)", on: empty)
    let base = try project.content(of: empty)
    let whole = try project.copy(of: empty)
    try project.require("upgrade heads", on: whole)
    let expected = try project.content(of: whole)
    #expect(try project.version(of: whole) == heads.sorted())
    var kills = 0
    var turns = 0
    let wanted = TestSize.count(12, long: 500)
    while kills < wanted {
      // A run that is killed in one direction is followed by one in either.
      let isUp = Int.random(in: 0..<4, using: &random) > 0
      let command = isUp ? "upgrade heads --allow-destructive" : "downgrade base --allow-destructive"
      let statement = Int.random(in: 1...(isUp ? 60 : 30), using: &random)
      let run = try project.run(command, on: empty, killedAt: statement)
      try #require(run.status == 137 || run.status == 0, "\(command): \(run.output)\(run.errors)")
      if run.status == 137 { kills += 1 } else { turns += 1 }
    }
    try project.require("upgrade heads --allow-destructive", on: empty)
    let upgraded = try project.content(of: empty)
    #expect(upgraded == expected, "\(upgraded.difference(from: expected))")
    #expect(try project.rows("SELECT place FROM marks GROUP BY place HAVING count(*) <> 1", on: empty) == [])
    try project.require("downgrade base --allow-destructive", on: empty)
    let reverted = try project.content(of: empty)
    #expect(reverted == base, "\(reverted.difference(from: base))")
    print("random kills, \(engine): \(kills) over \(count) revisions, \(turns) runs that were not killed")
  }
}

extension CrashProject {
  /// Writes revisions in both transaction modes that branch and merge at random, and returns the heads.
  fileprivate func writeBranches(_ count: Int, _ random: inout SplitMix64) throws -> Set<String> {
    let concurrently = engine == .postgresql ? "CONCURRENTLY" : ""
    var heads: Set<String> = []
    for number in 0..<count {
      let name = "r\(String(1000 + number).dropFirst())"
      var parents: [String] = number == 0 ? [] : [heads.sorted().randomElement(using: &random) ?? ""]
      switch Int.random(in: 0..<6, using: &random) {
      case 0 where number > 1: parents = ["r\(String(1000 + Int.random(in: 0..<number, using: &random)).dropFirst())"]
      case 1 where heads.count > 1: parents = Array(heads.sorted().prefix(2))
      default: break
      }
      heads.subtract(parents)
      heads.insert(name)
      try revision(
        name, after: parents.joined(separator: ", "),
        """
        -- metaxy:upgrade
        INSERT INTO marks VALUES ('\(name)');
        CREATE TABLE t_\(name) (x INTEGER);

        -- metaxy:upgrade transaction:false
        CREATE INDEX \(concurrently) ix_\(name) ON t_\(name) (x);

        -- metaxy:upgrade
        CREATE TABLE s_\(name) AS SELECT 1 AS x;

        -- metaxy:downgrade
        DROP TABLE s_\(name);

        -- metaxy:downgrade transaction:false
        DROP INDEX \(concurrently) ix_\(name);

        -- metaxy:downgrade
        DROP TABLE t_\(name);
        DELETE FROM marks WHERE place = '\(name)';
        """)
    }
    return heads
  }
}

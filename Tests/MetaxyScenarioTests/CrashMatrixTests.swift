import MetaxyTestSupport
import Testing

/// SIGKILL before every statement of an upgrade: `upgrade` then finishes it, and `downgrade` undoes it.
///
/// The usual size tries a few statements of changes of constraints; `METAXY_TEST_LONG` tries all statements of all changes.
@Suite(.timed, .serialized) struct CrashMatrixTests {
  private static let subjects = TestSize.isLong ? FeatureChange.all.keys.sorted() : ["constraints"]

  @Test(arguments: Engine.allCases, subjects)
  func everyKindOfChange(_ engine: Engine, _ subject: String) throws {
    let project = try CrashProject(on: engine)
    var database = try project.database()
    if engine == .postgresql { _ = try project.rows("CREATE COLLATION \"NOCASE\" FROM \"C\"", on: database) }
    var source = FeatureChange.source
    try project.write(source)
    try project.require("revision --autogenerate --rev-id r0 -m start", on: database)
    try project.require("upgrade", on: database)
    _ = try project.rows(FeatureChange.rows, on: database)
    var matrix = CrashMatrix(project)
    var last = 0
    for (place, change) in try #require(FeatureChange.all[subject]).enumerated() {
      for edit in change.edits { source = source.replacing(edit.old, with: edit.new) }
      try project.write(source)
      let name = "r\(last + 1)"
      let written = try project.require("revision --autogenerate --no-rename --rev-id \(name) -m change", on: database)
      // A change that this engine does not see has no revision.
      guard written.contains("created") else { continue }
      if TestSize.isLong || place % 5 == 2 {
        try matrix.run(name, after: "r\(last)", change.what, from: database)
      }
      database = try project.upgraded(database)
      last += 1
    }
    print("crash matrix, \(engine), \(subject): \(matrix.report)")
    #expect(matrix.kills > 0)
  }

  @Test(arguments: Engine.allCases) func sectionsWrittenByHand(_ engine: Engine) throws {
    let project = try CrashProject(on: engine)
    let database = try project.database()
    try project.write(FeatureChange.source)
    let concurrently = engine == .postgresql ? "CONCURRENTLY" : ""
    try project.revision(
      "r0", after: "",
      """
      -- metaxy:upgrade
      CREATE TABLE marks (place VARCHAR);
      CREATE TABLE video (id INTEGER NOT NULL, path VARCHAR);
      INSERT INTO video VALUES (1, 'a'), (2, 'b');

      -- metaxy:downgrade
      DROP TABLE video;
      DROP TABLE marks;
      """)
    try project.revision(
      "r1", after: "r0",
      """
      -- metaxy:upgrade
      INSERT INTO marks VALUES ('first');
      ALTER TABLE video ADD COLUMN size INTEGER;

      -- metaxy:upgrade transaction:false
      CREATE INDEX \(concurrently) ix_size ON video (size);
      CREATE UNIQUE INDEX \(concurrently) uq_path ON video (path);
      ANALYZE;

      -- metaxy:upgrade
      UPDATE video SET size = id * 10;
      ALTER TABLE video RENAME TO movie;
      CREATE TABLE copied AS SELECT * FROM movie;

      -- metaxy:upgrade
      INSERT INTO marks VALUES ('last');

      -- metaxy:downgrade
      DELETE FROM marks WHERE place = 'last';

      -- metaxy:downgrade
      DROP TABLE copied;
      ALTER TABLE movie RENAME TO video;

      -- metaxy:downgrade transaction:false
      DROP INDEX \(concurrently) uq_path;
      DROP INDEX \(concurrently) ix_size;

      -- metaxy:downgrade
      ALTER TABLE video DROP COLUMN size;
      DELETE FROM marks;
      """)
    try project.require("upgrade r0", on: database)
    var matrix = CrashMatrix(project)
    try matrix.run("r1", after: "r0", "sections written by hand", from: database)
    print("crash matrix, \(engine), sections written by hand: \(matrix.report)")
    #expect(matrix.kills > 0)
  }

  /// A row that a batch changed twice has another number in `times`.
  @Test(arguments: Engine.allCases) func sectionsInBatches(_ engine: Engine) throws {
    let project = try CrashProject(on: engine)
    let database = try project.database()
    try project.write(FeatureChange.source)
    let rows = (1...10).map { "(\($0))" }.joined(separator: ", ")
    try project.revision(
      "r0", after: "",
      """
      -- metaxy:upgrade
      CREATE TABLE marks (place VARCHAR);
      CREATE TABLE video (id INTEGER NOT NULL, size INTEGER, times INTEGER NOT NULL DEFAULT 0);
      INSERT INTO video (id) VALUES \(rows);

      -- metaxy:downgrade
      DROP TABLE video;
      DROP TABLE marks;
      """)
    try project.revision(
      "r1", after: "r0",
      """
      -- metaxy:upgrade batch:4
      UPDATE video SET size = id * 10, times = times + 1 WHERE size IS NULL;

      -- metaxy:upgrade
      INSERT INTO marks VALUES ('middle');
      CREATE TABLE copied AS SELECT * FROM video;

      -- metaxy:upgrade batch:3
      UPDATE copied SET size = size + 1, times = times + 1 WHERE size % 10 = 0;

      -- metaxy:downgrade batch:3
      UPDATE copied SET size = size - 1, times = times - 1 WHERE size % 10 = 1;

      -- metaxy:downgrade
      DROP TABLE copied;
      DELETE FROM marks WHERE place = 'middle';

      -- metaxy:downgrade batch:4
      UPDATE video SET size = NULL, times = times - 1 WHERE size IS NOT NULL;
      """)
    try project.require("upgrade r0", on: database)
    let upgraded = try project.upgraded(database)
    let filled = "SELECT sum(size), min(times), max(times) FROM"
    #expect(try project.rows("\(filled) video", on: upgraded) == ["550|1|1"])
    #expect(try project.rows("\(filled) copied", on: upgraded) == ["560|2|2"])
    var matrix = CrashMatrix(project, usualKills: 4)
    try matrix.run("r1", after: "r0", "sections in batches", from: database)
    print("crash matrix, \(engine), sections in batches: \(matrix.report)")
    #expect(matrix.kills > 0)
  }
}

extension CrashProject {
  /// Runs a command that must succeed, and returns its answer.
  @discardableResult
  func require(_ words: String, on database: String) throws -> String {
    let run = try run(words, on: database)
    try #require(run.status == 0, "metaxy \(words): \(run.output)\(run.errors)")
    return run.output
  }

  /// A copy of a database at the head.
  func upgraded(_ database: String) throws -> String {
    let copy = try copy(of: database)
    try require("upgrade --allow-destructive", on: copy)
    return copy
  }
}

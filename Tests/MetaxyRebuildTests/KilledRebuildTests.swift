import Foundation
import MetaxyRevisions
import MetaxySQL
import MetaxyTestSupport
import Testing

/// SIGKILL to the built command before every single statement that it executes.
@Suite(.timed) struct KilledRebuildTests {
  /// A project whose database is to be rebuilt by the built command.
  private struct Project {
    let directory: String

    var file: DatabaseFile { DatabaseFile(path: "\(directory)/a.db") }

    init(_ rebuild: Rebuild) throws {
      directory = try TemporaryDirectory.untilExit()
      let versions = "\(directory)/migrations/versions"
      try FileManager.default.createDirectory(atPath: versions, withIntermediateDirectories: true)
      try rebuild.revision().rendered().write(toFile: "\(versions)/a.sql", atomically: true, encoding: .utf8)
      let settings = "[ext.migrations.stores.dev]\nurl = \"sqlite:///a.db\"\n"
      try settings.write(toFile: "\(directory)/metaxy.toml", atomically: true, encoding: .utf8)
      try FileManager.default.copyItem(atPath: rebuild.file.path, toPath: "\(directory)/a.db")
    }

    func copy() throws -> Project {
      let copy = Project(directory: "\(try TemporaryDirectory.untilExit())/copy")
      try FileManager.default.copyItem(atPath: directory, toPath: copy.directory)
      return copy
    }

    private init(directory: String) { self.directory = directory }

    func run(_ words: [String], killedAt statement: Int? = nil) throws -> ChildProcess {
      let variables = statement.map { ["METAXY_TEST_KILL_AT_STATEMENT": String($0)] } ?? [:]
      return try ChildProcess(
        [BuiltProgram.path(of: "metaxy")] + words, environment: ChildProcess.machine.merging(variables) { $1 },
        directory: directory)
    }

    /// Returns the whole catalog and all rows, except metaxy's version and log tables.
    func content() throws -> [[String?]] {
      try file.run(
        """
        SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE '%alembic%' ORDER BY 1, 2;
        SELECT * FROM video ORDER BY 1; SELECT * FROM crop ORDER BY 1; SELECT * FROM log;
        SELECT * FROM sqlite_sequence WHERE name NOT LIKE '%alembic%' ORDER BY 1;
        """)
    }

    /// Returns the catalog of the version and log tables, and the version.
    func books() throws -> [[String?]] {
      try file.run(
        "SELECT name, sql FROM sqlite_master WHERE name LIKE '%alembic%' ORDER BY 1; SELECT * FROM alembic_version")
    }
  }

  private static func schema(_ path: String) -> String {
    """
    CREATE TABLE video (id INTEGER PRIMARY KEY AUTOINCREMENT, path \(path) COLLATE NOCASE, CHECK (id > 0));
    CREATE INDEX by_path ON video (lower(path) DESC);
    CREATE TABLE crop (id INTEGER PRIMARY KEY, video INTEGER REFERENCES video (id) ON DELETE CASCADE);
    CREATE TABLE log (what TEXT);
    CREATE TRIGGER video_gone AFTER DELETE ON video BEGIN INSERT INTO log VALUES (old.path); END;
    CREATE VIEW recent AS SELECT path FROM video;
    """
  }

  private static func project() throws -> Project {
    let rows = """
      INSERT INTO video VALUES (1, 'a'), (2, 'b'), (9, 'c'); DELETE FROM video WHERE id = 9;
      INSERT INTO crop VALUES (1, 1), (2, 2);
      """
    return try Project(Rebuild(from: schema("TEXT") + rows, to: schema("TEXT NOT NULL")))
  }

  @Test func upgradeIsWholeOrNotAtAllAndTheNextOneFinishes() throws {
    let before = try Self.project()
    try expectWholeness(before, target: ["upgrade"])
  }

  @Test func downgradeIsWholeOrNotAtAllAndTheNextOneFinishes() throws {
    let before = try Self.project()
    #expect(try before.run(["upgrade"]).status == 0)
    try expectWholeness(before, target: ["downgrade", "base"])
  }

  private func expectWholeness(_ before: Project, target: [String]) throws {
    let finished = try before.copy()
    #expect(try finished.run(target).status == 0)
    let states = [try before.content(), try finished.content()]
    #expect(states[0] != states[1])
    var killed = 0
    for statement in 1...500 {
      let project = try before.copy()
      let run = try project.run(target, killedAt: statement)
      guard run.status != 0 else { break }
      killed += 1
      #expect(run.status == 128 + SIGKILL, "\(run.errors)")
      let content = try project.content()
      #expect(states.contains(content), "killed before statement \(statement)")
      #expect(try project.file.leftovers() == [], "killed before statement \(statement)")
      #expect(try project.file.run("PRAGMA integrity_check; PRAGMA foreign_key_check") == [["ok"]])

      // What was done before the kill is done; there is nothing left to go down to then.
      let next = try project.run(target)
      #expect(next.status == 0, "killed before statement \(statement): \(next.errors)")
      #expect(try project.content() == states[1], "killed before statement \(statement)")
      #expect(try project.books() == finished.books(), "killed before statement \(statement)")
    }
    // The statements of the section itself, and those around it.
    #expect(killed > 10 && killed < 500, "\(killed)")
  }
}

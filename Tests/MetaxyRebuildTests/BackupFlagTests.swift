import Foundation
import MetaxyTestSupport
import Testing

/// `--backup` of the built command.
@Suite(.timed) struct BackupFlagTests {
  private let directory: String
  private let file: DatabaseFile

  init() throws {
    directory = try TemporaryDirectory.untilExit()
    file = DatabaseFile(path: "\(directory)/a.db")
    let versions = "\(directory)/migrations/versions"
    try FileManager.default.createDirectory(atPath: versions, withIntermediateDirectories: true)
    try write("[ext.migrations.stores.dev]\nurl = \"sqlite:///a.db\"\n", to: "metaxy.toml")
    try write(
      """
      -- a
      --
      -- Revision: aaaa
      -- Revises:
      -- Created: 2026-11-22T10:07:31Z

      -- metaxy:upgrade sqlite
      CREATE TABLE video (id INTEGER PRIMARY KEY);
      INSERT INTO video VALUES (1);

      -- metaxy:downgrade sqlite
      DROP TABLE video;

      """, to: "migrations/versions/a.sql")
  }

  private func write(_ text: String, to name: String) throws {
    try text.write(toFile: "\(directory)/\(name)", atomically: true, encoding: .utf8)
  }

  private func metaxy(_ words: String...) throws -> ChildProcess {
    try ChildProcess([BuiltProgram.path(of: "metaxy")] + words, directory: directory)
  }

  private func backups() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0.contains("backup") }
  }

  @Test func databaseIsBackedUpBeforeItsFirstChange() throws {
    try file.run("CREATE TABLE other (id INTEGER)")
    let run = try metaxy("upgrade", "--backup")
    #expect(run.status == 0)
    let name = try #require(try backups().first)
    #expect(name.wholeMatch(of: /a\.db-base-\d{8}T\d{6}Z\.backup/) != nil)
    #expect(run.errors.contains("backed up to `\(name)`\nupgrade aaaa"))
    let tables = try DatabaseFile(path: "\(directory)/\(name)").run("SELECT name FROM sqlite_master")
    #expect(tables == [["other"]])
  }

  @Test func backupIsNamedAfterTheRevisionThatItHolds() throws {
    #expect(try metaxy("upgrade").status == 0)
    #expect(try metaxy("downgrade", "base", "--backup", "--allow-destructive").status == 0)
    let name = try #require(try backups().first)
    #expect(name.hasPrefix("a.db-aaaa-"))
    let backup = DatabaseFile(path: "\(directory)/\(name)")
    #expect(try backup.run("SELECT id FROM video; SELECT version_num FROM alembic_version") == [["1"], ["aaaa"]])
  }

  @Test func runWithNothingToDoOrThatIsRefusedOrOfANewDatabaseMakesNone() throws {
    #expect(try metaxy("upgrade", "--backup").status == 0)
    #expect(try metaxy("upgrade", "--backup").status == 0)
    let refused = try metaxy("downgrade", "base", "--backup")
    #expect(refused.status == 1)
    #expect(refused.errors.contains("this would lose data"))
    #expect(try backups() == [])
  }

  @Test func nothingIsDoneWithoutTheBackupThatWasAskedFor() throws {
    try file.run("CREATE TABLE other (id INTEGER)")
    // No longer than names may be, and with the backup's ending longer.
    let name = String(repeating: "a", count: 230)
    try FileManager.default.moveItem(atPath: file.path, toPath: "\(directory)/\(name)")
    try write("[ext.migrations.stores.dev]\nurl = \"sqlite:///\(name)\"\n", to: "metaxy.toml")
    let run = try metaxy("upgrade", "--backup")
    #expect(run.status == 1)
    #expect(run.errors.contains("error: cannot back the database up to `\(name)-base-"))
    #expect(try DatabaseFile(path: "\(directory)/\(name)").run("SELECT name FROM sqlite_master") == [["other"]])
  }
}

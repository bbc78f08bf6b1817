import Foundation
import MetaxyDatabase
import MetaxyErrors
import MetaxyMigrationErrors
import MetaxyRuntime
import MetaxySQLite
import MetaxyTestSupport
import Testing

/// Copies of the whole database, on real files.
@Suite(.timed) struct BackupTests {
  private let file: DatabaseFile
  private let directory: String
  private let database: SQLiteDatabase

  init() throws {
    directory = try TemporaryDirectory.untilExit()
    file = DatabaseFile(path: "\(directory)/a.db")
    try file.run("CREATE TABLE video (id INTEGER PRIMARY KEY, path TEXT); INSERT INTO video VALUES (1, 'a')")
    database = SQLiteDatabase(path: file.path, displayName: "data/a.db")
  }

  private func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: directory).sorted() }

  @Test func backupHoldsEverythingAndIsNamedAfterTheDatabase() throws {
    let displayText = try database.backUp(try database.openForWriting(), suffix: "-x.backup")
    #expect(displayText == "data/a.db-x.backup")
    #expect(try names() == ["a.db", "a.db-x.backup"])
    let copy = DatabaseFile(path: "\(file.path)-x.backup")
    #expect(try copy.catalog() == file.catalog())
    #expect(try copy.run("SELECT * FROM video") == [["1", "a"]])
  }

  @Test func whatIsOnlyInTheWriteAheadLogIsInTheBackup() throws {
    try file.run("PRAGMA journal_mode = WAL")
    let connection = try database.openForWriting()
    try connection.execute("INSERT INTO video VALUES (2, 'b')")
    _ = try database.backUp(connection, suffix: "-x.backup")
    #expect(try DatabaseFile(path: "\(file.path)-x.backup").value("SELECT count(*) FROM video") == "2")
  }

  @Test func fileThatStandsThereIsNeverOverwritten() throws {
    let connection = try database.openForWriting()
    _ = try database.backUp(connection, suffix: "-x.backup")
    try file.run("INSERT INTO video VALUES (2, 'b')")
    let error = #expect(throws: MetaxyError.self) { try database.backUp(connection, suffix: "-x.backup") }
    #expect(error?.code == .cannotBackUp)
    #expect(error?.wholeMessage.contains("file exists") ?? false)
    #expect(try DatabaseFile(path: "\(file.path)-x.backup").value("SELECT count(*) FROM video") == "1")
    #expect(try names() == ["a.db", "a.db-x.backup"])
  }

  @Test func backupMayBeReadByThoseWhoMayReadTheDatabase() throws {
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file.path)
    _ = try database.backUp(try database.openForWriting(), suffix: "-x.backup")
    let attributes = try FileManager.default.attributesOfItem(atPath: "\(file.path)-x.backup")
    #expect(attributes[.posixPermissions] as? Int == 0o640)
  }

  @Test func backupThatFailsLeavesNothingBehind() throws {
    let connection = try database.openForWriting()
    #expect { try database.backUp(connection, suffix: "/no/such/place.backup") } throws: {
      ($0 as? MetaxyError)?.code == .cannotBackUp
    }
    // Within a transaction there is no VACUUM.
    try connection.beginTransaction()
    let error = #expect(throws: MetaxyError.self) { try database.backUp(connection, suffix: "-x.backup") }
    #expect(error?.code == .cannotBackUp)
    #expect(error?.wholeMessage.contains("cannot VACUUM from within a transaction") ?? false)
    connection.rollbackTransaction()
    #expect(try names() == ["a.db"])
  }

  /// No other program makes a backup of the database meanwhile; those of other databases are left alone.
  @Test func whatKilledBackupsLeftIsRemoved() throws {
    let left = ["a.db-1.backup.part", "a.db-1.backup.part-journal"]
    let kept = ["a.db-1.backup", "b.db-1.backup.part", "a.db-notes.part"]
    for name in left + kept { try Data("x".utf8).write(to: URL(fileURLWithPath: "\(directory)/\(name)")) }
    _ = try database.backUp(try database.openForWriting(), suffix: "-2.backup")
    #expect(try names() == (["a.db", "a.db-2.backup"] + kept).sorted())
  }

  // MARK: - Room

  /// Makes a file look larger than the disk it lies on; what it gains takes no room.
  private func outgrowTheDisk(_ path: String) throws {
    let attributes = try FileManager.default.attributesOfFileSystem(forPath: path)
    let free = try #require(attributes[.systemFreeSize] as? UInt64)
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    // Free room is reported with that for the superuser, and others write meanwhile.
    try handle.truncate(atOffset: free + free / 2 + 1_000_000)
    try handle.close()
  }

  @Test func databaseThatHasNoRoomForItsBackupIsNotBackedUp() throws {
    try outgrowTheDisk(file.path)
    let connection = try database.openForWriting()
    let error = #expect(throws: MetaxyError.self) { try database.backUp(connection, suffix: "-x.backup") }
    #expect(error?.code == .cannotBackUp)
    #expect((error?.cause as? MetaxyError)?.code == .noSpace)
    #expect(try names() == ["a.db"])
  }

  @Test func tableThatHasNoRoomForItsCopyIsNotMadeAnew() throws {
    let rebuild = try Rebuild(
      from: "CREATE TABLE video (id INTEGER PRIMARY KEY, path TEXT); INSERT INTO video VALUES (1, 'a')",
      to: "CREATE TABLE video (id INTEGER PRIMARY KEY, path TEXT NOT NULL)")
    let catalog = try rebuild.file.catalog()
    try outgrowTheDisk(rebuild.file.path)
    let error = #expect(throws: MetaxyError.self) { try rebuild.upgrade() }
    #expect(error?.code == .noSpace)
    #expect(error?.message.hasPrefix("not enough disk space to rebuild `video`: ") ?? false)
    #expect(try rebuild.file.catalog() == catalog)
  }

  @Test func sectionThatMakesNoTableAnewNeedsNoRoom() throws {
    let rebuild = try Rebuild(
      from: "CREATE TABLE video (id INTEGER PRIMARY KEY)", to: "CREATE TABLE video (id INTEGER PRIMARY KEY, path TEXT)")
    #expect(!rebuild.makesTablesAnew)
    try outgrowTheDisk(rebuild.file.path)
    #expect(throws: Never.self) { try rebuild.upgrade() }
  }
}

import Foundation
import MetaxyDatabase
import MetaxyErrors
import MetaxyRuntime
import MetaxySQLiteDriver
import MetaxyTestSupport
import Testing

@testable import MetaxySQLite

@Suite(.timed) struct RunLockTests {
  @Test func theSecondRunnerWaitsIsToldOnceAndGivesUp() throws {
    let scratch = try ScratchDatabase()
    let lock = try SQLiteRunLock(database: scratch.path, displayName: "a.db", patience: 0) { _ in }
    var told: [String] = []
    let error = #expect(throws: MetaxyError.self) {
      _ = try SQLiteRunLock(database: scratch.path, displayName: "a.db", patience: 200) { told.append($0) }
    }
    let holder = "process \(ProcessInfo.processInfo.processIdentifier)"
    #expect(told == [holder])
    #expect(error?.code == .databaseBusy)
    #expect(error?.message.contains(holder) == true)
    // A process that waited has not emptied the file.
    #expect(try String(contentsOfFile: scratch.path + "-metaxy.lock", encoding: .utf8) == holder)
    lock.release()
    _ = try SQLiteRunLock(database: scratch.path, displayName: "a.db", patience: 0) { _ in }
  }

  @Test func waitingInVainClosesOneFileOnce() throws {
    let scratch = try ScratchDatabase()
    let lock = try SQLiteRunLock(database: scratch.path, displayName: "a.db", patience: 0) { _ in }
    defer { lock.release() }
    for _ in 0..<20 {
      _ = try? SQLiteRunLock(database: scratch.path, displayName: "a.db", patience: 0) { _ in }
    }
    let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap {
      try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
    }
    #expect(open.filter { $0 == scratch.path + "-metaxy.lock" }.count == 1)
  }

  @Test func anotherProcessHoldsItAndItsEndFreesIt() throws {
    let scratch = try ScratchDatabase()
    let process = try RunningProcess(
      [
        Python.interpreter.get(), "-c",
        "import fcntl, signal, sys; f = open(sys.argv[1], 'w'); fcntl.flock(f, fcntl.LOCK_EX); f.write('process 7');"
          + " f.flush(); print('held', flush=True); signal.pause()", scratch.path + "-metaxy.lock",
      ], environment: ChildProcess.machine, directory: scratch.directory.path)
    try process.waitUntil("the other process holds the lock") { try process.output == Array("held\n".utf8) }
    var told: [String] = []
    let database = scratch.database
    let lock = try database.lock { holder in
      told.append(holder)
      #expect(throws: Never.self) { try process.send(SIGKILL) }
    }
    #expect(told == ["process 7"])
    lock.release()
    #expect(try process.end().status == 128 + SIGKILL)
  }

  /// Files of other programs in place of the lock file, with how each is made.
  @Test(arguments: [
    ("symbolic link", "ln -s victim a.db-metaxy.lock", "it is a symbolic link"),
    ("link without target", "ln -s absent a.db-metaxy.lock", "it is a symbolic link"),
    ("hard link", "ln victim a.db-metaxy.lock", "another program wrote this file"),
    ("file with other text", "cp victim a.db-metaxy.lock", "another program wrote this file"),
    ("text that begins alike", "echo 'process 7 of mine' > a.db-metaxy.lock", "another program wrote this file"),
    ("long text", "seq 1000 > a.db-metaxy.lock", "another program wrote this file"),
    ("pipe", "mkfifo a.db-metaxy.lock", "it is not a file"),
    ("directory", "mkdir a.db-metaxy.lock", "is a directory"),
  ])
  func whatIsNotALockFileIsRefusedAndKept(kind: String, making: String, reason: String) throws {
    let directory = try TemporaryDirectory()
    let setUp = try ChildProcess(
      ["sh", "-ec", "echo kept > victim; \(making)"], environment: ChildProcess.machine, directory: directory.path)
    #expect(setUp.status == 0, "\(setUp.errors)")
    let error = #expect(throws: MetaxyError.self) {
      _ = try SQLiteRunLock(database: "\(directory.path)/a.db", displayName: "a.db", patience: 0) { _ in }
    }
    #expect(error?.code == .cannotLock)
    #expect(error?.message.hasSuffix(reason) == true, "\(error?.message ?? "")")
    #expect(try String(contentsOfFile: "\(directory.path)/victim", encoding: .utf8) == "kept\n")
    #expect(FileManager.default.fileExists(atPath: "\(directory.path)/absent") == false)
    let lockFile = "\(directory.path)/a.db-metaxy.lock"
    if kind.contains("text") { #expect(try String(contentsOfFile: lockFile, encoding: .utf8).count >= 5) }
  }

  @Test func theFileOfAKilledHolderIsTaken() throws {
    let scratch = try ScratchDatabase()
    try "process 7".write(toFile: scratch.path + "-metaxy.lock", atomically: false, encoding: .utf8)
    let lock = try SQLiteRunLock(database: scratch.path, displayName: "a.db", patience: 0) { _ in }
    lock.release()
    #expect(try String(contentsOfFile: scratch.path + "-metaxy.lock", encoding: .utf8) == "")
  }

  @Test func theDatabaseItselfIsNotLocked() throws {
    let scratch = try ScratchDatabase("CREATE TABLE t (a INT)")
    let lock = try scratch.database.lock { _ in }
    defer { lock.release() }
    try scratch.run("INSERT INTO t VALUES (1)")
    #expect(try scratch.rows("SELECT a FROM t") == [["1"]])
  }
}

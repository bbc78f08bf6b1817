import Foundation
import MetaxyDatabase
import MetaxyErrors
import MetaxyMigrationErrors
import MetaxyPostgreSQLDriver
import MetaxyRuntime
import MetaxyTestSupport
import Synchronization
import Testing

@testable import MetaxyPostgreSQL

@Suite(.timed) struct RunLockTests {
  @Test func whoHoldsTheLockIsNamed() throws {
    let scratch = try ScratchDatabase()
    let first = try PostgreSQLMigrationLock(
      scratch.database(scratch.url(with: "application_name=nightly")), patience: .zero
    ) { _ in }
    let process = try #require(try first.connection.query("SELECT pg_backend_pid()").first?.first?.integer)
    let pattern = #"server process \#(process) \(`nightly`, since 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC\)"#
    var told: [String] = []
    let error = failure { () throws(MetaxyError) in
      _ = try PostgreSQLMigrationLock(scratch.database(), patience: .zero) { told.append($0) }
    }
    #expect(told == [])
    #expect(error?.code == .databaseBusy)
    #expect(matches(error?.message, pattern))
    #expect(error?.hints.contains { $0.description.contains("pg_terminate_backend(\(process))") } == true)

    let second = try PostgreSQLMigrationLock(scratch.database(), patience: .seconds(600)) { holder in
      told.append(holder)
      first.release()
    }
    #expect(told.count == 1)
    #expect(matches(told.first, "^\(pattern)$"), "\(told)")
    second.release()
  }

  @Test func otherDatabasesHaveTheirOwnLock() throws {
    let lock = try PostgreSQLMigrationLock(ScratchDatabase().database(), patience: .zero) { _ in }
    _ = try PostgreSQLMigrationLock(ScratchDatabase().database(), patience: .zero) { _ in }
    lock.release()
  }

  @Test func theLockGoesWithItsSession() throws {
    let scratch = try ScratchDatabase()
    let lock = try PostgreSQLMigrationLock(scratch.database(), patience: .zero) { _ in }
    let process = try #require(try lock.connection.query("SELECT pg_backend_pid()").first?.first?.integer)
    _ = try scratch.rows("SELECT pg_terminate_backend(\(process), 5000)")
    _ = try PostgreSQLMigrationLock(scratch.database(), patience: .zero) { _ in }
  }

  @Test(arguments: [2, 10])
  func ofManyRunnersOneAppliesAndTheOthersFindNothingToDo(_ count: Int) throws {
    var store = try RevisionStore()
    try store.revision(
      "aa", "-- metaxy:upgrade\nCREATE TABLE a (n int);\nINSERT INTO a VALUES (1);\n-- metaxy:downgrade")
    try store.revision("bb", "-- metaxy:upgrade\nALTER TABLE a ADD b int;\n-- metaxy:downgrade")
    let outcomes = Mutex<[Result<[String], MetaxyError>]>([])
    let waited = Atomic(0)
    let runners = store
    let done = DispatchGroup()
    for _ in 0..<count {
      done.enter()
      Thread.detachNewThread {
        let result = Result { () throws(MetaxyError) in
          let applied = try runners.upgrade {
            _ in
            waited.add(1, ordering: .relaxed)
          } around: { connection in
            MeddlingConnection(connection) { sql in
              guard sql.hasPrefix("INSERT") else { return }
              #expect(throws: Never.self) {
                try waitUntil("all other runners wait") { waited.load(ordering: .relaxed) == count - 1 }
              }
            }
          }
          return applied.map(\.revision)
        }
        outcomes.withLock { $0.append(result) }
        done.leave()
      }
    }
    done.wait()
    let applied = try outcomes.withLock { $0 }.map { try $0.get() }
    #expect(applied.count == count)
    #expect(applied.filter { $0 == ["aa", "bb"] }.count == 1)
    #expect(applied.filter { $0.isEmpty }.count == count - 1)
    #expect(waited.load(ordering: .relaxed) == count - 1)
    #expect(try store.scratch.rows("SELECT count(*) FROM a") == ["1"])
    #expect(try store.state() == ["a", "0"])
  }

  @Test func aRunThatLostItsLockStops() throws {
    var store = try RevisionStore()
    try store.revision(
      "aa",
      """
      -- metaxy:upgrade
      CREATE TABLE a (n int);
      SELECT pg_advisory_unlock_all();
      -- metaxy:upgrade
      CREATE TABLE b (n int);
      -- metaxy:downgrade
      """)
    let error = failure { () throws(MetaxyError) in try store.upgrade() }
    #expect(error?.code == .runLockLost)
    #expect(try store.state() == ["a", "0"])
    #expect(try store.versions() == [])
  }

  /// The transaction of another program that changes the version during a run.
  @Test func theVersionTableIsLockedAndComparedInEveryTransaction() throws {
    var store = try RevisionStore()
    try store.revision("aa", "-- metaxy:upgrade\nCREATE TABLE a (n int);\n-- metaxy:downgrade")
    try store.revision("bb", "-- metaxy:upgrade\nCREATE TABLE b (n int);\n-- metaxy:downgrade")
    let other = try store.scratch.connection()
    let moved = Mutex<Bool>(false)
    let error = failure { () throws(MetaxyError) in
      try store.upgrade(
        around: { connection in
          MeddlingConnection(connection) { sql in
            guard sql.hasPrefix("CREATE TABLE b") else { return }
            // As Alembic does it: it cannot while the section runs, and sees what the section left when it can.
            let refusal = failure { () throws(MetaxyError) in
              try other.execute("SET lock_timeout = 50")
              try other.execute("UPDATE alembic_version SET version_num = 'zz'")
            }
            moved.withLock { $0 = refusal?.sqlState == "55P03" }
          }
        })
    }
    #expect(error == nil)
    #expect(moved.withLock { $0 })
    #expect(try store.versions() == ["bb"])

    try store.revision("cc", "-- metaxy:upgrade\nCREATE TABLE c (n int);\n-- metaxy:downgrade")
    let second = failure { () throws(MetaxyError) in
      try store.upgrade(
        around: { connection in
          let meddling = MeddlingConnection(connection)
          meddling.beforeTransaction = { number in
            if number == 1 { _ = try? other.execute("UPDATE alembic_version SET version_num = 'zz'") }
          }
          return meddling
        })
    }
    #expect(second?.code == .versionMoved)
    #expect(try store.state() == ["a,b", "0"])
  }
}

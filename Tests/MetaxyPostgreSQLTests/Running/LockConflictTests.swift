import Foundation
import MetaxyDatabase
import MetaxyErrors
import MetaxyMigrationErrors
import MetaxyPostgreSQL
import MetaxyPostgreSQLDriver
import MetaxyRuntime
import MetaxyTestSupport
import Synchronization
import Testing

/// Revisions that meet other sessions.
@Suite(.timed) struct LockConflictTests {
  private func store(_ statements: String, _ attributes: String = "", lock: Int = 100) throws -> RevisionStore {
    var store = try RevisionStore("CREATE TABLE a (n int); INSERT INTO a VALUES (1); CREATE TABLE b (n int)")
    store.timeouts = PostgreSQLTimeouts(lock: lock)
    try store.revision("aa", "-- metaxy:upgrade\n-- metaxy:downgrade")
    try store.upgrade()
    try store.revision("bb", "-- metaxy:upgrade postgresql\(attributes)\n\(statements)\n-- metaxy:downgrade postgresql")
    return store
  }

  /// A session that reads `a` and leaves its transaction open.
  private func reader(_ store: RevisionStore) throws -> PostgreSQLMigrationConnection {
    let database = store.scratch.database(store.scratch.url(with: "application_name=reporting"))
    let connection = try #require(try database.openForWriting() as? PostgreSQLMigrationConnection)
    try connection.beginTransaction()
    _ = try connection.query("SELECT * FROM a")
    return connection
  }

  private func process(_ connection: PostgreSQLMigrationConnection) throws -> Int64 {
    try #require(try connection.query("SELECT pg_backend_pid()").first?.first?.integer)
  }

  @Test func aBlockedStatementGivesUpAndNamesWhoBlocks() throws {
    let store = try store("CREATE TABLE c (n int);\nALTER TABLE a ADD m int;")
    let reader = try reader(store)
    let process = try process(reader)
    let tries = Mutex(0)
    let error = failure { () throws(MetaxyError) in
      try store.upgrade(
        around: { connection in
          MeddlingConnection(connection) { sql in
            guard sql.hasPrefix("ALTER") else { return }
            let number = tries.withLock {
              $0 += 1
              return $0
            }
            // Who blocks is looked up while the statement waits: the last attempt waits long enough for that to succeed
            // on any machine.
            if number == 10 {
              #expect(throws: Never.self) { try connection.execute("SET LOCAL lock_timeout = '5s'") }
            }
          }
        })
    }
    #expect(error?.code == .blocked)
    #expect(error?.sqlState == "55P03")
    #expect(tries.withLock { $0 } == 10)
    let pattern =
      #"^gave up after 10 attempts: could not acquire a lock in time: server process \#(process) "#
      + #"\(`reporting`, idle in transaction since 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC\) holds it$"#
    #expect(matches(error?.message, pattern), "\(error?.message ?? "")")
    #expect((error?.cause as? MetaxyError)?.message.contains("statement 2 of 2") == true)
    let hints = error?.hints ?? []
    #expect(hints.contains { $0.description.contains("pg_terminate_backend(\(process))") })
    #expect(hints.contains { $0.description.contains("the database is at `aa`") })
    #expect(store.scratch.notices.contains { $0.message.contains("waiting for a lock that server process \(process)") })

    reader.rollbackTransaction()
    #expect(try store.state() == ["a,b", "0"])
    #expect(try store.versions() == ["aa"])
    #expect(try store.upgrade().map(\.revision) == ["bb"])
  }

  @Test func itIsDoneOnceTheLockIsFree() throws {
    let store = try store("INSERT INTO b VALUES (1);\nALTER TABLE a ADD m int;")
    let reader = try reader(store)
    let tries = Mutex(0)
    try store.upgrade(
      around: { connection in
        MeddlingConnection(connection) { sql in
          guard sql.hasPrefix("ALTER") else { return }
          if tries.withLock({
            $0 += 1; return $0
          }) == 4 {
            reader.rollbackTransaction()
          }
        }
      })
    #expect(tries.withLock { $0 } == 4)
    #expect(try store.scratch.rows("SELECT n FROM b") == ["1"])
    #expect(try store.scratch.rows("SELECT rows_changed FROM alembic_version_log ORDER BY id") == ["0", "1"])
  }

  @Test func theVersionTableIsWaitedForLikewise() throws {
    let store = try store("ALTER TABLE a ADD m int;")
    let alembic = try reader(store)
    try alembic.execute("UPDATE alembic_version SET version_num = 'aa'")
    let process = try process(alembic)
    let error = failure { () throws(MetaxyError) in try store.upgrade() }
    #expect(error?.code == .blocked)
    #expect(error?.message.contains("server process \(process)") == true)
    alembic.rollbackTransaction()
    #expect(try store.upgrade().map(\.revision) == ["bb"])
  }

  @Test func aDeadlockIsTriedAgain() throws {
    let store = try store("LOCK TABLE a;\nLOCK TABLE b;\nALTER TABLE a ADD m int;", lock: 600_000)
    let other = try store.scratch.connection()
    try other.execute("SET deadlock_timeout = '1h'")  // so that the server finds the deadlock on the run's side
    try other.beginTransaction()
    try other.execute("LOCK TABLE b")
    let tries = Mutex(0)
    let done = DispatchSemaphore(value: 0)
    let runs = store
    nonisolated(unsafe) let blocked = other
    try runs.upgrade(
      around: { connection in
        MeddlingConnection(connection) { sql in
          guard sql == "LOCK TABLE b",
            tries.withLock({
              $0 += 1; return $0
            }) == 1
          else { return }
          Thread.detachNewThread {
            _ = try? blocked.execute("LOCK TABLE a")
            blocked.rollbackTransaction()
            done.signal()
          }
          // A process looks for a deadlock once, a second after it began to wait.
          #expect(throws: Never.self) {
            try waitUntil("the other session waits for the run") {
              try runs.scratch.rows("SELECT pid FROM pg_locks WHERE relation = 'a'::regclass AND NOT granted") != []
            }
          }
        }
      })
    done.wait()
    #expect(tries.withLock { $0 } == 2)
    #expect(
      try store.scratch.rows("SELECT attname FROM pg_attribute WHERE attrelid = 'a'::regclass AND attnum > 0") == [
        "n", "m",
      ])
  }

  /// It waits for transactions that are older than itself; it would be a pity to give an hour's work up for these.
  @Test func aConcurrentBuildWaitsForOlderTransactions() throws {
    let store = try store("CREATE INDEX CONCURRENTLY by_n ON a (n);", " transaction:false", lock: 100)
    let reader = try reader(store)
    try reader.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED")
    let process = try process(reader)
    nonisolated(unsafe) let waiting = reader
    let scratch = store.scratch
    Thread.detachNewThread {
      // The lock timeout is a tenth of a second: only without it the build still waits when this is reported.
      #expect(throws: Never.self) {
        try waitUntil("the run reports that it waits") {
          scratch.notices.contains { $0.message.contains("server process \(process)") }
        }
      }
      waiting.rollbackTransaction()
    }
    let tries = Mutex(0)
    try store.upgrade(
      around: { connection in
        MeddlingConnection(connection) { sql in if sql.hasPrefix("CREATE INDEX") { tries.withLock { $0 += 1 } } }
      })
    #expect(tries.withLock { $0 } == 1)
    #expect(try store.scratch.rows("SELECT indisvalid FROM pg_index WHERE indexrelid = 'by_n'::regclass") == ["t"])
    #expect(store.scratch.notices.contains { $0.message.contains("server process \(process)") })
    #expect(try store.state() == ["a,b", "0"])
  }

  @Test func anIndexLeftByABlockedBuildIsBuiltAnew() throws {
    let store = try store("CREATE UNIQUE INDEX CONCURRENTLY by_n ON a (n);", " transaction:false", lock: 100)
    _ = try store.scratch.rows("INSERT INTO a VALUES (1)")
    let first = failure { () throws(MetaxyError) in try store.upgrade() }
    #expect(first?.sqlState == "23505")
    // The failed build leaves nothing; an interrupted one leaves an invalid index.
    #expect(try store.scratch.rows("SELECT to_regclass('by_n') IS NULL") == ["t"])
    #expect(throws: (any Error).self) { try store.scratch.rows("CREATE UNIQUE INDEX CONCURRENTLY by_n ON a (n)") }
    #expect(try store.scratch.rows("SELECT indisvalid FROM pg_index WHERE indexrelid = 'by_n'::regclass") == ["f"])
    _ = try store.scratch.rows("DELETE FROM a WHERE ctid = (SELECT max(ctid) FROM a)")
    #expect(try store.upgrade().map(\.revision) == ["bb"])
    #expect(try store.scratch.rows("SELECT indisvalid FROM pg_index WHERE indexrelid = 'by_n'::regclass") == ["t"])
  }
}

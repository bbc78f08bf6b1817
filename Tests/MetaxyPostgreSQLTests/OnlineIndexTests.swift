import Foundation
import MetaxyDatabase
import MetaxyErrors
import MetaxyPostgreSQL
import MetaxyPostgreSQLDriver
import MetaxyRuntime
import MetaxyTestSupport
import Synchronization
import Testing

/// What others can do with a table of 1,000,000 rows while `metaxy upgrade` builds an index on it.
@Suite struct OnlineIndexTests {
  private static let table = "CREATE TABLE events (id bigint NOT NULL, kind text NOT NULL, at timestamptz NOT NULL);"
  private static let rows = """
    INSERT INTO events
    SELECT n, md5(n::text), timestamptz '2026-01-01' + n * interval '1 second' FROM generate_series(1, 1000000) AS n
    """
  private static let concurrent = "CREATE INDEX by_kind ON events (kind);"
  private static let plain = "CREATE INDEX by_kind_and_time ON events (kind, at);"

  @Test func othersReadAndWriteWhileAnIndexIsBuilt() throws {
    let scratch = try ScratchDatabase("\(Self.table) \(Self.rows)")
    let project = try BuiltProject(
      "entrypoints = [\"app.sql\"]\n[ext.migrations.stores.prod]\nurl = \"\(scratch.url)\"\n")
    let traffic = Traffic(scratch)

    try project.write(Self.table + Self.concurrent, to: "app.sql")
    #expect(try project.run("revision --autogenerate -m first").status == 0)
    let online = try traffic.during { try project.run("upgrade") }
    #expect(online.failures == [])
    #expect(online.writes > 0)
    #expect(online.reads > 0)
    let written = try scratch.rows("SELECT count(*) FROM events WHERE id < 0")
    #expect(written == [String(online.allWrites)])
    #expect(try scratch.rows("SELECT indisvalid FROM pg_index WHERE indexrelid = 'by_kind'::regclass") == ["t"])

    // The other form keeps writers out, and so shows what the numbers above are worth.
    try project.write(Self.table + Self.concurrent + Self.plain, to: "app.sql")
    #expect(try project.run("revision --autogenerate --no-online -m second").status == 0)
    let offline = try traffic.during { try project.run("upgrade") }
    #expect(offline.failures == [])
    #expect(offline.writes == 0)
    #expect(offline.reads > 0)
  }
}

/// Sessions that read and write the table `events` all the time.
private struct Traffic {
  struct Count {
    /// Those that began and ended during one and the same build of an index.
    var writes = 0
    var reads = 0
    var allWrites = 0
    var failures: [String] = []
  }

  /// The process that builds an index on the table.
  /// https://www.postgresql.org/docs/current/progress-reporting.html#CREATE-INDEX-PROGRESS-REPORTING
  private static let builder =
    "SELECT pid FROM pg_stat_progress_create_index WHERE relid = 'events'::regclass AND datname = current_database()"

  private let scratch: ScratchDatabase

  init(_ scratch: ScratchDatabase) { self.scratch = scratch }

  func during(_ body: () throws -> ChildProcess) throws -> Count {
    let count = Mutex(Count())
    let isOver = Atomic(false)
    let sessions = DispatchGroup()
    func session(_ statement: String, _ note: @escaping @Sendable (inout Count, _ isDuring: Bool) -> Void) {
      let scratch = scratch
      sessions.enter()
      Thread.detachNewThread {
        do {
          let connection = try scratch.database(timeouts: PostgreSQLTimeouts(lock: 0)).openForWriting()
          while !isOver.load(ordering: .relaxed) {
            let before = try connection.query(Self.builder).first?.first?.integer
            _ = try connection.query(statement)
            let after = try connection.query(Self.builder).first?.first?.integer
            count.withLock { note(&$0, before != nil && before == after) }
          }
        } catch {
          count.withLock { $0.failures.append("\(statement): \(error)") }
        }
        sessions.leave()
      }
    }
    for _ in 0..<2 {
      session("INSERT INTO events VALUES (-1, 'new', now()) RETURNING id") { count, isDuring in
        count.allWrites += 1
        if isDuring { count.writes += 1 }
      }
      session("SELECT kind FROM events LIMIT 1") { count, isDuring in
        if isDuring { count.reads += 1 }
      }
    }
    let result = Result(catching: body)
    isOver.store(true, ordering: .relaxed)
    sessions.wait()
    let run = try result.get()
    #expect(run.status == 0, "\(run.errors)")
    return count.withLock(\.self)
  }
}

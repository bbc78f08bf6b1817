import Foundation
import MetaxyDatabase
import MetaxyErrors
import MetaxyPostgreSQL
import MetaxyPostgreSQLDriver
import MetaxyRuntime
import MetaxyTestSupport
import Testing

@Suite(.timed) struct InterruptionTests {
  @Test func aRunningStatementIsCancelledOnTheServer() throws {
    let scratch = try ScratchDatabase("CREATE TABLE a (n int)")
    let interruption = try Interruption()
    // The limit is there for a fault: whatever it ends is another error than the one that is expected.
    let connection = try scratch.database(
      timeouts: PostgreSQLTimeouts(statement: 600_000), interruption: interruption
    ).openForWriting()
    let sleeping = """
      SELECT pid FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND state = 'active'
        AND datname = current_database()
      """
    Thread.detachNewThread {
      #expect(throws: Never.self) {
        try waitUntil("the statement runs") { try scratch.rows(sleeping) != [] }
      }
      interruption.request()
    }
    let error = failure { () throws(MetaxyError) in
      try connection.transaction { () throws(MetaxyError) in
        try connection.execute("INSERT INTO a VALUES (1)")
        try connection.execute("SELECT pg_sleep(3600)")
      }
    }
    #expect(error?.code == .interrupted)
    #expect(error?.isInterruption == true)
    #expect(error?.sqlState == "57014")
    #expect(try scratch.rows(sleeping) == [])
    #expect(try connection.query("SELECT count(*) FROM a") == [[.integer(0)]])
  }

  @Test func aWishBetweenStatementsStopsTheNextOneAndNoOther() throws {
    let scratch = try ScratchDatabase("CREATE TABLE a (n int)")
    let interruption = try Interruption()
    let connection = try scratch.database(interruption: interruption).openForWriting()
    try connection.beginTransaction()
    try connection.execute("INSERT INTO a VALUES (1)")
    interruption.request()
    #expect(failure { () throws(MetaxyError) in try connection.commitTransaction() }?.code == .interrupted)
    connection.rollbackTransaction()
    #expect(try connection.query("SELECT count(*) FROM a") == [[.integer(0)]])
  }

  @Test func aRollbackIsNotStopped() throws {
    let scratch = try ScratchDatabase("CREATE TABLE a (n int)")
    let interruption = try Interruption()
    let connection = try scratch.database(interruption: interruption).openForWriting()
    try connection.beginTransaction()
    try connection.execute("INSERT INTO a VALUES (1)")
    interruption.request()
    connection.rollbackTransaction()
    #expect(failure { () throws(MetaxyError) in try connection.execute("SELECT 1") }?.code == .interrupted)
    try connection.execute("INSERT INTO a VALUES (2)")
    #expect(try scratch.rows("SELECT n FROM a") == ["2"])
  }
}

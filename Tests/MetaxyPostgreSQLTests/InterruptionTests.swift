import Foundation
import MetaxyDatabase
import MetaxyErrors
import MetaxyPostgreSQL
import MetaxyPostgreSQLDriver
import MetaxyRuntime
import Testing

@Suite struct InterruptionTests {
  private func request(_ interruption: Interruption, after seconds: Double) {
    Thread.detachNewThread {
      Thread.sleep(forTimeInterval: seconds)
      interruption.request()
    }
  }

  @Test func aRunningStatementIsCancelledOnTheServer() throws {
    let scratch = try ScratchDatabase("CREATE TABLE a (n int)")
    let interruption = try Interruption()
    let connection = try scratch.database(interruption: interruption).openForWriting()
    let clock = ContinuousClock()
    let start = clock.now
    request(interruption, after: 0.3)
    let error = failure { () throws(MetaxyError) in
      try connection.transaction { () throws(MetaxyError) in
        try connection.execute("INSERT INTO a VALUES (1)")
        try connection.execute("SELECT pg_sleep(60)")
      }
    }
    #expect(error?.code.rawValue == "interrupted")
    #expect(error?.isInterruption == true)
    #expect(error?.sqlState == "57014")
    #expect(clock.now - start < .seconds(20))
    #expect(
      try scratch.rows("SELECT pid FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND state = 'active'")
        == [])
    #expect(try connection.query("SELECT count(*) FROM a") == [[.integer(0)]])
  }

  @Test func aWishBetweenStatementsStopsTheNextOneAndNoOther() throws {
    let scratch = try ScratchDatabase("CREATE TABLE a (n int)")
    let interruption = try Interruption()
    let connection = try scratch.database(interruption: interruption).openForWriting()
    try connection.beginTransaction()
    try connection.execute("INSERT INTO a VALUES (1)")
    interruption.request()
    #expect(failure { () throws(MetaxyError) in try connection.commitTransaction() }?.code.rawValue == "interrupted")
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
    #expect(failure { () throws(MetaxyError) in try connection.execute("SELECT 1") }?.code.rawValue == "interrupted")
    try connection.execute("INSERT INTO a VALUES (2)")
    #expect(try scratch.rows("SELECT n FROM a") == ["2"])
  }
}

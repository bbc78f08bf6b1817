import MetaxyErrors
import MetaxyPostgreSQL
import MetaxyRuntime
import MetaxyTestSupport
import Testing

@Suite(.timed, .serialized) struct PoolerTests {
  @Test(.enabled(if: serverIsOwn)) func transactionModeIsRefused() throws {
    let scratch = try ScratchDatabase()
    let pooler = try Pooler(of: scratch.url, mode: "transaction")
    let error = failure { () throws(MetaxyError) in _ = try scratch.database(pooler.url).openForReading() }
    #expect(error?.code == .pooler)
    #expect(error?.message.contains("runs each transaction in another server process") == true)
    // Nothing was set in the processes that others get after this.
    #expect(
      try pooler.query("SHOW search_path; SHOW default_transaction_read_only; SHOW lock_timeout")
        == "\"$user\", public\noff\n0")
  }

  @Test(.enabled(if: serverIsOwn)) func processesInTurnAreNoticed() throws {
    let scratch = try ScratchDatabase()
    let pooler = try Pooler(of: scratch.url, mode: "transaction", settings: "server_round_robin = 1\nmin_pool_size = 2")
    let error = failure { () throws(MetaxyError) in _ = try scratch.database(pooler.url).openForReading() }
    #expect(error?.code == .pooler)
  }

  @Test(.enabled(if: serverIsOwn)) func sessionModeIsAsGoodAsNone() throws {
    var store = try RevisionStore()
    try store.revision("aa", "-- metaxy:upgrade\nCREATE TABLE a (n int);\n-- metaxy:downgrade")
    let pooler = try Pooler(of: store.scratch.url, mode: "session")
    #expect(try store.upgrade(on: store.scratch.database(pooler.url)).map(\.revision) == ["aa"])
    #expect(try store.upgrade(on: store.scratch.database(pooler.url)) == [])
  }

  @Test(.enabled(if: serverIsOwn)) func aPoolThatIsTakenIsNotWaitedFor() throws {
    let scratch = try ScratchDatabase()
    let pooler = try Pooler(
      of: scratch.url, mode: "session", settings: "default_pool_size = 1\nquery_wait_timeout = 600")
    // Who waits for the only process of the pool, which it has itself, is refused by the pooler in the end.
    #expect(throws: Never.self) { try scratch.database(pooler.url).openForReading() }
  }
}

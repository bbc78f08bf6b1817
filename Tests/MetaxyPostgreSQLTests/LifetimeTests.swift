import MetaxyErrors
import MetaxyRuntime
import MetaxyTestSupport
import Testing

/// A connection ends with whoever holds it.
@Suite struct LifetimeTests {
  @Test func aRunLeavesNoConnectionBehind() throws {
    var store = try RevisionStore()
    try store.revision("aa", "-- metaxy:upgrade\nCREATE TABLE a (n int);\n-- metaxy:downgrade")
    try store.upgrade()
    // The server takes its time to see that a client has gone.
    var sessions = ["?"]
    for _ in 0..<100 where sessions != ["0"] {
      sessions = try store.scratch.rows(
        """
        SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
          AND pg_sleep(0.05) IS NOT NULL
        """)
    }
    #expect(sessions == ["0"])
  }
}

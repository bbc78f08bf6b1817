import MetaxyErrors
import MetaxyRuntime
import MetaxyTestSupport
import Testing

/// A connection ends with whoever holds it.
@Suite(.timed) struct LifetimeTests {
  @Test func aRunLeavesNoConnectionBehind() throws {
    var store = try RevisionStore()
    try store.revision("aa", "-- metaxy:upgrade\nCREATE TABLE a (n int);\n-- metaxy:downgrade")
    try store.upgrade()
    // The server takes its time to see that a client has gone.
    try waitUntil("the server has no session of the run") {
      try store.scratch.rows(
        """
        SELECT pid FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
        """) == []
    }
  }
}

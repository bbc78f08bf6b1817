import MetaxyErrors
import MetaxyTestSupport
import Testing

@testable import MetaxyPostgreSQL
@testable import MetaxyPostgreSQLDriver

/// Servers that speak PostgreSQL's protocol and lack what a run depends on.
@Suite(.timed) struct ProductTests {
  /// As the programs print themselves.
  @Test(arguments: [
    ("PostgreSQL 15.18 (Debian 15.18-0+deb12u1) on x86_64-pc-linux-gnu, compiled by gcc", nil),
    ("PostgreSQL 17.5 on x86_64-pc-linux-musl, compiled by gcc", nil),
    ("PostgreSQL 19devel on x86_64-linux, compiled by gcc-14.2.0, 64-bit", nil),
    ("CockroachDB CCL v24.1.0 (x86_64-pc-linux-gnu, built 2024/05/15 21:28:29, go1.22.2)", "CockroachDB CCL v24.1.0"),
    ("PostgreSQL 11.2-YB-2.18.0.0-b0 on x86_64-pc-linux-gnu, compiled by clang", "YugabyteDB 2.18.0.0-b0"),
    ("", "an unknown server"),
  ])
  func programsAreKnownByTheirVersion(_ text: String, _ name: String?) {
    #expect(PostgreSQLProduct(version: text).name == name)
  }

  /// CockroachDB's documented behaviour: the function returns true and locks nothing.
  @Test func aLockThatIsNotHeldIsRefusedByTheNameOfTheServer() throws {
    let scratch = try ScratchDatabase(
      """
      CREATE OR REPLACE FUNCTION pg_catalog.version() RETURNS text LANGUAGE sql AS
        $$ SELECT 'CockroachDB CCL v24.1.0 (x86_64-pc-linux-gnu, built 2024/05/15)' $$;
      CREATE OR REPLACE FUNCTION pg_catalog.pg_try_advisory_lock(bigint) RETURNS boolean LANGUAGE sql AS
        $$ SELECT true $$;
      """)
    let error = failure { () throws(MetaxyError) in
      _ = try PostgreSQLMigrationLock(scratch.database(), patience: .zero) { _ in }
    }
    #expect(error?.code == .unsupportedServer)
    #expect(error?.message == "the server of `a database` is CockroachDB CCL v24.1.0, which lacks advisory locks")
    // Reading needs no lock.
    _ = try scratch.database().openForReading()
  }

  /// A program that has everything may run, whatever its name is.
  @Test func whatIsThereIsTriedOutNotGuessed() throws {
    let scratch = try ScratchDatabase(
      """
      CREATE OR REPLACE FUNCTION pg_catalog.version() RETURNS text LANGUAGE sql AS
        $$ SELECT 'PostgreSQL 15.2-YB-2025.1.0.0-b0 on x86_64-pc-linux-gnu' $$
      """)
    let lock = try PostgreSQLMigrationLock(scratch.database(), patience: .zero) { _ in }
    #expect(lock.connection.session.product.name == "YugabyteDB 2025.1.0.0-b0")
    lock.release()
  }
}

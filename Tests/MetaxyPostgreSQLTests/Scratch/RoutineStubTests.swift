import MetaxyDatabase
import MetaxyErrors
import MetaxyRuntime
import MetaxySQL
import MetaxyTestSupport
import Testing

@testable import MetaxyPostgreSQL

/// Routines of a file: the scratch database has their signatures, and none of their code.
@Suite(.timed) struct RoutineStubTests {
  static let routines = [
    "CREATE FUNCTION f(a int, b text DEFAULT 'x; y') RETURNS int LANGUAGE sql IMMUTABLE STRICT AS 'SELECT 1'",
    "CREATE OR REPLACE FUNCTION f() RETURNS trigger AS $f$ BEGIN RETURN NEW; END $f$ LANGUAGE plpgsql SECURITY DEFINER",
    "CREATE FUNCTION f() RETURNS int LANGUAGE 'sql' AS 'SELECT '\n  '1'",
    "CREATE FUNCTION f(a int) RETURNS int STABLE PARALLEL SAFE RETURN a + 1",
    "CREATE FUNCTION f(a int, OUT b int, OUT c text) BEGIN ATOMIC SELECT a, CASE WHEN a > 1 THEN 'x' END; END",
    "CREATE FUNCTION f(a int) RETURNS TABLE (id int, name text) LANGUAGE sql ROWS 7 COST 3 AS $$ SELECT 1, 'a' $$",
    "CREATE FUNCTION f(VARIADIC a int[]) RETURNS SETOF int LANGUAGE sql AS 'SELECT 1'",
    """
    CREATE FUNCTION f() RETURNS text SET search_path TO 'a', "b" SET work_mem = '1MB' LANGUAGE sql
      SET "TimeZone" FROM CURRENT SET TIME ZONE 'UTC' STABLE AS 'SELECT 1::text'
    """,
    "CREATE FUNCTION f(a anyelement) RETURNS anyarray LANGUAGE sql LEAKPROOF AS 'SELECT ARRAY[$1]'",
    "CREATE FUNCTION \"language\"(\"as\" int) RETURNS void LANGUAGE sql CALLED ON NULL INPUT AS ''",
    "CREATE FUNCTION f() RETURNS event_trigger -- as\n LANGUAGE plpgsql /* language c */ AS 'BEGIN END' -- end",
    "CREATE PROCEDURE f(INOUT a int) LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$",
    "CREATE PROCEDURE f() BEGIN ATOMIC SELECT 1; SELECT 2; END",
  ]

  private static let signature = """
    SELECT concat_ws('|', p.proname, p.prokind, p.provolatile, p.proisstrict, p.prosecdef, p.proparallel, p.proretset,
      p.procost, p.prorows, pg_get_function_arguments(p.oid), pg_get_function_result(p.oid))
    FROM pg_proc AS p WHERE p.pronamespace = 'public'::regnamespace
    """

  @Test(arguments: routines)
  func signaturesAreKeptAndBodiesAreNot(_ sql: String) throws {
    let original = try ScratchDatabase(sql)
    let database = try ScratchDatabase().database()
    let statement = try #require(try ScannedStatement.statements(of: sql, lexicon: .postgresql).first)
    guard case .runUnmanaged(let stub, _) = database.scratchDecision(on: statement) else {
      Issue.record("\(database.scratchDecision(on: statement))")
      return
    }
    let session = try database.scratch()
    try session.run(stub, for: statement)
    #expect(try session.connection.query(Self.signature).map { $0[0].text } == original.rows(Self.signature))
    let bodies = try session.connection.query(
      "SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosrc LIKE '%RAISE EXCEPTION%'")
    #expect(bodies == [[.integer(1)]])
  }

  @Test(arguments: [
    "CREATE FUNCTION f(cstring) RETURNS int LANGUAGE internal AS 'x'",
    "CREATE FUNCTION f() RETURNS int LANGUAGE C AS 'x', 'y'",
    "CREATE FUNCTION f() RETURNS int AS 'x' LANGUAGE \"c\"",
  ])
  func librariesAreRefused(_ sql: String) throws {
    let statement = try #require(try ScannedStatement.statements(of: sql, lexicon: .postgresql).first)
    #expect(RoutineStub(statement) == nil)
  }
}

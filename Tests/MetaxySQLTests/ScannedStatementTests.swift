import MetaxyErrors
import MetaxyPostgreSQL
import MetaxyRevisions
import MetaxySQL
import MetaxySQLite
import MetaxyTestSupport
import Testing

@Suite struct ScannedStatementTests {
  private func statements(_ text: String, _ lexicon: Lexicon) throws -> [String] {
    try ScannedStatement.statements(of: text, lexicon: lexicon).map(\.sql)
  }

  private func fails(_ text: String, _ lexicon: Lexicon, saying part: String) -> Bool {
    do {
      _ = try statements(text, lexicon)
      return false
    } catch {
      return (error as? MetaxyError)?.message.contains(part) == true
    }
  }

  @Test(arguments: [Lexicon.sqlite, .postgresql])
  func semicolonsEndStatements(lexicon: Lexicon) throws {
    #expect(try statements("a;\n\n ;; b ; c", lexicon) == ["a", "b", "c"])
    #expect(try statements("", lexicon) == [])
    #expect(try statements("-- a;\n/* b; */ ;", lexicon) == [])
    #expect(
      try statements("select ';', \";\" -- ;\n, 1 /* ; */ + 2;", lexicon) == ["select ';', \";\" -- ;\n, 1 /* ; */ + 2"]
    )
    #expect(try statements("a\r\n;\r\nb\r\n", lexicon) == ["a", "b"])
    #expect(
      try statements("create rule r as on delete to t do (a; b); c", lexicon)
        == ["create rule r as on delete to t do (a; b)", "c"])
  }

  @Test func triggerIsOneStatement() throws {
    let trigger = """
      CREATE TEMP TRIGGER t AFTER UPDATE OF a ON b BEGIN
        UPDATE b SET c = CASE WHEN 1 THEN 2 END;
        SELECT CASE x WHEN 1 THEN 2 END; -- END;
      END
      """
    #expect(try statements("\(trigger);\nSELECT 1;", .sqlite) == [trigger, "SELECT 1"])
    #expect(try statements(trigger, .sqlite) == [trigger])
    let plain = "create trigger if not exists \"end\" delete on b begin delete from c; end"
    #expect(try statements("\(plain) ; x", .sqlite) == [plain, "x"])
  }

  @Test func postgresqlTriggerHasNoBody() throws {
    #expect(try statements("CREATE TRIGGER t AFTER INSERT ON a EXECUTE FUNCTION f(); b", .postgresql).count == 2)
  }

  @Test func atomicBodyIsOneStatement() throws {
    let function = """
      CREATE OR REPLACE FUNCTION f(a int) RETURNS int LANGUAGE sql
      BEGIN ATOMIC
        SELECT CASE WHEN a > 1 THEN 1 ELSE 2 END;
        SELECT 2;
      END
      """
    #expect(try statements("\(function);\nSELECT 1", .postgresql) == [function, "SELECT 1"])
    #expect(try statements("create procedure p() begin atomic select 1; end; x", .postgresql).count == 2)
    #expect(
      try statements("create function f() returns int as $$ begin; end $$ language sql; x", .postgresql).count == 2)
  }

  @Test func bodyThatNeverClosesNamesItsLine() {
    #expect(fails("\n\nCREATE TRIGGER t DELETE ON a BEGIN DELETE FROM b;", .sqlite, saying: "line 3"))
    #expect(fails("\nCREATE FUNCTION f() BEGIN ATOMIC SELECT 1;", .postgresql, saying: "line 2"))
  }

  @Test func transactionWordsAreStatements() throws {
    #expect(try statements("BEGIN; a; END; COMMIT", .sqlite) == ["BEGIN", "a", "END", "COMMIT"])
  }

  @Test func whatOnlyPsqlUnderstandsIsRefused() {
    #expect(fails("a\n\\d a\nb;", .postgresql, saying: "psql"))
    #expect(fails("select 1 \\gexec", .postgresql, saying: "psql"))
    #expect(fails("COPY a (b) FROM stdin;\nit's\n\\.\n", .postgresql, saying: "INSERT") == false)
    #expect(fails("COPY a (b) FROM stdin;\nit's\n\\.\n", .postgresql, saying: "stdin"))
  }

  @Test func aLineThatBeginsWithABackslashIsAStatement() throws {
    let found = try ScannedStatement.statements(of: "\\restrict 4bC\n\na;\\d a -- x\n-- y\nb;", lexicon: .postgresql)
    #expect(found.map(\.sql) == ["\\restrict 4bC", "a", "\\d a", "b"])
    #expect(found.map(\.comments) == [[], [], ["x"], ["y"]])
  }

  @Test func commentsBelongToTheStatementBelow() throws {
    let found = try ScannedStatement.statements(
      of: "-- one\n--   two\n/* three\n * four */\na -- five\n + b -- six\n; -- seven\n-- eight\nc;", lexicon: .sqlite)
    #expect(found.map(\.sql) == ["a -- five\n + b", "c"])
    #expect(found.map(\.comments) == [["one", "two", "three", "* four", "six", "seven"], ["eight"]])
    #expect(found.map(\.position) == [SQLPosition(line: 5, column: 1), SQLPosition(line: 9, column: 1)])
  }

  @Test func readingTakesLinearTime() throws {
    func time(ofReading count: Int) throws -> Duration {
      let text = String(repeating: "INSERT INTO t VALUES ('a;b', 1); -- c\n", count: count)
      var found = 0
      let time = try processorTime { found = try statements(text, .sqlite).count }
      #expect(found == count)
      return time
    }
    let (few, many) = (try time(ofReading: 400), try time(ofReading: 400 * 16))
    // Sixteen times as much; where the time grows with the square, it is 256 times as much.
    #expect(many < few * 64)
  }
}

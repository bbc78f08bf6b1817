import MetaxyTestSupport
import Testing

@testable import MetaxyPostgreSQLDriver

/// Which row of a COPY the server refused, whatever language it speaks.
@Suite(.timed) struct CopiedRowTests {
  private func row(_ context: String?, of table: String = "video") -> Int? {
    var report = PostgreSQLReport(message: "no")
    report.context = context
    return report.copiedRow(of: table)
  }

  /// As PostgreSQL translates it. https://github.com/postgres/postgres/tree/REL_17_STABLE/src/backend/po
  @Test(arguments: [
    "COPY video, line 12, column fps: \"34\"", "COPY video, Zeile 12, Spalte fps: »34«",
    "COPY video, ligne 12, colonne fps : « 34 »", "videoのCOPY、行12、列fps: \"34\"", "COPY video, line 12",
    "COPY video, строка 12, столбец fps: \"34\"", "COPY video, 12행, fps 열: null 입력",
  ])
  func everyLanguageKeepsTheNumber(context: String) { #expect(row(context) == 12) }

  @Test func digitsOfTheTableAreNotTheRow() {
    #expect(row("COPY table2, line 7, column c3: \"9\"", of: "table2") == 7)
  }

  @Test func whatRanInATriggerComesFirst() {
    #expect(row("PL/pgSQL function f() line 3 at RAISE\nCOPY video, line 5: \"a\"") == 5)
  }

  @Test func otherContextsHaveNoRow() {
    #expect(row(nil) == nil)
    #expect(row("PL/pgSQL function f() line 3 at RAISE") == nil)
    #expect(row("COPY other, line 5") == nil)
  }
}

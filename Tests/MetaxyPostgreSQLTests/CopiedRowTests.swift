import MetaxyTestSupport
import Testing

@testable import MetaxyPostgreSQL

/// The row of a COPY that a server refused, which is only in the text of its context.
@Suite(.timed) struct CopiedRowTests {
  private func row(_ context: String?, of table: String = "video") -> Int? {
    var report = PostgreSQLReport(message: "no")
    report.context = context
    return report.copiedRow(of: table)
  }

  // As the message catalogs of PostgreSQL 15 have it.
  @Test(arguments: [
    "COPY video, line 3, column fps: \"7 s\"", "COPY video, line 3: \"a\tb\"", "COPY video, line 3",
    "COPY video, Zeile 3, Spalte fps: »7 s«", "COPY video, ligne 3, colonne fps : « 7 s »",
    "COPY video, 行 3, 列 fps: \"7 s\"",
    "videoのCOPY、行 3、列 fps: \"7 s\"", "COPY video, строка 3, столбец fps: \"7 s\"", "COPY video, 3행, fps 열: null 입력",
    "PL/pgSQL function check_row() line 9 at RAISE\nCOPY video, line 3: \"a\"",
  ])
  func everyLanguageHasTheNumberAfterTheName(_ context: String) { #expect(row(context) == 3) }

  @Test func numbersInNamesAndValuesAreNotRows() {
    #expect(row("COPY take 2, line 14, column fps: \"5\"", of: "take 2") == 14)
    #expect(row("COPY a, line 8, line 4, column x", of: "a, line 8") == 4)
    #expect(row("SQL statement \"COPY other, line 5\"") == nil)
    #expect(row("COPY other, line 5") == nil)
    #expect(row(nil) == nil)
  }
}

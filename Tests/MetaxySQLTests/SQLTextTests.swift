import MetaxyFeatures
import MetaxySQL
import Testing

/// What SQL says of quotes: https://www.postgresql.org/docs/current/sql-syntax-lexical.html,
/// https://sqlite.org/lang_expr.html#literal_values_constants_.
@Suite struct SQLTextTests {
  @Test func quotesAreDoubled() {
    #expect(SQLText.literal("it's") == "'it''s'")
    #expect(SQLText.literal("") == "''")
    #expect(SQLText.identifier(#"say "hi""#) == #""say ""hi""""#)
  }

  /// To Swift a quote with a combining mark is one character, and another one than the quote.
  @Test func aQuoteIsDoubledBeforeACombiningMark() {
    #expect(Array(SQLText.literal("a'\u{301}b").unicodeScalars) == Array("'a''\u{301}b'".unicodeScalars))
    #expect(Array(SQLText.identifier("a\"\u{301}b").unicodeScalars) == Array("\"a\"\"\u{301}b\"".unicodeScalars))
  }

  @Test func valuesAreWrittenAsTheyAre() {
    let values: [(LiteralValue, String)] = [
      (.integer("-5"), "-5"), (.float("1e3"), "1e3"), (.boolean(false), "false"), (.null, "NULL"),
      (.string("x"), "'x'"),
    ]
    for (value, text) in values { #expect(SQLText.literal(value) == text) }
  }
}

import MetaxySQL
import Testing

@Suite struct SQLTextTests {
  @Test(arguments: [
    ("video", "\"video\"", "'video'"), ("it's", "\"it's\"", "'it''s'"),
    ("say \"a\"", "\"say \"\"a\"\"\"", "'say \"a\"'"),
    ("", "\"\"", "''"), ("''", "\"''\"", "''''''"), ("a\nb", "\"a\nb\"", "'a\nb'"),
  ])
  func quotesAreDoubled(_ text: String, _ identifier: String, _ literal: String) {
    #expect(SQLText.identifier(text) == identifier)
    #expect(SQLText.literal(text) == literal)
  }

  /// To Swift, a quote and the accent after it are one character, which is not equal to a quote.
  @Test func aQuoteWithACombiningMarkIsAQuote() {
    #expect(Array(SQLText.identifier("a\"\u{301}").unicodeScalars) == Array("\"a\"\"\u{301}\"".unicodeScalars))
    #expect(Array(SQLText.literal("a'\u{301}").unicodeScalars) == Array("'a''\u{301}'".unicodeScalars))
  }

  @Test(
    arguments: [
      ("\"a\"\"b\".c", "a\"b", ".c"), ("\"\"", "", ""), ("\"a\"\u{301}", "a", "\u{301}"), ("\"open", nil, "\"open"),
      ("plain", nil, "plain"), ("\"a\"\"", nil, "\"a\"\""),
    ] as [(String, String?, String)])
  func identifiersAreRead(_ text: String, _ name: String?, _ rest: String) {
    var scalars = text[...].unicodeScalars
    #expect(SQLText.readIdentifier(&scalars) == name)
    #expect(Array(scalars) == Array(rest.unicodeScalars))
  }
}

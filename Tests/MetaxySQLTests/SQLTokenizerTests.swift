import MetaxyErrors
import MetaxyMigrationErrors
import MetaxyPostgreSQL
import MetaxyRevisions
import MetaxySQL
import MetaxySQLite
import MetaxyTestSupport
import Testing

@Suite struct SQLTokenizerTests {
  private func texts(_ sql: String, _ lexicon: Lexicon) throws -> [String] {
    try SQLTokenizer.tokens(of: sql, lexicon: lexicon).map { String($0.text) }
  }

  private func only(_ sql: String, _ lexicon: Lexicon) throws -> SQLToken {
    let tokens = try SQLTokenizer.tokens(of: sql, lexicon: lexicon)
    try #require(tokens.count == 1, "\(tokens.map(\.text))")
    return tokens[0]
  }

  @Test(arguments: [
    ("select a.b,1", ["select", "a", ".", "b", ",", "1"]),
    ("a||b->c->>d", ["a", "||", "b", "->", "c", "->>", "d"]),
    ("a<=b>=c<>d!=e==f<<g>>h", ["a", "<=", "b", ">=", "c", "<>", "d", "!=", "e", "==", "f", "<<", "g", ">>", "h"]),
    ("x::int", ["x", "::", "int"]),
    ("1.5e-3-2", ["1.5e-3", "-", "2"]),
    (".5+0x1F", [".5", "+", "0x1F"]),
    ("'it''s'\"a\"\"b\"", ["'it''s'", "\"a\"\"b\""]),
    ("größe", ["größe"]),
    ("a -- ;'\nb /* '; */ c", ["a", "b", "c"]),
  ])
  func everyEngineReads(sql: String, tokens: [String]) throws {
    #expect(try texts(sql, Lexicon()) == tokens)
    #expect(try texts(sql, .postgresql) == tokens)
  }

  @Test func sqliteReadsItsQuotesAndParameters() throws {
    #expect(
      try texts("[a;b] `c``d` x'00ff' ?1 :n @n $n a$b", .sqlite)
        == ["[a;b]", "`c``d`", "x'00ff'", "?1", ":n", "@n", "$n", "a$b"])
    #expect(try only("[a]", .sqlite).kind == .quotedIdentifier)
    #expect(try only("X'00ff'", .sqlite).kind == .blob)
    #expect(try only("X'00ff'", .sqlite).value == "00ff")
    #expect(try only("?", .sqlite).kind == .parameter)
  }

  @Test func sqliteCommentsDoNotNest() throws {
    #expect(try texts("/* /* */ a", .sqlite) == ["a"])
  }

  @Test func postgresqlCommentsNest() throws {
    #expect(try texts("/* /* ; */ ; */ a", .postgresql) == ["a"])
  }

  @Test func postgresqlReadsItsStrings() throws {
    #expect(try only("$a$ $b$ ; $b$ $$ $a$", .postgresql).value == " $b$ ; $b$ $$ ")
    #expect(try only("$$;$$", .postgresql).value == ";")
    #expect(try only(#"E'\'\n\x41\u0042\103'"#, .postgresql).value == "'\nABC")
    #expect(try only("E'a' -- '\n  'b\\';'", .postgresql).value == "ab';")
    #expect(try only(#"U&'d\0061t\+000061\\'"#, .postgresql).value == #"data\"#)
    #expect(try only(#"U&"d\0061t;""#, .postgresql).value == "dat;")
    #expect(try only(#"U&"d\0061t;""#, .postgresql).kind == .quotedIdentifier)
    #expect(try texts("B'1' n'a' u & e", .postgresql) == ["B'1'", "n'a'", "u", "&", "e"])
  }

  @Test func dollarsInsideIdentifiersOpenNothing() throws {
    #expect(try texts("a$b$ ; $1 c$$", .postgresql) == ["a$b$", ";", "$1", "c$$"])
  }

  @Test func backslashHidesNoQuoteInPlainString() throws {
    #expect(try texts(#"'\' a"#, .postgresql) == [#"'\'"#, "a"])
  }

  @Test func bracketsAreSymbolsInPostgreSQL() throws {
    #expect(try texts("a[1:n]", .postgresql) == ["a", "[", "1", ":", "n", "]"])
  }

  @Test func valuesAreWithoutQuotes() throws {
    #expect(try only("'it''s'''", Lexicon()).value == "it's'")
    #expect(try only("\"a\"\"\"\"b\"", Lexicon()).value == "a\"\"b")
    #expect(try only("''", Lexicon()).value == "")
    #expect(try only("[a b]", .sqlite).value == "a b")
    #expect(try only("Word", Lexicon()).value == "Word")
  }

  @Test func wordsCompareWithoutCase() throws {
    #expect(try only("CrEaTe", Lexicon()).isWord("create"))
    #expect(try !only("\"create\"", Lexicon()).isWord("create"))
    #expect(try !only("created", Lexicon()).isWord("create"))
  }

  @Test func positionsCountLinesAndBytes() throws {
    let tokens = try SQLTokenizer.tokens(of: "é a\r\n  'x\ny' b", lexicon: Lexicon())
    #expect(
      tokens.map(\.position) == [
        SQLPosition(line: 1, column: 1), SQLPosition(line: 1, column: 4),
        SQLPosition(line: 2, column: 3), SQLPosition(line: 3, column: 4),
      ])
  }

  @Test func commentsComeWhenAsked() throws {
    let tokens = try SQLTokenizer.tokens(of: "-- a\r\n/* b */ c", lexicon: Lexicon(), includingComments: true)
    #expect(tokens.map { String($0.text) } == ["-- a", "/* b */", "c"])
    #expect(tokens.map(\.kind) == [.lineComment, .blockComment, .word])
  }

  @Test func carriageReturnEndsCommentInPostgreSQLOnly() throws {
    #expect(try texts("-- a\rb", .postgresql) == ["b"])
    #expect(try texts("-- a\rb", .sqlite) == [])
  }

  @Test(arguments: ["\n'a", "\n\"a\n", "\n/* a * /", "\n`a", "\n[a", "\n'a''"])
  func whatNeverClosesNamesItsLine(sql: String) {
    #expect(
      performing: { try texts(sql, .sqlite) },
      throws: { "\($0)".contains("line 2") && "\($0)".contains("never ends") })
  }

  @Test(arguments: ["\n$a$ $b$", #"\#nE'\'"#, "\n/* /* */", "\nE'\\"])
  func whatNeverClosesInPostgreSQLNamesItsLine(sql: String) {
    #expect(
      performing: { try texts(sql, .postgresql) },
      throws: { "\($0)".contains("line 2") && "\($0)".contains("never ends") })
  }

  @Test(arguments: ["a \0 b", "'a\0'", "-- \0"])
  func nulIsRefused(sql: String) {
    #expect(performing: { try texts(sql, .sqlite) }, throws: { ($0 as? MetaxyError)?.code == .nulInSQL })
  }

  @Test func textsTogetherWithWhiteSpaceAreTheWhole() throws {
    var random = SplitMix64(seed: 1)
    let pieces = [
      "'", "\"", "a", "$", "$a$", "--", "/*", "*/", "\n", " ", "E'", "\\", "[", "]", "`", ";", "1", ".", "é", "U&'",
    ]
    for _ in 0..<3000 {
      let sql = (0..<12).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      for lexicon in [Lexicon.sqlite, .postgresql] {
        guard let tokens = try? SQLTokenizer.tokens(of: sql, lexicon: lexicon, includingComments: true) else {
          continue
        }
        let written = tokens.map(\.text).joined().filter { !$0.isWhitespace }
        #expect(written == sql.filter { !$0.isWhitespace })
      }
    }
  }
}

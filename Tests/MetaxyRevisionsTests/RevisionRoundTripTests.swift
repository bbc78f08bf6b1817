import MetaxyPostgreSQL
import MetaxyRevisions
import MetaxySQL
import MetaxyTestSupport
import Testing

private let lexicons: Lexicons = ["sqlite": .sqlite, "postgresql": .postgresql]

/// Revision files of random content.
private struct RandomRevisions {
  var random: SplitMix64

  private let words = [
    "metaxy:", "upgrade", "--", "\n", "\r\n", "Revision:", "é", "x", ";", "'", "  ", "\t", "Created: ", "/*",
  ]
  private let pieces = [
    "SELECT", "a", "'x;\n-- metaxy:downgrade\n'", "\"q;\"\"\"", "1.5", "(b, c)", "||", "/* ; ' */", "-- c;'\n", "\n",
    "'it''s'", "é", "\r\n", "'\r\n'",
  ]

  mutating func pick<T>(_ values: [T]) -> T { values[Int.random(in: 0..<values.count, using: &random)] }

  mutating func text(_ pieces: [String], _ count: ClosedRange<Int>) -> String {
    (0..<Int.random(in: count, using: &random)).map { _ in pick(pieces) }.joined(separator: " ")
  }

  mutating func list<T>(_ count: ClosedRange<Int>, _ make: (inout Self) -> T) -> [T] {
    (0..<Int.random(in: count, using: &random)).map { _ in make(&self) }
  }

  mutating func statement() -> RevisionStatement {
    RevisionStatement(
      "SELECT \(text(pieces, 0...6)) z", comments: list(0...2) { $0.text($0.words, 0...4) },
      allowances: list(0...2) { Allowance(rule: "DS10\($0.pick([1, 2, 3]))", reason: "r " + $0.text($0.words, 0...4)) })
  }

  mutating func section() -> RevisionSection {
    RevisionSection(
      pick([.upgrade, .downgrade]), dialect: pick([nil, "sqlite", "postgresql"]),
      turnsForeignKeysOff: pick([true, false]),
      expectation: pick([nil, "x " + text(words, 0...4)]), statements: list(0...3) { $0.statement() },
      notes: list(0...2) { $0.text($0.words, 1...4) + "." })
  }

  mutating func name() -> String { RevisionName.random(using: &random) }

  mutating func file() -> RevisionFile {
    RevisionFile(
      path: "v/a.sql", message: text(words, 0...5), revision: name(), downRevisions: list(0...2) { $0.name() },
      dependencies: list(0...2) { $0.name() }, branchLabels: list(0...2) { $0.name() },
      created: pick([nil, RevisionTime(secondsSince1970: Int.random(in: 0...4_000_000_000, using: &random))]),
      snapshot: pick([nil, "7c9e"]), notes: list(0...3) { $0.text($0.words, 0...4) },
      sections: list(0...4) { $0.section() })
  }
}

@Suite struct RevisionRoundTripTests {
  @Test func whatIsWrittenIsReadAgain() throws {
    var revisions = RandomRevisions(random: SplitMix64(seed: 7))
    for _ in 0..<400 {
      let file = revisions.file()
      let text = file.rendered()
      let read = try RevisionFile(parsing: text, path: file.path, lexicons: lexicons)
      try #require(read.withoutPositions == file, "\(text)")
      try #require(read.rendered() == text)
    }
  }

  @Test func readingHandWrittenTextTwiceChangesNothing() throws {
    let text = """
      -- by hand
      -- Revision: aa
      -- more
      --
      -- and more
      -- Revises: bb   the last one

      -- metaxy:upgrade sqlite

      /* a
         b */
      SELECT 1; -- c
      -- d

      -- e
      -- metaxy:downgrade
      """
    let read = try RevisionFile(parsing: text, path: "a.sql", lexicons: lexicons)
    #expect(read.downRevisions == ["bb"])
    #expect(read.notes == ["more", "", "and more"])
    #expect(read.sections[0].notes == ["d", "e"])
    let again = try RevisionFile(parsing: read.rendered(), path: "a.sql", lexicons: lexicons)
    #expect(again.withoutPositions == read.withoutPositions)
  }
}

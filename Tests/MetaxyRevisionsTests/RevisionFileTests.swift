import MetaxyErrors
import MetaxyMigrationErrors
import MetaxyPostgreSQL
import MetaxyRevisions
import MetaxySQL
import Testing

private let lexicons: Lexicons = ["sqlite": .sqlite, "postgresql": .postgresql]

private func parse(_ text: String) throws -> RevisionFile {
  try RevisionFile(parsing: text, path: "v/a.sql", lexicons: lexicons)
}

/// The problems found in `text`, as `line: message`.
private func problems(_ text: String) -> [String] {
  do {
    _ = try parse(text)
    return []
  } catch let error as MetaxyError {
    return error.diagnostics.map { "\($0.location.line): \($0.message)" }
  } catch {
    return ["\(error)"]
  }
}

private let header = "-- m\n--\n-- Revision: aa\n-- Revises:\n\n"

@Suite struct RevisionFileTests {
  static let example = """
    -- add video feature table
    --
    -- Revision: 4f1c2a9b7d3e
    -- Revises: 1b2c3d4e5f60
    -- Created: 2026-11-22T10:07:31Z
    -- Snapshot: 7c9e  the feature graph that this revision brings the tables to

    -- metaxy:upgrade sqlite
    CREATE TABLE "video" (a int);

    -- metaxy:downgrade sqlite
    DROP TABLE "video";

    -- metaxy:upgrade postgresql
    -- no statements; write here what this direction runs, each statement ending with `;`

    """

  @Test func exampleOfTheDesignIsRead() throws {
    let file = try parse(Self.example)
    #expect(file.message == "add video feature table")
    #expect(file.revision == "4f1c2a9b7d3e")
    #expect(file.downRevisions == ["1b2c3d4e5f60"])
    #expect(file.created?.description == "2026-11-22T10:07:31Z")
    #expect(file.snapshot == "7c9e")
    #expect(file.notes == [])
    #expect(file.sections.map(\.direction) == [.upgrade, .downgrade, .upgrade])
    #expect(file.sections.map(\.dialect) == ["sqlite", "sqlite", "postgresql"])
    #expect(file.sections[0].statements.map(\.sql) == ["CREATE TABLE \"video\" (a int)"])
    #expect(file.sections[0].statements[0].position == SQLPosition(line: 9, column: 1))
    #expect(file.sections[2].statements == [])
    #expect(file.sections[2].notes == [])
    #expect(file.recordPath == "v/a.json")
  }

  @Test func exampleOfTheDesignIsWritten() throws {
    let file = RevisionFile(
      path: "v/a.sql", message: "add video feature table", revision: "4f1c2a9b7d3e", downRevisions: ["1b2c3d4e5f60"],
      created: RevisionTime("2026-11-22T10:07:31Z"), snapshot: "7c9e",
      sections: [
        RevisionSection(.upgrade, dialect: "sqlite", statements: [RevisionStatement("CREATE TABLE \"video\" (a int)")]),
        RevisionSection(.downgrade, dialect: "sqlite", statements: [RevisionStatement("DROP TABLE \"video\"")]),
        RevisionSection(.upgrade, dialect: "postgresql"),
      ])
    #expect(file.rendered() == Self.example)
    #expect(try file.checkedText(lexicons: lexicons) == Self.example)
  }

  @Test func allHeaderLinesAreReadAndWritten() throws {
    let text = """
      -- m
      --
      -- Revision: aa
      -- Revises: bb, cc
      -- Depends on: dd, lib
      -- Branch labels: x, y
      --
      -- careful: this takes an hour

      -- metaxy:upgrade
      SELECT 1;

      """
    let file = try parse(text)
    #expect(file.downRevisions == ["bb", "cc"])
    #expect(file.dependencies == ["dd", "lib"])
    #expect(file.branchLabels == ["x", "y"])
    #expect(file.notes == ["careful: this takes an hour"])
    #expect(file.rendered() == text)
  }

  @Test func readingIsTolerant() throws {
    let text =
      "\u{FEFF}--m\r\n-- revision:  aa  \r\n--REVISES:\r\n  -- metaxy:upgrade  sqlite  \r\n\r\nSELECT 1 ;  \r\nSELECT\r\n2"
    let file = try parse(text)
    #expect(file.message == "m")
    #expect(file.revision == "aa")
    #expect(file.downRevisions == [])
    #expect(file.sections.map(\.dialect) == ["sqlite"])
    #expect(file.sections[0].statements.map(\.sql) == ["SELECT 1", "SELECT\r\n2"])
  }

  @Test func sectionsServeTheirDialectInFileOrder() throws {
    let file = try parse(
      header + """
        -- metaxy:upgrade
        a;
        -- metaxy:upgrade postgresql
        b;
        -- metaxy:upgrade postgresql transaction:false
        CREATE UNIQUE INDEX CONCURRENTLY c ON d (e);
        -- metaxy:upgrade sqlite foreign_keys:off expects:columns a b: c
        d;
        -- metaxy:downgrade
        e;
        """)
    func sql(_ direction: RevisionDirection, _ dialect: String) -> [String] {
      file.sections(direction, dialect: dialect).flatMap { $0.statements.map(\.sql) }
    }
    #expect(sql(.upgrade, "postgresql") == ["a", "b", "CREATE UNIQUE INDEX CONCURRENTLY c ON d (e)"])
    #expect(sql(.upgrade, "sqlite") == ["a", "d"])
    #expect(sql(.downgrade, "sqlite") == ["e"])
    #expect(file.sections[2].runsInTransaction == false)
    #expect(file.sections[3].turnsForeignKeysOff)
    #expect(file.sections[3].expectation == "columns a b: c")
  }

  @Test func allowancesConcernTheNextStatement() throws {
    let file = try parse(
      header + """
        -- metaxy:upgrade
        a;
        -- why
        -- metaxy:allow DS103 the column is  empty
        -- metaxy:allow MF101 reviewed
        b;
        c;
        """)
    let statements = file.sections[0].statements
    #expect(statements.map(\.allowances.count) == [0, 2, 0])
    #expect(statements[1].allowances[0] == Allowance(rule: "DS103", reason: "the column is empty"))
    #expect(statements[1].comments == ["why"])
  }

  @Test func directivesInsideTextAreNone() throws {
    let file = try parse(
      header + """
        -- metaxy:upgrade
        SELECT '
        -- metaxy:downgrade
        ', /*
        -- metaxy:downgrade
        */ "
        -- metaxy:downgrade
        ";
        -- metaxy:upgrade postgresql
        SELECT $$
        -- metaxy:downgrade
        $$;
        """)
    #expect(file.sections.map(\.direction) == [.upgrade, .upgrade])
    #expect(file.sections.map(\.statements.count) == [1, 1])
  }

  @Test(arguments: [
    "x\n-- metaxy:downgrade", "metaxy:downgrade sqlite", "x\r\nDROP TABLE a;", "Revision: bb", "Revises: x\u{2028}y",
    "",
    "a\u{85}b", "-- metaxy:upgrade", "*/ ; drop", "note: x",
  ])
  func messageIsData(message: String) throws {
    let file = RevisionFile(
      path: "a.sql", message: message, revision: "aa", notes: [message],
      sections: [
        RevisionSection(
          .upgrade, expectation: message, statements: [RevisionStatement("SELECT 1", comments: [message])],
          notes: [message])
      ])
    let read = try RevisionFile(parsing: file.rendered(), path: "a.sql", lexicons: lexicons)
    #expect(read.revision == "aa")
    #expect(read.sections.map { $0.statements.map(\.sql) } == [["SELECT 1"]])
    #expect(!file.message.contains { $0.isNewline })
  }

  @Test(arguments: [
    ("-- m\n\n-- metaxy:upgrade\n", "1: the header has no line `-- Revision: …`"),
    ("-- m\n-- Revision: aa\nSELECT 1;\nSELECT 2;\n", "3: SQL before the first section"),
    (header + "-- metaxy:upgrad sqlite\na;", "6: unknown directive `metaxy:upgrad`: did you mean `metaxy:upgrade`?"),
    (header + "-- metaxy:upgrade sqlit\na;", "6: unknown dialect `sqlit`: did you mean `sqlite`?"),
    (
      header + "-- metaxy:upgrade transactions:false\na;",
      "6: unknown attribute `transactions`: did you mean `transaction`?"
    ),
    (header + "-- metaxy:upgrade transaction:no\n", "6: `transaction:no` is not `transaction:false`"),
    (header + "-- metaxy:upgrade sqlite x\n", "6: `x` follows the dialect"),
    (header + "-- metaxy:upgrade\na;\n-- metaxy:allow DS103\nb;", "8: `metaxy:allow` needs a rule and a reason"),
    (header + "-- metaxy:upgrade\na;\n-- metaxy:allow DS103 x\n", "8: no statement follows"),
    (
      header + "-- metaxy:upgrade\na\n-- metaxy:allow DS103 x\nb;",
      "8: `-- metaxy:allow DS103 x` is inside a statement"
    ),
    (header + "-- metaxy:upgrade\na; -- metaxy:allow DS103 x\n", "7: `-- metaxy:allow DS103 x` must begin its line"),
    (header + "-- metaxy:upgrade\na (\n-- metaxy:downgrade\nb;", "8: `-- metaxy:downgrade` is inside a statement"),
    (
      header + "-- metaxy:upgrade\na;\n\nb 'c;\n",
      "9: the string that starts in line 9 never ends, as `postgresql` reads it"
    ),
    (header + "-- metaxy:upgrade sqlite\na;\n PRAGMA foreign_keys=OFF;", "8: `PRAGMA` cannot be in a section"),
    (header + "-- metaxy:upgrade\nbegin;", "7: `BEGIN` cannot be in a section"),
    (header + "-- metaxy:upgrade\nEND;", "7: `END` cannot be in a section"),
    (header + "-- metaxy:upgrade\nSAVEPOINT a;", "7: `SAVEPOINT` cannot be in a section"),
    (header + "-- metaxy:upgrade postgresql transaction:false\nVACUUM;\nDROP TABLE a;", "8: this `DROP` cannot be"),
    (
      header + "-- metaxy:upgrade\nSELECT E'\\';'\n;",
      "7: the string that starts in line 7 never ends, as `sqlite` reads it"
    ),
    ("-- m\n-- Revision: a-b\n", "2: `a-b` cannot be the name of a revision"),
    ("-- m\n-- Revision: aa\n-- Revises: head\n", "3: `head` cannot be the name of a revision"),
    ("-- m\n-- Revision: aa\n-- Revision: bb\n", "3: `Revision:` is duplicated"),
    ("-- m\n-- Revision: aa\n-- Created: today\n", "3: `today` is not a time"),
  ])
  func problemsNameTheirLine(text: String, expected: String) {
    let found = problems(text)
    #expect(found.count == 1, "\(found)")
    #expect(found.first?.hasPrefix(expected) == true, "\(found)")
  }

  @Test func allProblemsComeAtOnce() {
    let found = problems(
      header + "-- metaxy:upgrade sqlite\nPRAGMA a;\nCOMMIT;\n-- metaxy:downgrad\n\n-- metaxy:downgrade mysql\nx;")
    #expect(found.map { $0.prefix(2) } == ["7:", "8:", "9:", "11"])
  }

  @Test func whatTheProjectIsNotForNeedNotReadTheSame() throws {
    let trigger = "CREATE TRIGGER a AFTER INSERT ON b BEGIN DELETE FROM c; DELETE FROM d; END"
    let text = header + "-- metaxy:upgrade\n\(trigger);\n\n-- metaxy:downgrade postgresql\nSELECT $$ ; $$;\n"
    let file = try RevisionFile(parsing: text, path: "a.sql", lexicons: lexicons.serving(["sqlite"]))
    #expect(file.sections.map { $0.statements.map(\.sql) } == [[trigger], ["SELECT $$ ; $$"]])
    #expect { try RevisionFile(parsing: text, path: "a.sql", lexicons: lexicons) } throws: {
      ($0 as? MetaxyError)?.code == .malformedRevision
    }
  }

  @Test func sectionForAllMustReadTheSameEverywhere() {
    let found = problems(header + "-- metaxy:upgrade\nSELECT $$ ; $$;\n")
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("6: the dialects read this section differently") == true, "\(found)")
  }

  @Test(arguments: [
    "CREATE INDEX CONCURRENTLY IF NOT EXISTS a ON b (c)", "DROP INDEX CONCURRENTLY a", "REINDEX INDEX a", "VACUUM a",
    "ANALYZE", "ALTER TABLE IF EXISTS ONLY s.\"a\" VALIDATE CONSTRAINT b", "ALTER TYPE s.a ADD VALUE IF NOT EXISTS 'b'",
    "alter table a validate constraint b, validate constraint c",
  ])
  func outsideTransactionsThisMayStand(sql: String) {
    #expect(problems(header + "-- metaxy:upgrade postgresql transaction:false\n\(sql);") == [])
  }

  @Test(arguments: [
    "CREATE TABLE a (b int)", "DROP TABLE a", "ALTER TABLE a VALIDATE CONSTRAINT b, DROP COLUMN c",
    "ALTER TABLE a ADD COLUMN b int", "ALTER TYPE a RENAME TO b", "UPDATE a SET b = 1", "SELECT 1",
  ])
  func outsideTransactionsThisMayNotStand(sql: String) {
    #expect(problems(header + "-- metaxy:upgrade postgresql transaction:false\n\(sql);").count == 1)
  }

  @Test func statementThatIsTwoIsNotWritten() {
    let file = RevisionFile(
      path: "a.sql", message: "m", revision: "aa",
      sections: [RevisionSection(.upgrade, statements: [RevisionStatement("a; b")])])
    #expect { try file.checkedText(lexicons: lexicons) } throws: { ($0 as? MetaxyError)?.code == .unfaithfulRevision }
  }
}

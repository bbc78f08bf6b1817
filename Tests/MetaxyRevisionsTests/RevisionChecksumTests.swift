import MetaxyPostgreSQL
import MetaxyRevisions
import MetaxySQL
import Testing

@Suite struct RevisionChecksumTests {
  private static let text = """
    -- m
    -- Revision: aa

    -- metaxy:upgrade sqlite
    CREATE TABLE a (b int);
    INSERT INTO a VALUES ('x
    y');

    -- metaxy:upgrade postgresql
    SELECT 1;

    -- metaxy:downgrade
    DROP TABLE a;
    """

  private func checksum(_ text: String) throws -> String {
    let file = try RevisionFile(parsing: text, path: "a.sql", lexicons: ["sqlite": .sqlite, "postgresql": .postgresql])
    return try file.checksum(dialect: "sqlite", lexicon: .sqlite)
  }

  @Test(arguments: [
    ("\n", "\r\n"), ("-- m\n", "-- another message\n"), ("CREATE TABLE a (", "CREATE  TABLE\na\n( -- c\n"),
    ("SELECT 1", "SELECT 2"),
    ("DROP TABLE a;", "DROP TABLE a"), ("INSERT", "-- metaxy:allow DS103 why\nINSERT"), ("int);", "int)\n;\n;"),
  ])
  func thisDoesNotCount(old: String, new: String) throws {
    let changed = Self.text.split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
    #expect(changed != Self.text)
    #expect(try checksum(changed) == checksum(Self.text))
  }

  @Test(arguments: [
    ("b int", "c int"), ("x\ny", "x y"), ("DROP TABLE a;", ""), ("'x", "'x "), ("int);", "int)"),
    ("metaxy:downgrade", "metaxy:upgrade"), ("upgrade sqlite", "upgrade sqlite foreign_keys:off"), ("CREATE", "create"),
  ])
  func thisCounts(old: String, new: String) throws {
    let changed = Self.text.split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
    #expect(changed != Self.text)
    #expect(try checksum(changed) != checksum(Self.text))
  }

  @Test func isSHA256InHexadecimal() throws {
    // printf 'upgrade\0\0SELECT\0001\0\0\0' | sha256sum
    let file = RevisionFile(
      path: "a.sql", message: "", revision: "aa",
      sections: [RevisionSection(.upgrade, statements: [RevisionStatement("SELECT 1")])])
    #expect(
      try file.checksum(dialect: "sqlite", lexicon: .sqlite)
        == "d8b6601e7a496a7f4ef32f44e7c24fcd66b01ecd56f9795816826ed78eb941dc")
  }
}

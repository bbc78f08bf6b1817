import MetaxyErrors
import MetaxyPostgreSQL
import MetaxyRevisions
import MetaxySQL
import MetaxySQLite
import Testing

@Suite struct RenameAnnotationTests {
  private func names(_ sql: String, lexicon: Lexicon = .sqlite) throws -> RenameAnnotations {
    let statement = try #require(try ScannedStatement.statements(of: sql, lexicon: lexicon).first)
    return try RenameAnnotations(of: statement, lexicon: lexicon)
  }

  @Test func aCommentIsAboutTheColumnThatBeganBeforeIt() throws {
    let found = try names(
      """
      CREATE TABLE users (
        id BIGINT NOT NULL,
        user_name TEXT DEFAULT ('a, b'), -- @renamed from=username
        "full name" TEXT /* @renamed from="old, name" */,
        age NUMERIC(8, -- @renamed from=years
          2),
        CONSTRAINT c CHECK (age > 0) -- nothing of the kind
      )
      """)
    #expect(found.table == nil)
    #expect(found.columns == ["user_name": "username", "full name": "old, name", "age": "years"])
  }

  @Test func aCommentBeforeTheFirstColumnIsAboutTheTable() throws {
    let found = try names("CREATE TABLE \"user_profiles\" ( -- @renamed from=\"user accounts\"\n id INT)")
    #expect(found.table == "user accounts")
    #expect(found.columns == [:])
  }

  /// https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS
  @Test func namesWithoutQuotesAreInSmallLettersToPostgreSQL() throws {
    let found = try names(
      """
      CREATE TABLE Video ( -- @renamed from=Film
        Path text, -- @renamed from="File"
        "Size" bigint -- @renamed from=Size
      )
      """, lexicon: .postgresql)
    #expect(found.table == "film")
    #expect(found.columns == ["path": "File", "Size": "size"])
  }

  @Test(arguments: [
    "CREATE TABLE a (b INT, -- renamed from=c\n d INT)", "CREATE TABLE a (b TEXT DEFAULT '-- @renamed from=c')",
    "CREATE TABLE a (b INT -- @renamed from=\n)", "CREATE TABLE a (b INT -- @renamed from=7\n)",
  ])
  func nothingElseDeclaresARename(_ sql: String) throws {
    let found = try names(sql)
    #expect(found.table == nil)
    #expect(found.columns == [:])
  }
}

import MetaxySQL
import Testing

@testable import MetaxyRuntime

/// The names of tables in the log table: plain for people, quoted only if they would be read back as other names.
@Suite struct LoggedTableNamesTests {
  private static let archived = TableName("video", schema: "archive")

  @Test(
    arguments: [
      ([], ""), (["video"], "video"), (["video", "crop"], "crop\nvideo"),
      ([archived, "video"], "video\narchive.video"),
      ([TableName("a.b"), TableName("b", schema: "a")], "\"a.b\"\na.b"),
      ([TableName("2024.v", schema: "a.b")], "\"a.b\".\"2024.v\""), (["say \"b\""], "say \"b\""),
      (["\"quoted\""], "\"\"\"quoted\"\"\""), (["two\nlines"], "\"two\nlines\""),
      ([TableName("Ü x", schema: "S")], "S.Ü x"),
      ([""], "\"\""),
    ] as [([TableName], String)])
  func namesWithSchemas(_ names: [TableName], _ text: String) {
    let log = LoggedTableNames(hasSchemas: true)
    #expect(log.text(of: names) == text)
    #expect(Set(log.names(in: text)) == Set(names))
  }

  @Test(
    arguments: [
      (["a.b", "b"], "a.b\nb"), (["\"quoted\""], "\"\"\"quoted\"\"\""), (["\".x"], "\"\"\".x\""),
      (["two\nlines"], "\"two\nlines\""),
    ] as [([TableName], String)])
  func aDotIsPartOfANameOnAnEngineWithoutSchemas(_ names: [TableName], _ text: String) {
    let log = LoggedTableNames(hasSchemas: false)
    #expect(log.text(of: names) == text)
    #expect(Set(log.names(in: text)) == Set(names))
  }

  /// Earlier versions never quoted.
  @Test func unquotedNamesOfEarlierVersionsAreRead() {
    let log = LoggedTableNames(hasSchemas: true)
    #expect(log.names(in: "video\narchive.video\n") == ["video", Self.archived])
    #expect(log.names(in: "a.b.c") == [TableName("b.c", schema: "a")])
    #expect(log.names(in: "\"half\na\"b.c") == ["\"half", TableName("c", schema: "a\"b")])
    #expect(log.names(in: "\"x\"y\nz") == ["\"x\"y", "z"])
  }
}

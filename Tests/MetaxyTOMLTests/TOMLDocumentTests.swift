import MetaxyErrors
import MetaxyTOML
import MetaxyTestSupport
import Testing

@Suite(.timed) struct TOMLDocumentTests {
  private func diagnostic(of text: String) -> Diagnostic? {
    do {
      _ = try TOMLDocument(text, file: "test.toml")
      return nil
    } catch {
      return error.diagnostics.first
    }
  }

  @Test func keysAndValuesHaveTheirPlaces() throws {
    let root = try TOMLDocument("\n[a.b]\n  \"é\" = 1", file: "x.toml").root
    let a = try #require(try root.table("a"))
    let b = try #require(try a.table("b"))
    let entry = try #require(b["é"])
    #expect(entry.keyLocation == SourceLocation(file: "x.toml", line: 3, column: 3))
    // Columns count bytes: the key takes four.
    #expect(entry.value.location == SourceLocation(file: "x.toml", line: 3, column: 10))
    #expect(a["b"]?.value.location == SourceLocation(file: "x.toml", line: 2, column: 1))
    #expect(b.path == ["a", "b"])
  }

  @Test func entriesKeepTheirOrder() throws {
    let root = try TOMLDocument("b = 1\na.z = 1\nc = 1\na.y = 2", file: "x.toml").root
    #expect(root.entries.map(\.key) == ["b", "a", "c"])
    #expect(try root.table("a")?.entries.map(\.key) == ["z", "y"])
  }

  @Test func wrongTypeNamesKeyTypesAndPlace() throws {
    let root = try TOMLDocument("[a]\nb = { c = 1, d = ['x', 2] }", file: "x.toml").root
    let b = try #require(try root.table("a")?.table("b"))
    let error = #expect(throws: MetaxyError.self) { try b.string("c") }
    #expect(error?.message == "`a.b.c` must be a string, found an integer")
    #expect(error?.diagnostics.first?.location == SourceLocation(file: "x.toml", line: 2, column: 11))
    #expect(error?.diagnostics.first?.sourceLine == "b = { c = 1, d = ['x', 2] }")
    let inList = #expect(throws: MetaxyError.self) { try b.strings("d") }
    #expect(inList?.message == "`a.b.d` must be an array of strings, found an integer in it")
    #expect(inList?.diagnostics.first?.location.column == 24)
  }

  @Test func missingKeysAreNil() throws {
    let root = try TOMLDocument("", file: "x.toml").root
    #expect(try root.string("a") == nil)
    #expect(try root.table("a") == nil)
  }

  @Test func errorsStandAtTheirPlace() throws {
    #expect(diagnostic(of: "a = 1\nb = [1,\n  ?]")?.location == SourceLocation(file: "test.toml", line: 3, column: 3))
    #expect(diagnostic(of: "a = 1\n  a = 2")?.location == SourceLocation(file: "test.toml", line: 2, column: 3))
    #expect(diagnostic(of: "a = 1\n  a = 2")?.sourceLine == "  a = 2")
    // An unclosed construct is reported at its opening.
    #expect(diagnostic(of: "a = 1\nb = \"\"\"x\n\n")?.location == SourceLocation(file: "test.toml", line: 2, column: 5))
  }

  @Test(arguments: [
    "url = \"postgresql://me:pw@host/db", "url = 'postgresql://me:pw", "a = { password = 'pw' b }", "x.passwd = pw",
  ])
  func linesThatMayHoldPasswordsAreNotShown(text: String) throws {
    let displayText = try #require(diagnostic(of: text))
    #expect(!displayText.description.contains("pw"))
  }

  @Test func integersOf64BitsAreTheLimit() {
    #expect(diagnostic(of: "a = 9223372036854775808")?.message == "integer is too large")
    #expect(diagnostic(of: "a = -9223372036854775809") != nil)
    #expect(diagnostic(of: "a = 0xffffffffffffffff") != nil)
  }

  @Test(arguments: [("a = ", "["), ("a = ", "{a = "), ("", "a."), ("[", "a.")])
  func endlessNestingIsRefused(start: String, repeated: String) {
    let text = start + String(repeating: repeated, count: 100_000)
    #expect(diagnostic(of: text) != nil)
  }

  @Test func nestingUpToTheLimitIsRead() throws {
    let depth = TOMLDocument.maximumDepth - 1  // the key is one level
    let text = "a = " + String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    #expect(try TOMLDocument(text, file: "x.toml").root["a"] != nil)
  }

  @Test func writtenTextReadsBack() throws {
    let text = "quote \" backslash \\ line\nreturn\r tab\t nul\u{0} del\u{7F} é"
    let key = "a.b \"c\""
    let document = "\(TOMLText.key(key)) = \(TOMLText.string(text))"
    #expect(try TOMLDocument(document, file: "x.toml").root.string(key) == text)
    #expect(TOMLText.key("plain-key_1") == "plain-key_1")
  }
}

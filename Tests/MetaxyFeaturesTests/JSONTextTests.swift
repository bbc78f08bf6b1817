import MetaxyFeatures
import Testing

@Suite struct JSONTextTests {
  private let value: JSONValue = ["b": [1, 2.5, true, nil], "a": [:], "c": [], "d": ["e": "f"]]

  @Test func indentedTextHasAMemberPerLine() {
    #expect(
      value.text() == """
        {
          "b": [
            1,
            2.5,
            true,
            null
          ],
          "a": {},
          "c": [],
          "d": {
            "e": "f"
          }
        }
        """)
  }

  @Test func compactTextIsOneLine() {
    #expect(value.text(indented: false) == #"{"b": [1, 2.5, true, null], "a": {}, "c": [], "d": {"e": "f"}}"#)
  }

  @Test func onlyWhatMustBeIsEscaped() {
    let string: JSONValue = "\" \\ / \n \r \t \u{8} \u{0} \u{1F} \u{7F} é 😀"
    #expect(string.text() == #""\" \\ / \n \r \t \u0008 \u0000 \u001f "# + "\u{7F} é 😀\"")
    let member: JSONValue = ["\n": 1]
    #expect(member.text(indented: false) == #"{"\n": 1}"#)
  }

  @Test func scalarsStandAlone() {
    #expect(JSONValue.null.text() == "null")
    #expect(JSONValue.boolean(false).text() == "false")
    #expect(JSONValue.number("1e999").text() == "1e999")
    #expect(JSONValue(nil as String?).text() == "null")
    #expect(JSONValue("x" as String?).text() == "\"x\"")
    #expect(JSONValue(-3).text() == "-3")
  }

  @Test func membersAreFoundByCodePoints() {
    let value = JSONValue.object([.init("e\u{301}", "two"), .init("\u{E9}", "one")])
    #expect(value["\u{E9}"] == "one")
    #expect(value["e\u{301}"] == "two")
    #expect(value["e"] == nil)
    #expect(JSONValue.array(["\u{E9}"])["\u{E9}"] == nil)
  }

  @Test func aMemberThatIsNullIsThere() {
    let value: JSONValue = ["a": nil]
    #expect(value["a"] == .some(.null))
    #expect(value["b"] == nil)
  }
}

import MetaxyFeatures
import MetaxyGraph
import MetaxyJSON
import MetaxyTestSupport
import Testing

/// Python's text of JSON: what CPython 3.11 writes for `json.dumps(json.loads(text), sort_keys=True)`.
@Suite(.timed) struct CanonicalJSONTests {
  private func canonical(_ value: JSONValue) -> String { String(decoding: value.canonicalText, as: UTF8.self) }

  @Test(arguments: [
    ("0", "0"), ("-0", "0"), ("12345678901234567890123456789012345678901", "12345678901234567890123456789012345678901"),
    ("-0.0", "-0.0"), ("0e5", "0.0"), ("1.50", "1.5"), ("100.0", "100.0"), ("1E5", "100000.0"),
    ("1e15", "1000000000000000.0"),
    ("1e16", "1e+16"), ("123456789012345678.0", "1.2345678901234568e+17"), ("9007199254740993.0", "9007199254740992.0"),
    ("9999999999999998.0", "9999999999999998.0"), ("0.0001", "0.0001"), ("0.00012", "0.00012"), ("0.00001", "1e-05"),
    ("1.5e-7", "1.5e-07"), ("-1e-10", "-1e-10"), ("1e22", "1e+22"), ("1e100", "1e+100"), ("5e-324", "5e-324"),
    ("1.7976931348623157e308", "1.7976931348623157e+308"), ("0.1", "0.1"),
    ("0.30000000000000004", "0.30000000000000004"),
    ("1e400", "Infinity"), ("-1e400", "-Infinity"), ("1e-400", "0.0"), ("-1e-400", "-0.0"), ("NaN", "NaN"),
    ("Infinity", "Infinity"), ("-Infinity", "-Infinity"),
  ])
  func numberIsWrittenAsPythonDoes(text: String, expected: String) {
    #expect(canonical(.number(text)) == expected)
  }

  @Test func textIsEscapedToASCII() {
    #expect(canonical(.string("\"\\/\u{8}\u{C}\n\r\t\u{0}\u{1F} ~")) == #""\"\\/\b\f\n\r\t\u0000\u001f ~""#)
    #expect(canonical(.string("\u{7F}\u{80}\u{E9}\u{2028}\u{FFFF}")) == #""\u007f\u0080\u00e9\u2028\uffff""#)
    #expect(canonical(.string("\u{10000}\u{1F600}")) == #""\ud800\udc00\ud83d\ude00""#)
  }

  @Test func membersAreSortedByCodePoints() {
    let names = ["\u{1F600}", "\u{FF5E}", "e\u{301}", "\u{E9}", "a", "Z", ""]
    let value = JSONValue.object(names.map { .init($0, .null) })
    let expected = ["", "Z", "a", "e\\u0301", "\\u00e9", "\\uff5e", "\\ud83d\\ude00"]
    #expect(canonical(value) == "{" + expected.map { "\"\($0)\": null" }.joined(separator: ", ") + "}")
  }

  @Test func partsAreSeparatedAsPythonDoes() {
    #expect(
      canonical(["b": [1, 1.5, true, nil], "a": [:], "c": []]) == #"{"a": {}, "b": [1, 1.5, true, null], "c": []}"#)
  }

  @Test func nonFiniteNumbersAreReadOnlyWherePythonWrites() throws {
    let text = "[NaN, -Infinity, Infinity, -1]"
    #expect(throws: (any Error).self) { try JSONValue(parsing: text, file: "f") }
    let node = try JSONNode(parsing: text.utf8, file: "f", allowsNonFinite: true)
    #expect(node.value == [.number("NaN"), .number("-Infinity"), .number("Infinity"), .number("-1")])
    #expect(throws: (any Error).self) { try JSONNode(parsing: "[Nan]".utf8, file: "f", allowsNonFinite: true) }
  }
}

import Foundation
import MetaxyErrors
import MetaxyFeatures
import MetaxyGraph
import MetaxyTestSupport
import Testing

@Suite(.timed) struct JSONParsingTests {
  // MARK: Values

  @Test func numbersKeepTheirText() throws {
    let texts = ["0", "-0", "1.0", "1.50", "1E+2", "1e-7", "123456789012345678901234567890.123456789", "1e999"]
    for text in texts {
      #expect(try parse(text) == .number(text))
    }
  }

  @Test func membersAndElementsKeepTheirOrder() throws {
    let value = try parse(#" { "b" : [ 1 , [ ] , { } ] , "a" : null } "#)
    #expect(
      value == .object([.init("b", .array([.number("1"), .array([]), .object([])])), .init("a", .null)]))
  }

  @Test(
    arguments: [
      (#""""#, ""), (#""a/b""#, "a/b"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
      (#""\u0041\u00e9\u00E9""#, "Aéé"),
      (#""\ud83d\ude00""#, "😀"), (#""\uD800\uDC00\uDBFF\uDFFF""#, "\u{10000}\u{10FFFF}"), (#""\u0000""#, "\0"),
      (#""😀é""#, "😀é"), ("\"\u{7F}\u{2028}\"", "\u{7F}\u{2028}"),
    ])
  func stringsAreUnescaped(text: String, expected: String) throws {
    guard case .string(let string) = try parse(text) else { return #expect(Bool(false), "no string") }
    #expect(Array(string.unicodeScalars) == Array(expected.unicodeScalars))
  }

  @Test func namesOfOtherCodePointsAreOtherNames() throws {
    let value = try parse("{\"\u{E9}\": 1, \"e\u{301}\": 2}")
    #expect(value["\u{E9}"] == .number("1"))
    #expect(value["e\u{301}"] == .number("2"))
  }

  @Test func whatIsWrittenReadsBack() throws {
    let value: JSONValue = ["a": [nil, true, false, -1, 1.5, "\u{1}\"\\é😀"], "b": [:], "c": ["d": []]]
    #expect(try parse(value.text()) == value)
    #expect(try parse(value.text(indented: false)) == value)
  }

  // MARK: Errors

  @Test(
    arguments: [
      ("", "1:1", "expected a value"),
      (" \n  tru", "2:3", "expected a value"),
      ("[1,\n 2,,]", "2:4", "expected a value"),
      ("[1 2]", "1:4", "expected `,` or `]`"),
      (#"{"a": 1 "b""#, "1:9", "expected `,` or `}`"),
      (#"{"é" 1}"#, "1:7", "expected `:`"),
      (#"{"a": 1,}"#, "1:9", "expected the name of a member"),
      ("{\n  \"a\": 1,\n  \"a\": 2\n}", "3:3", "the object has a member `a` already"),
      (#"{"a": 1, "\u0061": 2}"#, "1:10", "the object has a member `a` already"),
      ("1 x", "1:3", "expected nothing more"),
      ("01", "1:2", "expected nothing more"),
      ("-", "1:2", "expected a digit"),
      ("[1.]", "1:4", "expected a digit"),
      ("\"ab", "1:1", "the string does not end"),
      ("\"a\nb\"", "1:3", "a string holds a control character that is not escaped"),
      (#""\x""#, "1:2", "there is no such escape"),
      (#""\u12g4""#, "1:4", "expected four hexadecimal digits"),
      (#""a\ud800b""#, "1:3", "the escape is half of a surrogate pair"),
      (#""\udc00""#, "1:2", "the escape is half of a surrogate pair"),
      (#""\ud800\ud800""#, "1:2", "the escape is half of a surrogate pair"),
    ])
  func errorsSayWhere(text: String, place: String, problem: String) throws {
    let error = try #require(throws: MetaxyError.self) { try parse(text) }
    let diagnostic = try #require(error.diagnostics.first)
    #expect(error.code == .invalidJSON)
    #expect(diagnostic.location.description == "graph.json:\(place)")
    #expect(diagnostic.message == problem)
    let numbers = place.split(separator: ":")
    #expect(error.message == "`graph.json` is not JSON: \(problem) at line \(numbers[0]), column \(numbers[1])")
  }

  @Test func anErrorShowsItsLine() throws {
    let error = try #require(throws: MetaxyError.self) { try parse("[\r\n  nul\r\n]") }
    #expect(error.diagnostics.first?.sourceLine == "  nul")
  }

  @Test func textThatIsNotUTF8IsRefused() throws {
    for wrong in [[0xFF], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xC0, 0xAF], [0xE2, 0x82]] as [[UInt8]] {
      let error = try #require(throws: MetaxyError.self) {
        try JSONValue(parsing: Array("\"ab".utf8) + wrong + Array("\"".utf8), file: "graph.json")
      }
      #expect(error.diagnostics.first?.message == "the text is not UTF-8")
      #expect(error.diagnostics.first?.location.column == 4)
    }
  }

  @Test func depthIsBounded() throws {
    let depth = JSONValue.maximumDepth
    _ = try parse(String(repeating: "[", count: depth) + String(repeating: "]", count: depth))
    _ = try parse(String(repeating: #"{"a":"#, count: depth) + "1" + String(repeating: "}", count: depth))
    let error = try #require(throws: MetaxyError.self) { try parse(String(repeating: "[", count: 1_000_000)) }
    #expect(error.message.contains("nested deeper than 512 levels at line 1, column 513"))
  }

  // MARK: Against Foundation

  /// Texts that the grammar allows.
  static let allowed = [
    "null", "true", "false", "0", "-0", "1.5", "1e5", "1E-5", "1.5e+10", "[]", "[ ]", "[1]", "[1,2]", "{}", "{ }",
    #"{"a":1}"#, #"{"a" : 1 , "b":2}"#, "\"\"", "\"a\"", "\"\\t\"", #""\u00e9""#, #""\u00E9""#, #""\ud83d\ude00""#,
    " 1 ",
    "\t1\r\n", "[[[[]]]]", #"{"a":{"b":[{}]}}"#, "\"\u{7F}\"", "\"\u{2028}\"", "\"\u{FEFF}\"", "[true,false,null]",
  ]

  /// Their neighbours, which it does not.
  static let refused = [
    "nulL", "True", "nullx", "00", "-01", "+1", "1.", ".5", "1e", "1e+", "0x10", "NaN", "Infinity", "-Infinity",
    "1_000",
    "١", "[,1]", "[,]", "[1", "1]", "[1}", "]", "{,}", #"{"a"}"#, #"{"a":}"#, "{a:1}", "{'a':1}", "{1:1}", #"{"a":1"#,
    "\"a", "'a'", "\"\t\"", "\"\n\"", #""\u00g0""#, #""\u12""#, #""\u+123""#, #""\U0041""#, #""\a""#, #""\'""#, #""\""#,
    "",
    " ", "\n", "\u{B}1", "\u{C}1", "\u{A0}1", "1 2", "1,", "[1] []", "// a\n1", "/* a */ 1", "[1 2]", #"["a" "b"]"#,
    #"{"a" 1}"#, #"{"a"=1}"#, "[[[[]]]", "[\u{FEFF}1]", "[1,\u{0}2]", "1e1.5", "--1", "- 1", "1 .5", "tru e",
  ]

  @Test(arguments: allowed) func allowedByTheGrammar(text: String) throws {
    try parse(text)
    #expect(isAcceptedByFoundation(Data(text.utf8)))
  }

  @Test(arguments: refused) func refusedByTheGrammar(text: String) {
    #expect(throws: MetaxyError.self) { try parse(text) }
    #expect(!isAcceptedByFoundation(Data(text.utf8)))
  }

  /// What Foundation takes beyond the grammar, or the grammar beyond what is safe to read.
  @Test(arguments: ["[1,]", "[1 , ]", #"{"a":1,}"#, #"{"a":1,"a":2}"#, "\u{FEFF}1"]) func refusedUnlikeFoundation(
    text: String
  ) {
    #expect(throws: MetaxyError.self) { try parse(text) }
    #expect(isAcceptedByFoundation(Data(text.utf8)))
  }

  @Test func foundationAcceptsTheSameMutations() {
    var random = SeededNumbers(seed: 42)
    let seeds = [
      #"{"a": [1, -2.5e+3, "x\n\u00e9"], "b": {"c": null, "d": true}}"#, #"[[], {}, "", 0, [1, [2, [3]]]]"#,
      #""\"\\\/\b\f\n\r\t\ud83d\ude00é😀""#, "[-0.0, 1E5, 12e-3, false]",
    ]
    let alphabet = Array(#"{}[]:,"\ -+.0123eEutfnabrlse/"#.utf8) + [0x09, 0x0A, 0x1F]
    for _ in 0..<20_000 {
      var bytes = Array(seeds[random.next(below: seeds.count)].utf8)
      for _ in 0...random.next(below: 2) {
        let place = random.next(below: bytes.count)
        switch random.next(below: 3) {
        case 0: bytes.remove(at: place)
        case 1: bytes.insert(alphabet[random.next(below: alphabet.count)], at: place)
        default: bytes[place] = alphabet[random.next(below: alphabet.count)]
        }
      }
      do {
        _ = try JSONValue(parsing: bytes, file: "")
        #expect(isAcceptedByFoundation(Data(bytes)), "\(String(decoding: bytes, as: UTF8.self).debugDescription)")
      } catch  where !isStricterThanFoundation(error, in: bytes) {
        #expect(
          !isAcceptedByFoundation(Data(bytes)), "\(String(decoding: bytes, as: UTF8.self).debugDescription): \(error)")
      } catch {}
    }
  }

  /// Whether the error is a member given twice, or a comma before the end of an array or object.
  private func isStricterThanFoundation(_ error: MetaxyError, in bytes: [UInt8]) -> Bool {
    guard let diagnostic = error.diagnostics.first else { return false }
    if diagnostic.message.hasPrefix("the object has a member") { return true }
    let line = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)[
      diagnostic.location.line - 1]
    let rest = line.dropFirst(diagnostic.location.column - 1)
    return (rest.first == UInt8(ascii: "]") && diagnostic.message == "expected a value")
      || (rest.first == UInt8(ascii: "}") && diagnostic.message == "expected the name of a member")
  }

  private func isAcceptedByFoundation(_ data: Data) -> Bool {
    (try? JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)) != nil
  }

  @discardableResult
  private func parse(_ text: String) throws(MetaxyError) -> JSONValue {
    try JSONValue(parsing: text, file: "graph.json")
  }

  /// The same numbers in every run.
  private struct SeededNumbers {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next(below limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(limit))
    }
  }
}

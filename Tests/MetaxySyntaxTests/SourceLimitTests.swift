import MetaxySyntax
import MetaxyTestSupport
import Testing

/// What a file may hold at most: anything beyond is reported, at once, and never ends the program.
@Suite(.timed) struct SourceLimitTests {
  private func feature(_ property: String, attribute: String = "@Feature(\"video\")") -> String {
    "import Metaxy\n\(attribute)\nstruct Video {\n  \(property)\n}\n"
  }

  private func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

  @Test func whatIsTooDeepIsReportedWithItsPlace() throws {
    let sources = [
      (
        feature("var a: Int", attribute: "@Feature(\(repeated("[", 2000))"),
        "F.swift:2:26: error: brackets are nested more than 16 deep"
      ),
      (feature("var a: \(repeated("[", 40))Int\(repeated("]", 40))"), "brackets are nested more than 16 deep"),
      (feature("var a: Int\(repeated("?", 11_300))"), "optionals are nested more than 16 deep"),
      (
        feature("var a: \(repeated("A<", 1300))Int\(repeated(">", 1300))"),
        "generic arguments are nested more than 200 deep"
      ),
      (feature("var a = \(repeated("(", 5000))"), "parentheses and braces are nested more than 200 deep"),
      (feature("\(repeated("#if A\n", 7800))\(repeated("#endif\n", 7800))"), "`#if`s are nested more than 100 deep"),
      (
        feature("var a: \(repeated("A <", 9000))Int\(repeated(">", 9000))"),
        "generic arguments are nested more than 200"
      ),
      (feature("var a: \(repeated("A < ", 9000))Int"), "generic arguments are nested more than 200 deep"),
      (feature("var a: \(repeated("A -> ", 9000))Int"), "function types are nested more than 200 deep"),
      (feature("var a: \(repeated("some ", 9000))Int"), "keywords are nested more than 16 deep"),
      (feature("var a = \(repeated("try ", 9000))b"), "keywords are nested more than 16 deep"),
      (feature("\(repeated("var\n", 9000))a: Int"), "keywords are nested more than 16 deep"),
      (feature("var a = if b {}\(repeated(" else if b {}", 9000))"), "`else`s are nested more than 200 deep"),
      (
        feature("var a = \(repeated("#\"\\#(", 9000))b\(repeated(")\"#", 9000))"),
        "parentheses and braces are nested more than 200 deep"
      ),
      (feature("var a: Int = \(repeated("9", 100_000))"), "a number of 100000 digits is longer than the 1000"),
    ]
    for (source, message) in sources {
      let found = lines(try discover(source))
      #expect(found.count == 1)
      #expect(found.first?.contains(message) == true, "\(found.first ?? "") \(message)")
    }
  }

  @Test func whatIsUsualIsRead() throws {
    let result = try discover(
      feature(
        """
        // \(repeated("[", 100)) is only a comment, /* as is this
        /* \(repeated("(", 300)) /* nested */ */
        var text: String = "\(repeated("[", 100))\\" \(repeated("(", 300))"
        var raw: String = #"\(repeated("[", 40))""#
          var inside: String = "\\(a ? "\(repeated("(", 300))" : #"b\\#(c["d"])"#)"
          func branches() { if a {}\(repeated(" else if b {}", 150)) }
          func functions() { \(repeated("let a: (Int) -> Int = { _ in a < b }\n", 300)) }
          enum Letters { \(repeated("case a\n", 300)) }
          var long: Int = \(repeated("9", 18))
          var list: [[[Int]]]
          var map: [String: [String: [Int]]]
        """))
    #expect(lines(result).filter { $0.contains("nested") || $0.contains("digits") } == [])
  }

  @Test func aFileThatIsTooLongIsReported() throws {
    let source = feature("var a: Int") + repeated(" ", 32 << 20)
    let first = lines(try discover(source)).first ?? ""
    #expect(first.contains("F.swift:1:1: error: the file has \(source.utf8.count) bytes, more than the 33554432"))
  }

  @Test func aKeyInPartsIsADependency() throws {
    let result = try discover(
      """
      import Metaxy
      @Feature(["video", "raw"]) struct Raw { var sampleUid: String }
      @Feature("crop", dependencies: [.feature(["video", "raw"])]) struct Crop { var sampleUid: String }
      """)
    #expect(lines(result).filter { $0.contains("error") } == [])
  }

  /// Twice the properties take about twice the time.
  @Test func manyPropertiesTakeLinearTime() throws {
    func time(_ count: Int) throws -> Duration {
      let properties = (0..<count).map { "  var p\($0): Int" }.joined(separator: "\n")
      let source = feature(properties)
      return try ContinuousClock().measure { _ = try discover(source) }
    }
    _ = try time(100)
    #expect(try time(4000) < time(1000) * 10 + .milliseconds(500))
  }
}

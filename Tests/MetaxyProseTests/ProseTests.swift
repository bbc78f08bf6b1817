import Foundation
import Testing

/// The language of the repository: sources and documents, without the tests.
@Suite struct ProseTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test func sourcesAndDocumentsUsePlainWords() throws {
    let check = ProseCheck(ProseRules.all)
    let files = try Self.files()
    #expect(files.count > 400)
    #expect(Set(files).isSuperset(of: ["Package.swift", "README.md", "CHANGELOG.md", "CONTRIBUTING.md"]))
    var report: [String] = []
    for file in files {
      let source = try String(contentsOf: Self.root.appendingPathComponent(file), encoding: .utf8)
      let text = file.hasSuffix(".md") ? ProseText(markdown: source) : ProseText(swift: source)
      report += check.findings(in: text).map { "\(file):\($0.line): `\($0.words)`: \($0.better)" }
    }
    #expect(report.isEmpty, "\(report.count) places:\n\(report.joined(separator: "\n"))")
  }

  @Test(arguments: ProseRules.all) func aRuleFindsItsExpressionAndNothingElse(_ rule: ProseRule) {
    let check = ProseCheck(ProseRules.all)
    let found = check.findings(in: ProseText(markdown: rule.hit))
    #expect(found.contains { $0.better == rule.better })
    #expect(check.findings(in: ProseText(markdown: rule.miss)) == [])
  }

  // MARK: - Texts

  /// Findings of `is|are told` and `in the way`, as `line: words`.
  private func findings(_ text: ProseText) -> [String] {
    let rules = [
      ProseRule(pattern: "is|are told", better: "is reported", hit: "", miss: ""),
      ProseRule(pattern: "in the way", better: "conflicts", exceptions: ["in the way that"], hit: "", miss: ""),
    ]
    return ProseCheck(rules).findings(in: text).map { "\($0.line): \($0.words)" }
  }

  @Test func anExpressionContinuesInTheNextLineOfAComment() {
    #expect(
      findings(ProseText(swift: "  /// The rows are\n  /// told in\n  /// the way that they are.\n  let a = 1"))
        == ["1: are told"])
    #expect(findings(ProseText(swift: "// It is\nlet told = 1\n// in the\n\n// way")) == [])
    #expect(findings(ProseText(swift: "/// It is\n///\n/// told\n/// - in\n/// - the way")) == [])
  }

  @Test func anExpressionContinuesInAJoinedLiteral() {
    #expect(findings(ProseText(swift: "f(\n  \"rows are \"\n    + \"told\")")) == ["2: are told"])
    #expect(findings(ProseText(swift: "f(\"rows are\",\n  \"told\")")) == [])
    let literal = "let a = \"\"\"\n  rows are in the \\\n  way\n  // is\n  told\n  \"\"\"\nlet b = told"
    #expect(findings(ProseText(swift: literal)) == ["2: in the way", "4: is told"])
  }

  @Test func anIdentifierIsReadAsItsWords() {
    #expect(
      findings(ProseText(swift: "let isToldOf = rowsInTheWay\nvar a: URLInTheWay"))
        == ["1: is told", "1: in the way", "2: in the way"])
    #expect(findings(ProseText(swift: "let isFoldable = inTheWayside\ncode = rows_in_the_way")) == [])
  }

  @Test func punctuationAndParagraphsSeparateWords() {
    #expect(findings(ProseText(markdown: "What it is. Told, in (the) way.\n\nin the\n- way\n")) == [])
    #expect(findings(ProseText(markdown: "It is\ntold *in the* way.")) == ["1: is told", "2: in the way"])
  }

  /// Swift and Markdown outside of `Tests`, as paths from the root.
  private static func files() throws -> [String] {
    let manager = FileManager.default
    func isRead(_ path: String) -> Bool { path.hasSuffix(".swift") || path.hasSuffix(".md") }
    let top = try manager.contentsOfDirectory(atPath: root.path).filter(isRead)
    let deep = ["Benchmarks", "Sources", "docs"].flatMap { directory in
      (manager.enumerator(atPath: root.appendingPathComponent(directory).path)?.compactMap { $0 as? String } ?? [])
        .filter(isRead).map { "\(directory)/\($0)" }
    }
    return (top + deep).sorted()
  }
}

extension ProseRule: CustomTestStringConvertible {
  var testDescription: String { pattern }
}

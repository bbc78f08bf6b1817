import Foundation
import MetaxyTestSupport
import Testing

/// The code blocks of README and articles: a script `page-…` of `Tests/EndToEnd` or a file of `Tests/Pages` uses each of them, or a
/// script states why none can.
///
/// Scripts use a block by the program `block`, or leave it out by a comment `not run: PAGE "START": reason`. The Swift files
/// have it in the place of a comment `block: START`.
@Suite struct PageBlockTests {
  /// The beginnings of the blocks that are used, by page.
  private static func uses() throws -> [String: [String]] {
    var uses: [String: [String]] = [:]
    let scripts = try Script.all(in: ScriptTests.directory.path)
    for path in scripts where URL(filePath: path).lastPathComponent.hasPrefix("page-") {
      let text = try String(contentsOfFile: path, encoding: .utf8)
      for use in text.matches(of: /\b(?:text|run|output|in|keys) ([A-Z]\w+) (?:"((?:[^"\\]|\\.)*)"|'([^']*)')/) {
        uses[String(use.1), default: []].append(Self.start(use.2 ?? use.3 ?? ""))
      }
      for use in text.matches(of: /(?m)^# not run: (\w+) "((?:[^"\\]|\\.)*)": \S/) {
        uses[String(use.1), default: []].append(Self.start(use.2))
      }
    }
    for path in try Repository.files(below: "Tests/Pages", suffix: ".swift") {
      let name = URL(filePath: path).lastPathComponent.prefix { $0 != "+" && $0 != "." }
      let text = try String(contentsOfFile: path, encoding: .utf8)
      uses[String(name), default: []] += text.matches(of: /\/\/ block: (.+)/).map { String($0.1) }
    }
    return uses
  }

  /// The beginning of a block as the shell reads it between quotes.
  private static func start(_ quoted: Substring) -> String { String(quoted).replacing(#"\""#, with: #"""#) }

  @Test func everyBlockIsUsed() throws {
    let uses = try Self.uses()
    let pages = try Page.all()
    #expect(pages.flatMap(\.blocks).count > 80)
    for page in pages {
      // The settings of services that these tests do not have.
      for block in page.blocks where block.language != "yaml" {
        let isUsed = (uses[page.name] ?? []).contains(where: block.text.hasPrefix)
        #expect(
          isUsed, "\(page.path):\(block.line): no test uses the block that begins with `\(block.text.prefix(40))`")
      }
    }
  }

  /// A name that is wrong, or a block that is gone.
  @Test func everyUseHasItsBlock() throws {
    let pages = Dictionary(uniqueKeysWithValues: try Page.all().map { ($0.name, $0) })
    for (name, starts) in try Self.uses() {
      for start in starts {
        let found = pages[name]?.blocks.filter { $0.text.hasPrefix(start) } ?? []
        #expect(found.count == 1, "\(found.count) blocks of \(name) begin with `\(start)`")
      }
    }
  }
}

import Foundation
import MetaxyFileWriting
import MetaxyFiles
import MetaxyTestSupport
import Testing

/// The change of each column type to each other one, up and down, with rows; and the table of it in the documentation, which
/// `make conversions` writes.
@Suite(.timed) struct ConversionTests {
  private static let page = Repository.path("Sources/Metaxy/Metaxy.docc/Conversions.md")

  @Test(arguments: Engine.allCases) func everyTypeToEveryOther(engine: Engine) throws {
    let types = ConversionType.all(on: engine)
    var symbols: [[String]] = []
    for type in types {
      do {
        symbols.append(try ConversionRow(type, on: engine).tried().map(\.symbol))
      } catch {
        Issue.record("\(type.name): \(error)")
      }
    }
    try #require(symbols.count == types.count)
    let text = Self.text(types, symbols)
    let page = try Files.text(at: Self.page)
    let (begin, end) = ("<!-- \(engine.rawValue) -->\n", "<!-- end of \(engine.rawValue) -->")
    let start = try #require(page.range(of: begin)?.upperBound)
    let stop = try #require(page.range(of: end)?.lowerBound)
    if ProcessInfo.processInfo.environment["METAXY_WRITE_CONVERSIONS"] != nil {
      try Files.write(page[..<start] + text + page[stop...], to: Self.page, replacing: true)
    } else {
      #expect(page[start..<stop] == text, "run `make conversions`")
    }
  }

  private static func text(_ types: [ConversionType], _ symbols: [[String]]) -> String {
    var counts: [String: Int] = [:]
    for symbol in symbols.joined() where symbol != "same" { counts[symbol, default: 0] += 1 }
    let total = counts.values.reduce(0, +)
    let order = ["exact", "consent", "some", "consent, some", "no"]
    var lines = [
      "\(total) pairs: " + order.map { "\(counts[$0, default: 0]) `\($0)`" }.joined(separator: ", ") + ".", "",
    ]
    lines.append("| from | " + order.joined(separator: " | ") + " |")
    lines.append("|---|" + order.map { _ in "---|" }.joined())
    for (type, row) in zip(types, symbols) {
      let cells = order.map { symbol in
        zip(types, row).filter { $0.1 == symbol }.map(\.0.name).joined(separator: ", ")
      }
      lines.append("| \(type.name) | \(cells.joined(separator: " | ")) |")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

import Foundation
import MetaxyFileWriting
import MetaxyFiles
import MetaxyTestSupport
import Testing

/// The catalogue of codes, and the page that is made from it. `make catalogue` writes the page.
@Suite struct ErrorCatalogueTests {
  @Test func thePageIsCurrent() throws {
    let text = try ErrorCatalogue().text
    if ProcessInfo.processInfo.environment["METAXY_WRITE_CATALOGUE"] != nil {
      try Files.write(text, to: ErrorCatalogue.page, replacing: true)
    }
    #expect(try Files.text(at: ErrorCatalogue.page) == text, "run `make catalogue`")
  }

  @Test func aCodeHasOneEntry() throws {
    let codes = try ErrorCatalogue().topics.flatMap(\.entries).map(\.code)
    #expect(codes.count > 100)
    #expect(Dictionary(grouping: codes, by: \.self).filter { $0.value.count > 1 }.isEmpty)
  }

  @Test func everyCodeIsThrown() throws {
    let sources = try Repository.files(below: "Sources", suffix: ".swift")
      .filter { path in !ErrorCatalogue.codes.contains(where: path.hasPrefix) }.map { try Files.text(at: $0) }.joined(
        separator: "\n")
    for entry in try ErrorCatalogue().topics.flatMap(\.entries) {
      let uses = [",", ")", " ", "\n", "("].map { ".\(entry.constant)\($0)" }
      #expect(uses.contains { sources.contains($0) }, "nothing throws \(entry.code)")
    }
  }
}

internal import MetaxyFiles

/// A page of the documentation with its code blocks: the README, or an article.
package struct Page: Sendable {
  package struct Block: Sendable {
    package var language: String
    package var text: String
    /// The line of the page at which the text begins.
    package var line: Int
  }

  package var path: String
  package var blocks: [Block] = []

  /// The name of the file without its extension.
  package var name: String { String(Paths.name(of: path).dropLast(".md".count)) }

  package init(at path: String) throws {
    self.path = path
    var open: Block?
    for (index, line) in try Files.text(at: path).split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if let block = open, line == "```" {
        blocks.append(block)
        open = nil
      } else if open != nil {
        open?.text += line + "\n"
      } else if line.hasPrefix("```") {
        open = Block(language: String(line.dropFirst(3)), text: "", line: index + 2)
      }
    }
  }

  /// Every page but those that are made from the sources.
  package static func all() throws -> [Page] {
    let articles = try Repository.files(below: "Sources", suffix: ".md").filter {
      $0.contains(".docc/") && !$0.hasSuffix("/CommandReference.md") && !$0.hasSuffix("/ErrorCatalogue.md")
    }
    return try ([Repository.path("README.md")] + articles).map(Page.init(at:))
  }
}

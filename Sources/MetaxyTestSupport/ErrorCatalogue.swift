internal import MetaxyFiles

/// The page that lists every error code, generated from the comments of the codes.
package struct ErrorCatalogue {
  /// A code with its comment.
  package struct Entry: Hashable {
    /// The constant, such as `tableRefused`.
    package var constant: String
    package var code: String
    package var meaning: String
    package var remedy: String
  }

  /// The codes of the files with the same title.
  package struct Topic: Hashable {
    package var title: String
    package var introduction: String
    package var entries: [Entry]
  }

  /// The directories of the codes, and the path of the page.
  package static let codes = ["MetaxyErrors", "MetaxyMigrationErrors"].map { Repository.path("Sources/\($0)/Codes") }
  package static let page = Repository.path("Sources/Metaxy/Metaxy.docc/ErrorCatalogue.md")

  /// The order of the page; a file that is missing here comes last.
  private static let order = [
    "CommandLine", "Configuration", "Project", "Environments", "Files", "Features", "Registry", "RevisionFiles",
    "RevisionGraph", "Planning", "Running", "Databases", "LiveDatabases", "Engines", "PushedGraphs", "Store",
  ]

  package var topics: [Topic]

  /// - Throws: ``ErrorCatalogueProblem`` for a code without an explanation.
  package init() throws {
    let places = Dictionary(uniqueKeysWithValues: Self.order.enumerated().map { ("Code+\($1).swift", $0) })
    let files = try Self.codes.flatMap { directory in
      try Files.names(in: directory).filter { $0.hasPrefix("Code+") }.map { (name: $0, directory: directory) }
    }
    topics = []
    for file in files.sorted(by: { places[$0.name, default: .max] < places[$1.name, default: .max] }) {
      let topic = try Self.topic(in: Paths.resolve(file.name, in: file.directory))
      if let known = topics.firstIndex(where: { $0.title == topic.title }) {
        topics[known].entries += topic.entries
      } else {
        topics.append(topic)
      }
    }
  }

  private static func topic(in path: String) throws -> Topic {
    let lines = try Files.text(at: path).split(separator: "\n", omittingEmptySubsequences: false)
    let head = lines.prefix { $0.hasPrefix("// ") }.map { String($0.dropFirst(3)) }
    guard head.count >= 2, let title = head.first else { throw ErrorCatalogueProblem(path: path, line: 1) }
    var topic = Topic(title: title, introduction: head.dropFirst().joined(separator: " "), entries: [])
    var comment: [String] = []
    for (number, line) in lines.enumerated() {
      let text = line.drop { $0 == " " }
      if text.hasPrefix("///") {
        comment.append(String(text.dropFirst(3).drop { $0 == " " }))
      } else if text.hasPrefix("public static ") || text.hasPrefix("package static ") {
        guard let entry = entry(String(text), comment) else {
          throw ErrorCatalogueProblem(path: path, line: number + 1)
        }
        topic.entries.append(entry)
        comment = []
      }
    }
    return topic
  }

  private static func entry(_ declaration: String, _ comment: [String]) -> Entry? {
    let paragraphs = comment.split(separator: "").map { $0.joined(separator: " ") }
    guard paragraphs.count >= 2, let remedy = paragraphs.last,
      let match = declaration.firstMatch(
        of: /(?:public|package) static (?:let|func) (\w+).*Self\("([a-z0-9_]+)(?:\\\((\w+)\))?"\)/)
    else { return nil }
    // The name of an engine's error ends with its code: `sqlite_NUMBER`.
    return Entry(
      constant: String(match.1), code: "\(match.2)\(match.3?.uppercased() ?? "")",
      meaning: paragraphs.dropLast().joined(separator: " "),
      remedy: remedy)
  }

  /// The page as a DocC article.
  package var text: String {
    var text = """
      # Error catalogue

      Every code of an error, with what it means and what to do.

      ## Overview

      An error has a code, a sentence, values for programs, and hints. The code stays the same from release to release, and programs \
      decide by it: `error.code == .tableMissing`. The sentence and the hints are for people, and may change.

      """
    for topic in topics {
      text += "\n## \(topic.title)\n\n\(topic.introduction)\n\n| code | what happened | what to do |\n|---|---|---|\n"
      for entry in topic.entries { text += "| `\(entry.code)` | \(entry.meaning) | \(entry.remedy) |\n" }
    }
    return text
  }
}

/// A code without the required form or explanation.
package struct ErrorCatalogueProblem: Error {
  package var path: String
  package var line: Int
}

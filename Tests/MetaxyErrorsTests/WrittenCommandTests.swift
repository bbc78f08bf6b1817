import MetaxyCLI
import MetaxyFiles
import MetaxyTestSupport
import Testing

/// Commands in texts: sources, README and articles show only what the command accepts.
@Suite struct WrittenCommandTests {
  /// Every text of the repository but those of the tests.
  private static func texts() throws -> [(path: String, text: String)] {
    let sources = try ["Sources", "docs"].flatMap { try Repository.files(below: $0, suffix: ".md") }
    let code = try Repository.files(below: "Sources", suffix: ".swift")
    let pages = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "Architecture.md"].map(Repository.path)
    return try (sources + code + pages).filter { Files.kind(of: $0) == .file }.map { ($0, try Files.text(at: $0)) }
  }

  /// What stands in backticks behind `metaxy`, and the lines of code blocks that begin with it.
  private static func commands(in text: String, isMarkdown: Bool) -> [String] {
    // A command may go on in the next line of a comment.
    let flat = text.replacing(/\n *\/\/\/? ?/, with: " ")
    var found = (isMarkdown ? text : flat).matches(of: /`metaxy ([^`]+)`/).map { String($0.1) }
    if isMarkdown {
      var isCode = false
      for line in text.split(separator: "\n") {
        if line.hasPrefix("```") { isCode.toggle() }
        guard isCode || line.hasPrefix("    "), let match = line.wholeMatch(of: /\s*(?:\$ )?metaxy (.+)/) else {
          continue
        }
        found.append(String(match.1))
      }
    }
    // A comment, a redirection or another program ends the command.
    return found.map { $0.split(separator: /\s+(?:[#>|;]|&&|2>)/, maxSplits: 1).first.map(String.init) ?? $0 }
  }

  /// The words of a command: double quotes hold words together, capitals stand for anything.
  private static func words(of command: String) -> [String] {
    let command = command.replacing("COMMAND", with: "check").replacing(/\\\([^)]*\)/, with: "X")
    return command.matches(of: /"[^"]*"|\S+/).map { String($0.output).replacing("\"", with: "") }
  }

  @Test func everyWrittenCommandIsAccepted() throws {
    var count = 0
    for (path, text) in try Self.texts() {
      for command in Self.commands(in: text, isMarkdown: path.hasSuffix(".md")) {
        count += 1
        let problem = Program.problem(with: Self.words(of: command))
        #expect(problem == nil, "\(path): metaxy \(command)")
      }
    }
    #expect(count > 50)
  }

  /// The command of the hook for pre-commit.
  @Test func theHookIsAccepted() throws {
    let hook = try Files.text(at: Repository.path(".pre-commit-hooks.yaml"))
    let entries = hook.matches(of: /entry: metaxy (.+)/).map { String($0.1) }
    #expect(!entries.isEmpty)
    for entry in entries { #expect(Program.problem(with: Self.words(of: entry)) == nil, "\(entry)") }
  }

  /// Commands in errors and notes are values, which know their flags.
  @Test func noMessageGluesACommandTogether() throws {
    for (path, text) in try Self.texts() where path.hasSuffix(".swift") && !path.hasSuffix("Template.swift") {
      #expect(!text.contains(/`metaxy [^`\n]*\\\(/), "\(path)")
    }
  }
}

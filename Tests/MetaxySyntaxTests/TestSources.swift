import Foundation
import MetaxyErrors
import MetaxyGraph
import MetaxyNames
import MetaxySyntax
import MetaxyTestSupport
import Testing

/// Swift files in a directory of their own, for the length of one test.
final class TestSources {
  private let directory: TemporaryDirectory
  let files: [SourceFile]

  init(_ contents: [(name: String, text: String)]) throws {
    directory = try TemporaryDirectory()
    for (name, text) in contents { try directory.write(text, to: name) }
    files = contents.map { [directory] in SourceFile(path: "\(directory.path)/\($0.name)", displayPath: $0.name) }
  }
}

/// Reads files given as name and text.
func discover(_ contents: (name: String, text: String)...) throws -> DiscoveryResult {
  let sources = try TestSources(contents)
  return try withExtendedLifetime(sources) { try read(sources.files) }
}

/// Reads one file, `F.swift`.
func discover(_ text: String, _ generation: Generation = .seed) throws -> DiscoveryResult {
  let sources = try TestSources([("F.swift", text)])
  return try withExtendedLifetime(sources) { try read(sources.files, generation) }
}

/// Reads files as without a cache, and requires that they are read the same with one that keeps what it can.
private func read(_ files: [SourceFile], _ generation: Generation = .seed) throws -> DiscoveryResult {
  let result = try Discovery.read(files, generation)
  let first = try Discovery.read(files, generation, DeclarationCache([], fingerprint: ""))
  let kept = DeclarationCache(first.cacheUpdate?.bytes ?? [], fingerprint: "")
  let second = try Discovery.read(files, generation, kept)
  #expect(second.cacheUpdate == nil)
  for read in [first, second] {
    #expect(read.definitions == result.definitions)
    #expect(read.incompleteKeys == result.incompleteKeys)
    #expect(read.diagnostics == result.diagnostics)
    #expect(read.filesParsed == result.filesParsed)
  }
  return result
}

/// The diagnostics as `place: severity: message`, without quotations and notes.
func lines(_ result: DiscoveryResult) -> [String] {
  result.diagnostics.map { "\($0.location): \($0.severity.rawValue): \($0.message)" }
}

/// A source with one mistake: `▸` precedes the character of the expected error.
struct Marked {
  var text: String
  var location: String

  init(_ marked: String) {
    let parts = marked.split(separator: "▸", omittingEmptySubsequences: false)
    text = parts.joined()
    let before = parts[0].split(separator: "\n", omittingEmptySubsequences: false)
    location = "F.swift:\(before.count):\((before.last ?? "").utf8.count + 1)"
  }
}

/// Requires that a marked source has one error with the message, at the mark.
func expectation(_ marked: String, _ message: String) -> (text: String, lines: [String]) {
  let source = Marked(marked)
  return (source.text, ["\(source.location): error: \(message)"])
}

/// A feature `a` with the ID column `id` and further members.
func feature(_ members: String, arguments: String = "") -> String {
  """
  @Feature("a", idColumns: ["id"]\(arguments.isEmpty ? "" : ", ")\(arguments))
  struct A: Feature {
    var id: String
    \(members)
  }
  """
}

import Foundation
import MetaxyTestSupport
import Testing

/// The scenarios of Alembic's commands and graph, each with what shows it: `alembic-coverage.json` has the names.
@Suite struct CoverageTests {
  private struct Entry: Decodable {
    var id: String
    /// Scripts of `Tests/EndToEnd`, and tests as `Suite.function`.
    var shown: [String]
    /// How metaxy differs on purpose.
    var differs: String?
  }

  private static let groups = ["revision_graph", "command", "stamp", "version_table", "files", "offline"]

  private static func entries() throws -> [Entry] {
    try JSONDecoder().decode([Entry].self, from: data("alembic-coverage.json"))
  }

  private static func data(_ name: String) throws -> Data {
    try Data(contentsOf: Scenario.fixtures.appending(path: name))
  }

  /// The text of every Swift file of the tests.
  private static func swiftFiles() throws -> [String] {
    let tests = URL(filePath: Repository.path("Tests"))
    let files =
      FileManager.default.enumerator(at: tests, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
    return try files.filter { $0.pathExtension == "swift" }.map { try String(contentsOf: $0, encoding: .utf8) }
  }

  @Test func everyScenarioIsListed() throws {
    struct File: Decodable { var scenarios: [Scenario] }
    struct Scenario: Decodable {
      var id: String
      var group: String
    }
    let scenarios = try JSONDecoder().decode(File.self, from: Self.data("alembic-scenarios.json")).scenarios
    let wanted = scenarios.filter { Self.groups.contains($0.group) }.map(\.id)
    let listed = try Self.entries().map(\.id)
    #expect(wanted.count == 107)
    #expect(Set(wanted) == Set(listed))
    #expect(listed.count == Set(listed).count)
    #expect(try Self.entries().allSatisfy { !$0.shown.isEmpty })
  }

  @Test func whatShowsAScenarioExistsAndNamesIt() throws {
    let files = try Self.swiftFiles()
    for entry in try Self.entries() {
      for name in entry.shown {
        if name.hasSuffix(".script") {
          let text = try String(contentsOfFile: Repository.path("Tests/EndToEnd/\(name)"), encoding: .utf8)
          #expect(text.contains(entry.id), "\(name) does not name \(entry.id)")
        } else {
          let (suite, function) = (name.split(separator: ".")[0], name.split(separator: ".")[1])
          let found = files.contains { text in
            text.contains("struct \(suite)") && text.contains("func \(function)(") && text.contains(entry.id)
          }
          #expect(found, "no test \(name) names \(entry.id)")
        }
      }
    }
  }
}

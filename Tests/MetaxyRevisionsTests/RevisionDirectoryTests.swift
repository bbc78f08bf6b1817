import Foundation
import MetaxyErrors
import MetaxyMigrationErrors
import MetaxyRevisions
import MetaxySQL
import MetaxyTestSupport
import Testing

@Suite struct RevisionDirectoryTests {
  private func load(_ files: [String: String]) throws -> RevisionDirectory {
    let directory = try TemporaryDirectory()
    for (name, text) in files { try directory.write(text, to: "versions/\(name)") }
    return try RevisionDirectory(
      at: ["\(directory.path)/versions"], relativeTo: directory.path, lexicons: ["sqlite": .sqlite])
  }

  private func failure(_ files: [String: String]) -> MetaxyError? {
    do {
      _ = try load(files)
      return nil
    } catch {
      return error as? MetaxyError
    }
  }

  @Test func filesFormAGraph() throws {
    let directory = try load([
      "2_b.sql": "-- two\n-- Revision: b\n-- Revises: a\n", "1_a.sql": "-- one\n-- Revision: a\n-- Revises:\n",
      "1_a.json": "{}", ".#1_a.sql": "no revision", "notes.txt": "",
    ])
    #expect(directory.revisions.map(\.message) == ["one", "two"])
    #expect(directory["b"]?.path == "versions/2_b.sql")
    #expect(directory.graph.heads == ["b"])
    #expect { try directory.checkNew("a") } throws: { ($0 as? MetaxyError)?.code == .duplicateRevision }
    #expect(throws: Never.self) { try directory.checkNew("c") }
  }

  @Test func problemsOfAllFilesComeAtOnce() throws {
    let error = try #require(failure(["a.sql": "SELECT 1;\n", "b.sql": "-- m\n-- Revision: b\n\n-- metaxy:up\n"]))
    #expect(Set(error.diagnostics.map { $0.location.file.suffix(5) }) == ["a.sql", "b.sql"])
    #expect(error.diagnostics.map(\.location.line) == [1, 1, 4])
  }

  @Test func identifierInTwoFilesNamesBoth() throws {
    let text = "-- m\n-- Revision: a\n"
    let error = try #require(failure(["x.sql": text, "y.sql": text]))
    #expect("\(error.diagnostics)".contains("x.sql") && "\(error.diagnostics)".contains("y.sql"))
  }

  @Test func fileThatIsNotTextNamesItself() throws {
    let error = try #require(failure(["a.sql": ""]))
    #expect(error.message.contains("a.sql"))
  }

  @Test func missingDirectoryNamesItself() {
    #expect(
      performing: { try RevisionDirectory(at: ["/nonexistent/versions"], lexicons: [:]) },
      throws: { "\($0)".contains("`/nonexistent/versions`") })
  }
}

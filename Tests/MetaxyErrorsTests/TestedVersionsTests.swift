import MetaxyFiles
import MetaxyTestSupport
import Testing

/// The versions of engines on a page of the documentation, which are those that `make test-matrix` runs.
@Suite struct TestedVersionsTests {
  @Test func theTableIsCurrent() throws {
    let program = Repository.path("Tests/Matrix/run_matrix.py")
    let run = try ChildProcess(
      [Python.interpreter.get(), "-B", program, "--list"], directory: Repository.root)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.split(separator: "\n").count > 2)
    let page = try Files.text(at: Repository.path("Sources/Metaxy/Metaxy.docc/Engines.md"))
    #expect(page.contains("\n\(run.output)\n"), "the page has another table than `run_matrix.py --list` prints")
  }
}

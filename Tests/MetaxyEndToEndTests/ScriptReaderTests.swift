import MetaxyTestSupport
import Testing

/// How scripts are read for one engine or the other.
@Suite(.timed) struct ScriptReaderTests {
  private static let text = """
    # both

    $ metaxy upgrade
    ? 1
    [sqlite] !: near "TABEL"
    [postgresql] !: at or near "TABEL"
    > done
    [postgresql] write more.sql
    | SELECT 1;
    write app.sql
    | id BIGINT
    [sqlite] | AUTOINCREMENT
    [postgresql] |   GENERATED ALWAYS AS IDENTITY
    [sqlite] $ first
      second
    ? 2
    """

  private func steps(_ text: String, on engine: Engine) throws -> [String] {
    try Script(text, path: "a.script", on: engine).steps.map { step in
      switch step.action {
      case .write(let path, let text): "\(step.line): \(path) = \(text)"
      case .run(let command, let expected):
        "\(step.line): \(command) \(expected.status) \(expected.output ?? []) \(expected.errorParts)"
      }
    }
  }

  @Test func marksLeaveLinesAndStepsOut() throws {
    #expect(
      try steps(Self.text, on: .sqlite) == [
        #"3: metaxy upgrade 1 ["done"] ["near \"TABEL\""]"#, "10: app.sql = id BIGINT\nAUTOINCREMENT\n",
        "14: first\nsecond 2 [] []",
      ])
    #expect(
      try steps(Self.text, on: .postgresql) == [
        #"3: metaxy upgrade 1 ["done"] ["at or near \"TABEL\""]"#, "8: more.sql = SELECT 1;\n",
        "10: app.sql = id BIGINT\n  GENERATED ALWAYS AS IDENTITY\n",
      ])
  }

  @Test(arguments: [
    ("[mysql] $ true", 1), ("$ true\n[postgres] > x", 2), ("$ true\n[postgresql] is x", 2), ("[postgresql] do x", 1),
    ("write a\n| b\n[any] | c", 3),
  ])
  func whatNoEngineReadsIsRefusedOnEveryEngine(_ text: String, line: Int) {
    for engine in Engine.allCases {
      #expect { _ = try steps(text, on: engine) } throws: { ($0 as? ScriptFailure)?.line == line }
    }
  }

  @Test func aScriptRunsOnEveryEngineUnlessItSaysWhyNot() throws {
    #expect(try Script.engines(of: "# both\n", path: "a.script") == [.sqlite, .postgresql])
    #expect(try Script.engines(of: "# only sqlite: files have permissions\n", path: "a.script") == [.sqlite])
  }

  @Test(arguments: [
    "# only sqlite", "# only sqlite:", "# only sqlite: ", "# only: no reason", "# only mysql: it is another", "# only",
  ])
  func anEngineIsNotLeftOutWithoutAReason(_ line: String) {
    #expect(throws: ScriptFailure.self) { try Script.engines(of: "\(line)\n\n$ true", path: "a.script") }
  }
}

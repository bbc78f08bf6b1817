import MetaxyErrors
import MetaxyFeatures
import MetaxyFiles
import MetaxyGraph
import MetaxyJSON
import MetaxySchema
import MetaxyTestSupport
import Testing

/// Random graphs have the versions that Python computes from the rules: `Tests/Fixtures/reference_versions.py`.
@Suite(.enabled(if: Python.isThere)) struct RandomGraphTests {
  @Test func randomGraphsHaveTheVersionsOfTheReference() throws {
    var random = SplitMix64(seed: 5)
    let graphs = (0..<80).map { RandomGraph(number: $0, using: &random) }
    let answers = try Python.versions(of: graphs.map(\.json))
    try #require(answers.count == graphs.count)
    for (graph, answer) in zip(graphs, answers) { try expect(graph, toHave: answer) }
  }

  @Test func deepAndWideGraphsHaveTheVersionsOfTheReference() throws {
    let graphs = [RandomGraph.chain(of: 2_000), RandomGraph.star(of: 1_500)]
    for (graph, answer) in zip(graphs, try Python.versions(of: graphs.map(\.json))) {
      try expect(graph, toHave: answer)
    }
  }

  /// What an exported graph holds is read as what it is: each spec is what it was.
  @Test func randomGraphsSurviveTheirExport() throws {
    var random = SplitMix64(seed: 6)
    for number in 0..<40 {
      let graph = RandomGraph(number: number, using: &random)
      let export = ExportedGraph(bytes(graph.json.text(indented: number.isMultiple(of: 2))), file: "graph.json")
      #expect(export.diagnostics.filter { $0.severity == .error }.isEmpty)
      #expect(export.definitions.map { bytes($0.spec.text()) } == graph.definitions.map { bytes($0.spec.text()) })
    }
  }

  private func expect(_ graph: RandomGraph, toHave answer: JSONValue) throws {
    let (built, diagnostics) = FeatureGraph.build(graph.definitions)
    let versions = try #require(built, "\(diagnostics.map(\.message))")
      .versions(project: graph.project, truncatedTo: graph.length)
    #expect(versions.snapshot == answer.text("snapshot_version"))
    for definition in graph.definitions {
      let expected = try #require(answer["features"]?[definition.key.description])
      let found = try #require(versions[definition.key])
      let key = definition.key
      #expect(found.specVersion == expected.text("feature_spec_version"), "\(definition.spec.text())")
      #expect(found.codeVersion == expected.text("code_version"), "\(key)")
      #expect(
        found.fields.map { bytes("\($0.key)=\($0.version)") }
          == (expected["fields"]?.elements ?? []).compactMap(\.string).map(bytes), "\(key)")
      #expect(found.featureVersion == expected.text("feature_version"), "\(key)")
      #expect(found.trackingVersion == expected.text("feature_tracking_version"), "\(key)")
    }
  }
}

/// Python as a process, one for each question.
enum Python {
  static let isThere = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"].contains {
    Files.kind(of: "\($0)/python3") != nil
  }

  static func versions(of graphs: [JSONValue]) throws -> [JSONValue] {
    let directory = try TemporaryDirectory()
    try Files.write(JSONValue.array(graphs).text(indented: false), to: "\(directory.path)/graphs.json")
    let script = Paths.resolve("../../Fixtures/reference_versions.py", in: #filePath)
    let process = try ChildProcess(
      "python3 '\(script)' graphs.json answers.json",
      environment: ["PATH": "/usr/bin:/bin:/usr/local/bin:/opt/homebrew/bin"], directory: directory.path,
      scratch: directory.path)
    try #require(process.status == 0, "\(process.errors)")
    return try JSONValue(parsing: Files.bytes(at: "\(directory.path)/answers.json"), file: "answers").elements
  }
}

import MetaxyErrors
import MetaxyFeatures
import MetaxyFileWriting
import MetaxyFiles
import MetaxyGraph
import MetaxyJSON
import MetaxySchema
import MetaxyTestSupport
import Testing

/// Random graphs have the versions that Python computes from the rules: `Tests/Fixtures/reference_versions.py`.
@Suite(.timed) struct RandomGraphTests {
  @Test func randomGraphsHaveTheVersionsOfTheReference() throws {
    var random = SplitMix64(seed: 5)
    let graphs = (0..<80).map { RandomGraph(number: $0, using: &random) }
    let answers = try Reference.versions(of: graphs.map(\.json))
    try #require(answers.count == graphs.count)
    for (graph, answer) in zip(graphs, answers) { try expect(graph, toHave: answer) }
  }

  @Test func deepAndWideGraphsHaveTheVersionsOfTheReference() throws {
    let graphs = [
      RandomGraph.chain(of: TestSize.count(400, long: 2_000)), RandomGraph.star(of: TestSize.count(300, long: 1_500)),
    ]
    for (graph, answer) in zip(graphs, try Reference.versions(of: graphs.map(\.json))) {
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

/// The versions that Python computes from the rules.
private enum Reference {
  static func versions(of graphs: [JSONValue]) throws -> [JSONValue] {
    let directory = try TemporaryDirectory()
    let (question, answer) = ("\(directory.path)/graphs.json", "\(directory.path)/answers.json")
    try Files.write(JSONValue.array(graphs).text(indented: false), to: question)
    _ = try Python.run(
      "import runpy; runpy.run_path(sys.argv.pop(1), run_name='__main__')",
      ["\(Repository.fixtures)/reference_versions.py", question, answer])
    return try JSONValue(parsing: Files.bytes(at: answer), file: "answers").elements
  }
}

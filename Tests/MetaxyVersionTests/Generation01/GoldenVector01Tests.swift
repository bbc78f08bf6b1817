import MetaxyCommands
import MetaxyErrors
import MetaxyFeatures
import MetaxyGraph
import MetaxyJSON
import MetaxyNames
import MetaxySchema
import MetaxyTestSupport
import Testing

/// Every hash of every graph is that of Metaxy 0.1.
@Suite(.timed) struct GoldenVector01Tests {
  @Test func vectorsAreThere() {
    #expect(Goldens01.vectors.count == 61)
    #expect(Goldens01.vectors.reduce(0) { $0 + $1.features.count } == 128)
  }

  @Test(arguments: Goldens01.vectors)
  func exportedGraphHasMetaxysVersions(vector: Goldens01.Vector) throws {
    let settings = vector.project.map { "project = \"\($0)\"\n" } ?? ""
    let project = try VersionProject(
      settings: settings + "[ext.migrations]\ngeneration = \"0.1\"\n",
      [("graph.json", try vector.exported(declaring: false))])
    try expect(project.list(), toBe: vector)
  }

  /// The form of the specs chooses the generation, unless the graph has no feature with a form.
  @Test(arguments: Goldens01.vectors.filter { !$0.features.isEmpty })
  func formOfSpecsChoosesTheGeneration(vector: Goldens01.Vector) throws {
    let settings = vector.project.map { "project = \"\($0)\"\n" } ?? ""
    let project = try VersionProject(
      settings: settings, [("graph.json", try vector.exported(declaring: false))])
    #expect(try project.list().generation == .release01)
  }

  @Test(arguments: Goldens01.vectors)
  func exportReadBackHasTheSameVersions(vector: Goldens01.Vector) throws {
    let settings = vector.project.map { "project = \"\($0)\"\n" } ?? ""
    let export = try VersionProject(
      settings: settings, [("graph.json", try vector.exported(declaring: true))]
    ).export()
    #expect(export.text("generation") == "0.1")
    #expect(export["project_version"] == vector.json["project_version"])
    let specs = (export["features"]?.elements ?? []).compactMap { $0["spec"]?.storedText }
    #expect(Set(specs) == Set(vector.features.map { $0.text("spec_stored_json") }), "the text that Metaxy stores")
    let again = try VersionProject(settings: settings, [("again.json", export.text())])
    try expect(again.list(), toBe: vector)
    #expect(again.warnings.filter { $0.contains("where it was exported") } == [])
  }

  @Test(arguments: Goldens01.vectors)
  func graphAloneHasMetaxysVersions(vector: Goldens01.Vector) throws {
    let export = ExportedGraph(bytes(try vector.exported(declaring: true)), file: "graph.json", .release01)
    #expect(export.diagnostics == [])
    let (built, problems) = FeatureGraph.build(export.definitions, generation: .release01)
    let graph = try #require(built, "\(problems.map(\.message))")
    let versions = graph.versions(project: vector.project ?? "solo", truncatedTo: vector.truncationLength)
    for (project, version) in (vector.json["project_versions"]?.members ?? []).map({ ($0.name, $0.value) }) {
      #expect((versions.projectVersions[project] ?? "empty") == version.string)
    }
    #expect(graph.topologicalOrder.map(\.key.text) == (vector.json["topological_order"]?.elements ?? []).map(\.string))
    for feature in vector.features {
      let definition = try #require(graph[FeatureKey(feature.text("key_string"))])
      #expect(String(decoding: definition.spec.canonicalText, as: UTF8.self) == feature.text("spec_canonical_json"))
      #expect(definition.spec.storedText == feature.text("spec_stored_json"))
      for parents in feature["field_parents"]?.members ?? [] {
        let field = try #require(definition.fields.first { $0.key.text == parents.name })
        #expect(
          graph.parents01(of: field, of: definition).map { "\($0.feature).\($0.field)" }
            == parents.value.elements.map(\.string), "parents of `\(parents.name)`")
      }
    }
  }

  @Test(arguments: Goldens01.vectors.filter { SwiftSource01.unable(of: $0) == nil })
  func swiftDefinitionsHaveMetaxysVersions(vector: Goldens01.Vector) throws {
    let project = try VersionProject(
      settings: "project = \"shop\"\nhash_truncation_length = \(vector.truncationLength)\n"
        + "[ext.migrations]\ngeneration = \"0.1\"\n",
      [("Features.swift", SwiftSource01.text(of: vector))])
    try expect(project.list(), toBe: vector, definitions: false)
    let specs = (try project.export()["features"]?.elements ?? []).compactMap { $0["spec"]?.storedText }
    #expect(Set(specs) == Set(vector.features.map { $0.text("spec_stored_json") }), "the text that Metaxy stores")
  }

  @Test func whatSwiftCanExpressIsKnown() {
    let able = Goldens01.vectors.filter { SwiftSource01.unable(of: $0) == nil }
    #expect(able.count == 52, "\(able.map(\.name))")
  }

  private func expect(_ list: FeatureList, toBe vector: Goldens01.Vector, definitions: Bool = true) throws {
    #expect(list.generation == .release01)
    #expect(list.snapshotVersion == nil)
    if definitions { #expect(list.projectVersion == vector.json.text("project_version")) }
    // A feature without its dependencies has no version.
    let known = vector.features.filter { $0["feature_version"] != .null }
    #expect(list.features.count == known.count)
    for feature in known {
      let key = feature.text("key_string")
      let item = try #require(list.features.first { $0.key == key }, "no feature `\(key)`")
      #expect(item.featureVersion == feature.text("feature_version"), "feature version of `\(key)`")
      #expect(item.specVersion == feature.text("feature_spec_version"), "spec version of `\(key)`")
      #expect(item.codeVersion == feature.text("code_version"), "code version of `\(key)`")
      #expect(item.trackingVersion == nil)
      if definitions { #expect(item.definitionVersion == feature.text("definition_version")) }
      #expect(item.table == feature.text("table_name"))
      let versions = feature["field_versions"]?.members ?? []
      #expect(item.fields.map(\.key) == versions.map(\.name))
      #expect(item.fields.map(\.version) == versions.map(\.value.string), "fields of `\(key)`")
      if definitions { #expect(item.classPath == feature.text("class_path")) }
    }
  }
}

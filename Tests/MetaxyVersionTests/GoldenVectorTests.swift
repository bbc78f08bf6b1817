import MetaxyCommands
import MetaxyErrors
import MetaxyFeatures
import MetaxyGraph
import MetaxyJSON
import MetaxySchema
import MetaxyTestSupport
import Testing

/// Every hash of every graph is Metaxy's own.
@Suite(.timed) struct GoldenVectorTests {
  /// Their tables are refused at discovery, so that only the graph can be asked.
  private static let withoutTables: Set = ["key_system_namespace", "id_duplicate"]

  @Test func vectorsAreThere() {
    #expect(Goldens.vectors.count == 54)
    #expect(Goldens.vectors.reduce(0) { $0 + $1.features.count } == 107)
  }

  @Test(arguments: Goldens.vectors.filter { !withoutTables.contains($0.name) })
  func exportedGraphHasMetaxysVersions(vector: Goldens.Vector) throws {
    let text = exported(
      vector.features.map(\.spec), project: vector.project, truncatedTo: vector.truncationLength,
      classPaths: vector.features.map { $0.text("class_path") })
    let project = try VersionProject([("graph.json", text)])
    try expect(project.list(), toBe: vector)
  }

  @Test(arguments: Goldens.vectors.filter { !withoutTables.contains($0.name) })
  func exportReadBackHasTheSameVersions(vector: Goldens.Vector) throws {
    let text = exported(
      vector.features.map(\.spec), project: vector.project, truncatedTo: vector.truncationLength,
      classPaths: vector.features.map { $0.text("class_path") })
    let export = try VersionProject([("graph.json", text)]).export()
    let specs = (export["features"]?.elements ?? []).compactMap { $0["spec"] }
    let stored = try vector.features.map { feature in
      try JSONValue(parsing: feature.text("spec_stored_json"), file: "stored")
    }
    #expect(Set(specs.map { bytes($0.text()) }) == Set(stored.map { bytes($0.text()) }), "the text that Metaxy stores")
    try expect(VersionProject([("again.json", export.text())]).list(), toBe: vector)
  }

  @Test(arguments: Goldens.vectors.filter { SwiftSource.unable(of: $0) == nil })
  func swiftDefinitionsHaveMetaxysVersions(vector: Goldens.Vector) throws {
    var settings = "project = \"\(vector.project)\"\n"
    if let length = vector.truncationLength { settings += "hash_truncation_length = \(length)\n" }
    let project = try VersionProject(settings: settings, [("Features.swift", SwiftSource.text(of: vector))])
    try expect(project.list(), toBe: vector, tables: false)
  }

  @Test func whatSwiftCannotExpressIsKnown() {
    let unable = Goldens.vectors.compactMap { vector in SwiftSource.unable(of: vector).map { (vector.name, $0) } }
    #expect(
      unable.map(\.0) == ["key_system_namespace", "doc_video_str_id", "id_duplicate", "id_str_base"], "\(unable)")
  }

  @Test(arguments: Goldens.vectors)
  func graphAloneHasMetaxysVersions(vector: Goldens.Vector) throws {
    let definitions = try vector.features.map { try definition($0, of: vector.project) }
    let graph = try #require(FeatureGraph.build(definitions).graph)
    let versions = graph.versions(project: vector.project, truncatedTo: vector.truncationLength)
    #expect(versions.snapshot == vector.snapshot)
    for (feature, definition) in zip(vector.features, definitions) {
      #expect(String(decoding: definition.spec.canonicalText, as: UTF8.self) == feature.text("spec_canonical_json"))
      #expect(definition.spec.storedText == feature.text("spec_stored_json"))
      let found = try #require(versions[definition.key])
      #expect(found.featureVersion == feature.text("feature_version"))
      #expect(found.specVersion == feature.text("feature_spec_version"))
      #expect(found.trackingVersion == feature.text("feature_tracking_version"))
      #expect(found.codeVersion == feature.text("code_version"))
      #expect(found.fields.map { bytes($0.key.description) } == feature.fieldVersions.map { bytes($0.name) })
      #expect(found.fields.map(\.version) == feature.fieldVersions.map(\.value.string))
    }
  }

  /// A definition without the reader's rules, where those refuse it.
  private func definition(_ feature: Goldens.Feature, of project: String) throws -> FeatureDefinition {
    let ids = feature.spec["id_columns"] ?? .null
    var spec = feature.spec
    if ids == ["a", "a"] { spec = spec.replacing("id_columns", with: ["a"]) }
    let text = exported([spec], project: project, truncatedTo: nil)
    let export = ExportedGraph(bytes(text), file: "graph.json")
    var definition = try #require(export.definitions.first, "\(export.diagnostics)")
    if ids == ["a", "a"] { definition.idColumns = ["a", "a"] }
    return definition
  }

  private func expect(_ list: FeatureList, toBe vector: Goldens.Vector, tables: Bool = true) throws {
    #expect(list.snapshotVersion == vector.snapshot)
    #expect(list.features.count == vector.features.count)
    for feature in vector.features {
      let key = feature.text("key_string")
      let item = try #require(list.features.first { bytes($0.key) == bytes(key) }, "no feature `\(key)`")
      #expect(item.featureVersion == feature.text("feature_version"), "feature version of `\(key)`")
      #expect(item.specVersion == feature.text("feature_spec_version"), "spec version of `\(key)`")
      #expect(item.trackingVersion == feature.text("feature_tracking_version"), "tracking version of `\(key)`")
      #expect(item.codeVersion == feature.text("code_version"), "code version of `\(key)`")
      #expect(bytes(item.table) == bytes(feature.text("table_name")))
      #expect(item.fields.map { bytes($0.key) } == feature.fieldVersions.map { bytes($0.name) })
      #expect(item.fields.map(\.version) == feature.fieldVersions.map(\.value.string), "fields of `\(key)`")
      if tables { #expect(item.classPath == feature.text("class_path")) }
    }
  }
}

extension JSONValue {
  fileprivate func replacing(_ name: String, with value: JSONValue) -> JSONValue {
    .object(members.map { $0.name == name ? Member(name, value) : $0 })
  }
}

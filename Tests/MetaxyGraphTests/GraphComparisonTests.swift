import MetaxyErrors
import MetaxyFeatures
import MetaxyGraph
import MetaxyTestSupport
import Testing

@Suite(.timed) struct GraphComparisonTests {
  /// `raw` ← `crop` ← `face`, and `text`, which takes only the sound of `raw`.
  private static let before: [FeatureDefinition] = [
    feature("raw", [.field("frames"), .field("audio")]),
    feature("crop", on: ["raw"]),
    feature("face", on: ["crop"]),
    feature("text", [.field("words", dependencies: [.fields(of: "raw", ["audio"])])], on: ["raw"]),
  ]

  private static func feature(
    _ key: FeatureKey, _ fields: [FieldSpec] = [.field("default")], on upstream: [FeatureKey] = []
  ) -> FeatureDefinition {
    FeatureDefinition(
      key: key, typeName: "T", source: SourceLocation(file: "g", line: 1, column: 1),
      dependencies: upstream.map { FeatureDependency(feature: .key($0)) }, fields: fields)
  }

  private func graph(_ definitions: [FeatureDefinition], length: Int? = nil) throws -> VersionedGraph {
    let graph = try #require(FeatureGraph.build(definitions).graph)
    return VersionedGraph(graph, graph.versions(project: "p", truncatedTo: length))
  }

  private func comparison(to after: [FeatureDefinition]) throws -> GraphComparison {
    GraphComparison(from: try graph(Self.before), to: try graph(after))
  }

  @Test func theSameGraphIsNoDifference() throws {
    #expect(try comparison(to: Self.before.reversed()).isEmpty)
  }

  @Test func whatIsDownstreamOfAChangeIsToldApart() throws {
    var after = Self.before
    after[0].fields[0].codeVersion = "2"
    let found = try comparison(to: after)
    #expect(found.changed.map(\.key) == ["raw"])
    #expect(
      found.changed.first?.changedFields.map { "\($0.key) \($0.codeVersion?.from ?? "") \($0.codeVersion?.to ?? "")" }
        == ["frames 1 2"])
    // `text` takes the sound alone, whose version is the same; `face` hangs on `crop`, not on `raw`.
    #expect(found.recomputed.map(\.key) == ["crop", "face"])
    #expect(found.recomputed.map(\.upstream) == [["raw"], ["crop"]])
    #expect(found.added.isEmpty && found.removed.isEmpty && found.specChanged.isEmpty)
  }

  @Test func featuresThatComeAndGoAreNamed() throws {
    var after = Self.before
    after.removeLast()
    after.append(Self.feature("mask", on: ["crop"]))
    let found = try comparison(to: after)
    #expect(found.added.map(\.key) == ["mask"])
    #expect(found.removed.map(\.key) == ["text"])
    #expect(found.changed.isEmpty && found.recomputed.isEmpty)
  }

  @Test func fieldsThatComeGoAndTakeOtherFieldsAreChangesOfTheirFeature() throws {
    var after = Self.before
    after[0].fields = [.field("audio"), .field("depth")]
    after[3].fields[0].dependencies = [.fields(of: "raw", ["audio", "depth"])]
    let found = try comparison(to: after)
    #expect(found.changed.map(\.key) == ["raw", "text"])
    #expect(found.changed[0].addedFields == ["depth"])
    #expect(found.changed[0].removedFields == ["frames"])
    #expect(found.changed[0].upstream == [])
    #expect(found.changed[1].changedFields.map(\.hasOtherDependencies) == [true])
    #expect(found.changed[1].changedFields.map(\.codeVersion) == [nil])
    #expect(found.changed[1].upstream == ["raw"])
    #expect(found.recomputed.map(\.key) == ["crop", "face"])
  }

  @Test func anotherDependencyIsAChangeOnlyOfWhatDependsOnEverything() throws {
    var after = Self.before
    after[2].dependencies?.append(FeatureDependency(feature: "text"))
    after[3].dependencies?.append(FeatureDependency(feature: "crop"))
    let found = try comparison(to: after)
    #expect(found.changed.map(\.key) == ["face"])
    #expect(found.changed[0].addedDependencies == ["text"])
    // The field of `text` names what it takes: its version is what it was.
    #expect(found.specChanged.map(\.key) == ["text"])
    #expect(found.specChanged[0].addedDependencies == ["crop"])
    #expect(found.recomputed.isEmpty)
  }

  @Test func onlyWhatChangedUpstreamIsNamed() throws {
    let both = Self.feature("both", on: ["face", "text"])
    var after = Self.before
    after[0].fields[0].codeVersion = "2"
    let found = GraphComparison(from: try graph(Self.before + [both]), to: try graph(after + [both]))
    // The sound of `raw` is what it was, and so is `text`.
    #expect(found.recomputed.map(\.key) == ["both", "crop", "face"])
    #expect(found.recomputed.first?.upstream == ["face"])
  }

  @Test func aDependencyThatNoFieldTakesIsNoReason() throws {
    var after = Self.before
    after[0].fields[1].codeVersion = "2"
    after[3].dependencies?.append(FeatureDependency(feature: "crop"))
    let found = try comparison(to: after)
    #expect(found.changed.map(\.key) == ["raw"])
    let text = try #require(found.recomputed.first { $0.key == "text" })
    #expect(text.upstream == ["raw"])
    #expect(text.addedDependencies == ["crop"])
  }

  @Test func metadataAndColumnsRecomputeNothing() throws {
    var after = Self.before
    after[0].metadata = ["owner": "ingest"]
    after[1].dependencies = [FeatureDependency(feature: "raw", columns: ["path"])]
    after[3].idColumns = ["a"]
    let found = try comparison(to: after)
    #expect(found.specChanged.map(\.key) == ["crop", "raw", "text"])
    #expect(found.specChanged.map(\.changedMembers) == [["deps"], ["metadata"], ["id_columns"]])
    #expect(found.changed.isEmpty && found.recomputed.isEmpty)
  }

  @Test func shorterHashesAreOtherVersionsWithoutACause() throws {
    let found = GraphComparison(from: try graph(Self.before), to: try graph(Self.before, length: 16))
    #expect(found.recomputed.map(\.key) == ["crop", "face", "raw", "text"])
    #expect(found.recomputed.first { $0.key == "raw" }?.upstream == [])
    #expect(found.changed.isEmpty)
  }
}

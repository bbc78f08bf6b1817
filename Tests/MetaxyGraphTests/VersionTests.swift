import MetaxyErrors
import MetaxyFeatures
import MetaxyGraph
import MetaxyTestSupport
import Testing

@Suite(.timed) struct VersionTests {
  private func versions(_ definitions: [FeatureDefinition], truncatedTo length: Int? = nil) throws -> GraphVersions {
    let (graph, diagnostics) = FeatureGraph.build(definitions)
    return try #require(graph, "\(diagnostics.map(\.message))").versions(project: "shop", truncatedTo: length)
  }

  /// A graph whose computation without memory takes 2^40 steps.
  @Test func diamondsUponDiamondsAreComputedOnce() throws {
    let definitions = (0..<40).flatMap { level in
      ["a", "b"].map { side in
        feature(
          FeatureKey("\(side)\(level)"),
          dependencies: level == 0
            ? nil : ["a", "b"].map { .feature(.key(FeatureKey("\($0)\(level - 1)"))) })
      }
    }
    #expect(try versions(definitions).snapshot.count == 64)
  }

  @Test func chainOfThousandsHasVersions() throws {
    let count = TestSize.count(2_000, long: 10_000)
    let definitions = (0..<count).map { number in
      feature(
        FeatureKey("f\(number)"), dependencies: number == 0 ? nil : [.feature(.key(FeatureKey("f\(number - 1)")))],
        fields: (0..<5).map { FieldSpec(key: FieldKey("x\($0)")) })
    }
    let changed = definitions.enumerated().map { position, definition in
      var definition = definition
      if position == 0 { definition.fields[4].codeVersion = "2" }
      return definition
    }
    let (old, new) = (try versions(definitions), try versions(changed))
    #expect(old[FeatureKey("f\(count - 1)")]?.featureVersion != new[FeatureKey("f\(count - 1)")]?.featureVersion)
    #expect(old[FeatureKey("f\(count - 1)")]?.codeVersion == new[FeatureKey("f\(count - 1)")]?.codeVersion)
  }

  @Test func featureOfThousandsOfParentsHasVersions() throws {
    let count = TestSize.count(1_000, long: 10_000)
    let parents = (0..<count).map { number in
      feature(FeatureKey("f\(number)"), fields: (0..<5).map { FieldSpec(key: FieldKey("x\($0)")) })
    }
    let some = parents.map { FieldDependency(feature: .key($0.key), fields: ["x4"]) }
    let all = feature(
      "all", dependencies: parents.map { .feature(.key($0.key)) },
      fields: [.field("everything"), .field("some", dependencies: some), .field("nothing", dependencies: [])])
    let old = try versions(parents + [all])
    var changed = parents
    changed[count - 1].fields[3].codeVersion = "2"
    let new = try versions(changed + [all])
    let pairs = zip(old["all"]?.fields ?? [], new["all"]?.fields ?? [])
    #expect(pairs.map { $0.version == $1.version } == [false, true, true])
  }

  @Test func projectOfAFeatureCounts() throws {
    var other = feature("a")
    other.project = "elsewhere"
    let (own, others) = (try versions([feature("a")])["a"], try versions([other])["a"])
    #expect(own?.trackingVersion != others?.trackingVersion)
    #expect(own?.specVersion == others?.specVersion)
  }

  @Test func fieldsThatCollideAreWarnedOf() throws {
    let definitions = [
      feature("video", line: 3, fields: [.field("a", codeVersion: "11"), .field("a1"), .field("b")]),
      feature("audio", line: 4, fields: [.field("a", codeVersion: "11")]),
    ]
    let graph = try #require(FeatureGraph.build(definitions).graph)
    let found = graph.collisions(in: graph.versions(project: "shop", truncatedTo: nil))
    #expect(
      found == [
        Diagnostic(
          .warning, "the field `a1` of `video` has the version of the field `a` of `video`", at: place(3, 21),
          notes: [
            Diagnostic.Note("the other field is here", at: place(3, 20)),
            Diagnostic.Note(
              "keys and code versions are hashed without a separator; another code version tells the two apart"),
          ])
      ])
  }

  @Test func attributesAreMembersOfTheSpec() {
    var list = feature("a")
    list.attributes = [1]
    #expect(problems([list]) == ["1:1: the attributes of `a` must be an object: they are members of its spec"])
    var clash = feature("a")
    clash.attributes = ["owner": "x", "deps": []]
    #expect(problems([clash]) == ["1:1: `a` has an attribute `deps`, which every spec has already"])
  }

  /// Names are the same when their scalars are.
  @Test func columnsAreComparedByScalars() {
    let upstream = feature("u", columns: ["id", "\u{E9}"])
    let decomposed = "e\u{301}"
    #expect(
      problems([upstream, feature("a", line: 2, dependencies: [.feature("u", columns: [decomposed])])]).first?
        .hasPrefix("2:10: `a` takes the column `\(decomposed)` of `u`, which has none of that name") == true)
    let both = feature("v", columns: ["id", "\u{E9}", decomposed])
    #expect(
      problems([
        both,
        feature(
          "a", line: 2,
          dependencies: [
            .feature("v", columns: ["\u{E9}", decomposed], rename: ["\u{E9}": "x", decomposed: "y"])
          ]),
      ]) == [])
  }
}

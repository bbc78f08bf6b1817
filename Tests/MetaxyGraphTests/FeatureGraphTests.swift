import MetaxyErrors
import MetaxyFeatures
import MetaxyGraph
import MetaxyTestSupport
import Testing

@Suite(.timed) struct FeatureGraphTests {
  @Test func featuresAreSortedByParts() throws {
    let graph = try #require(FeatureGraph.build([feature("a-b"), feature(["a", "b"]), feature("a")]).graph)
    #expect(graph.features.map(\.key) == ["a", ["a", "b"], "a-b"])
  }

  @Test func featureIsFoundByKey() throws {
    let graph = try #require(FeatureGraph.build([feature("a"), feature("b/c", line: 7)]).graph)
    #expect(graph["b/c"]?.source.line == 7)
    #expect(graph["c"] == nil)
  }

  @Test func emptyGraphIsAGraph() throws {
    let graph = try #require(FeatureGraph.build([]).graph)
    #expect(graph.features.isEmpty)
    #expect(graph.topologicalOrder.isEmpty)
  }

  @Test func topologicalOrderPutsUpstreamFirst() throws {
    let graph = try #require(
      FeatureGraph.build([
        feature("a", dependencies: [.feature("d"), .feature("c")]),
        feature("b"),
        feature("c", dependencies: [.feature("d")]),
        feature("d", dependencies: [.feature("e")]),
        feature("e"),
      ]).graph)
    #expect(graph.topologicalOrder.map(\.key) == ["e", "d", "c", "a", "b"])
  }

  @Test func dependencyOnAFeatureThatCouldNotBeReadIsNotCalledMissing() {
    let definitions = [feature("a", dependencies: [.feature("broken"), .feature("gone")])]
    let messages = FeatureGraph.build(definitions, incomplete: ["broken"]).diagnostics.map(\.message)
    #expect(messages == ["`a` depends on `gone`, which no feature declares"])
  }

  @Test func chainOfTenThousandIsSorted() throws {
    let definitions = (0..<10_000).map { number in
      feature(
        FeatureKey("f\(number)"), dependencies: number == 0 ? nil : [.feature(.key(FeatureKey("f\(number - 1)")))])
    }
    let graph = try #require(FeatureGraph.build(definitions.reversed()).graph)
    #expect(graph.topologicalOrder.map(\.key) == definitions.map(\.key))
  }

  @Test func circleOfTenThousandIsReportedOnce() {
    let definitions = (0..<10_000).map { number in
      feature(FeatureKey("f\(number)"), dependencies: [.feature(.key(FeatureKey("f\((number + 1) % 10_000)")))])
    }
    let (graph, diagnostics) = FeatureGraph.build(definitions)
    #expect(graph == nil)
    #expect(diagnostics.count == 1)
    #expect(diagnostics.first?.notes.count == 10_000)
  }

  @Test func keyDeclaredTwiceNamesBothPlaces() {
    let (graph, diagnostics) = FeatureGraph.build([feature("a", line: 9), feature("a", line: 2)])
    #expect(graph == nil)
    #expect(
      diagnostics == [
        Diagnostic(
          .error, "the feature `a` is declared twice", at: place(9),
          notes: [Diagnostic.Note("`T2` declares it first", at: place(2))])
      ])
  }

  @Test func keysDifferByScalars() {
    #expect(problems([feature("caf\u{e9}"), feature("cafe\u{301}")]) == [])
  }

  @Test func fieldDeclaredTwiceIsRefused() {
    let fields: [FieldSpec] = [.field("x"), .field("y"), .field("x", codeVersion: "2")]
    #expect(problems([feature("a", fields: fields)]) == ["1:22: `a` has the field `x` twice"])
  }

  @Test func missingFeatureIsToldWithTheClosest() {
    let definitions = [
      feature("video/raw"), feature("b", line: 2, dependencies: [.feature("video/rwa"), .feature("zzz")]),
    ]
    #expect(
      problems(definitions) == [
        "2:10: `b` depends on `video/rwa`, which no feature declares; did you mean `video/raw`?",
        "2:11: `b` depends on `zzz`, which no feature declares",
      ])
  }

  @Test func circleIsToldEdgeByEdge() {
    let diagnostics = FeatureGraph.build([
      feature("c", line: 1, dependencies: [.feature("a")]),
      feature("a", line: 2, dependencies: [.feature("d"), .feature("b")]),
      feature("b", line: 3, dependencies: [.feature("c")]),
      feature("d", line: 4),
    ]).diagnostics
    #expect(
      diagnostics == [
        Diagnostic(
          .error, "features depend on each other in a cycle: `a` → `b` → `c` → `a`", at: place(2, 11),
          notes: [
            Diagnostic.Note("`a` depends on `b`", at: place(2, 11)),
            Diagnostic.Note("`b` depends on `c`", at: place(3, 10)),
            Diagnostic.Note("`c` depends on `a`", at: place(1, 10)),
          ])
      ])
  }

  @Test func circleBehindAnEntryIsStillOne() {
    let definitions = [
      feature("a", line: 1, dependencies: [.feature("z")]), feature("m", line: 2, dependencies: [.feature("z")]),
      feature("z", line: 3, dependencies: [.feature("m")]),
    ]
    #expect(problems(definitions) == ["2:10: features depend on each other in a cycle: `m` → `z` → `m`"])
  }

  @Test func featureThatDependsOnItselfIsRefused() {
    #expect(problems([feature("a", dependencies: [.feature("a")])]) == ["1:10: the feature `a` depends on itself"])
  }

  @Test func everyProblemIsReportedInOrder() {
    let definitions = [
      feature("a", line: 5, dependencies: [.feature("nope")]), feature("b", line: 1, dependencies: [.feature("b")]),
      feature("a", line: 8),
    ]
    #expect(
      problems(definitions) == [
        "1:10: the feature `b` depends on itself", "5:10: `a` depends on `nope`, which no feature declares",
        "8:1: the feature `a` is declared twice",
      ])
  }
}

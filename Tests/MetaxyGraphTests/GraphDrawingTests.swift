import MetaxyErrors
import MetaxyFeatures
import MetaxyGraph
import MetaxyMigrationErrors
import MetaxyTestSupport
import Testing

@Suite(.timed) struct GraphDrawingTests {
  private func graph(_ features: [(key: FeatureKey, fields: [FieldKey], upstream: [FeatureKey])]) -> VersionedGraph {
    VersionedGraph(
      snapshot: "0123456789",
      features: features.map { feature in
        .init(
          definition: FeatureDefinition(
            key: feature.key, typeName: "T", source: SourceLocation(file: "g", line: 1, column: 1),
            dependencies: feature.upstream.map { FeatureDependency(feature: .key($0)) },
            fields: feature.fields.map { FieldSpec(key: $0) }),
          featureVersion: "abcdefghij", specVersion: "")
      })
  }

  private var diamond: VersionedGraph {
    graph([
      ("d", ["x"], ["c", "b", "b"]), ("b", [], ["a"]), ("c", [], ["a"]), ("a", ["x", "y"], []), ("e", [], ["d"]),
    ])
  }

  @Test func aTreeShowsWhatIsBelowAFeatureOnce() {
    #expect(
      GraphDrawing.tree(of: diamond) == """
        a  abcdefgh  x, y
        ├─ b  abcdefgh
        │  └─ d  abcdefgh  x
        │     └─ e  abcdefgh
        └─ c  abcdefgh
           └─ d  abcdefgh  x (*)
        snapshot: 0123456789
        """)
  }

  @Test func mermaidAndGraphvizHaveEveryFeatureAndEdgeOnce() {
    #expect(
      GraphDrawing.mermaid(diamond) == """
        flowchart TB
          f0["a<br/>abcdefgh<br/>x, y"]
          f1["b<br/>abcdefgh"]
          f2["c<br/>abcdefgh"]
          f3["d<br/>abcdefgh<br/>x"]
          f4["e<br/>abcdefgh"]
          f0 --> f1
          f0 --> f2
          f1 --> f3
          f2 --> f3
          f3 --> f4
          %% snapshot: 0123456789
        """)
    #expect(
      GraphDrawing.dot(diamond) == #"""
        digraph features {
          node [shape=box];
          f0 [label="a\nabcdefgh\nx, y"];
          f1 [label="b\nabcdefgh"];
          f2 [label="c\nabcdefgh"];
          f3 [label="d\nabcdefgh\nx"];
          f4 [label="e\nabcdefgh"];
          f0 -> f1;
          f0 -> f2;
          f1 -> f3;
          f2 -> f3;
          f3 -> f4;
          // snapshot: 0123456789
        }
        """#)
  }

  /// A quote ends a label, a backslash begins an escape, `<` a tag, `&` and `#` an entity, a backtick Markdown, and a mark
  /// that turns the direction of text around would turn what follows.
  @Test func whatHasAMeaningIsEscaped() {
    let graph = graph([("é\"\\<&#`\n\u{202E}日", [], [])])
    #expect(
      GraphDrawing.mermaid(graph).split(separator: "\n")[1]
        == "  f0[\"é#34;#92;#60;#38;#35;#96;#10;#8238;日<br/>abcdefgh\"]")
    #expect(
      GraphDrawing.dot(graph).split(separator: "\n")[2]
        == #"  f0 [label="é\"\\<&amp;#`&#10;&#8238;日\nabcdefgh"];"#)
    #expect(
      GraphDrawing.tree(of: graph).split(separator: "\n")[0] == #"é"\<&#`\u{a}\u{202e}日  abcdefgh"#)
  }

  @Test func aDrawingHasEveryFeatureAndEdge() {
    let svg = GraphDrawing.svg(graph([("d", ["x"], ["c", "b"]), ("b", [], ["a"]), ("c", [], ["a"]), ("a<&", [], [])]))
    #expect(svg.matches(of: /<rect/).count == 4)
    #expect(svg.matches(of: /class="edge"/).count == 2)
    #expect(svg.contains(">a&lt;&amp;</text>") && svg.contains(">abcdefgh</text>"))
    #expect(svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\"") && svg.hasSuffix("</svg>"))
    #expect(GraphDrawing.svg(diamond).matches(of: /class="edge"/).count == 5)
    #expect(GraphDrawing.svg(graph([])).contains("width=\"8\""))
  }

  @Test func aChainOfTenThousandIsDrawn() throws {
    let keys = (0..<10_000).map { FeatureKey("f/\($0)") }
    let chain = graph(keys.enumerated().map { ($1, [], $0 == 0 ? [] : [keys[$0 - 1]]) })
    #expect(GraphDrawing.mermaid(chain).utf8.count { $0 == UInt8(ascii: ">") } > 9_999)
    #expect(GraphDrawing.dot(chain).contains(" -> "))
    // Three spaces for each step, and `└─ `, before all but the first.
    let lines = keys.enumerated().map { 3 * max(0, $0 - 1) + ($0 == 0 ? 0 : 7) + "\($1)  abcdefgh\n".utf8.count }
    let tree = GraphDrawing.tree(of: chain)
    #expect(tree.utf8.count == lines.reduce("snapshot: 0123456789".utf8.count, +))
    let part = try GraphSelection(feature: "f/5000", up: 0).part(of: chain)
    #expect(part.features.count == 5_000)
  }

  @Test func aSelectionCountsStepsInBothDirections() throws {
    func keys(_ selection: GraphSelection) throws -> [String] {
      try selection.part(of: diamond).features.map(\.key.description)
    }
    #expect(try keys(GraphSelection(feature: "b")) == ["a", "b", "d", "e"])
    #expect(try keys(GraphSelection(feature: "d", up: 1, down: 0)) == ["b", "c", "d"])
    #expect(try keys(GraphSelection(feature: "a", up: 0, down: 1)) == ["a", "b", "c"])
    let part = try GraphSelection(feature: "d", up: 0, down: 0).part(of: diamond)
    #expect(GraphDrawing.tree(of: part) == "d  abcdefgh  x\nsnapshot: 0123456789")
    #expect { try GraphSelection(feature: "z").part(of: diamond) } throws: {
      ($0 as? MetaxyError)?.code == .unknownFeature
    }
  }

  @Test func anEmptyGraphIsDrawn() {
    #expect(GraphDrawing.tree(of: graph([])) == "snapshot: 0123456789")
    #expect(GraphDrawing.mermaid(graph([])) == "flowchart TB\n  %% snapshot: 0123456789")
  }
}

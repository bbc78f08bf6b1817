import Foundation
import MetaxyErrors
import MetaxyFeatures
import MetaxyFileWriting
import MetaxyFiles
import MetaxyGraph
import MetaxyRegistry
import MetaxySchema
import MetaxySyntax
import MetaxyTestSupport
import Testing

/// What `metaxy generate` writes compiles beside the features that it was written from, without a warning.
@Suite(.timed) struct RegistryCompilationTests {
  /// Features with everything that makes a name or a level hard to spell.
  private static let features = """
    public import Foundation
    public import Metaxy

    @FeatureBase(idColumns: ["sample_id"]) public protocol SampleFeature: Feature { var sampleId: String { get } }

    @Feature("video/raw", fields: [.field("frames"), .field("audio \\"left\\"", codeVersion: "é\\n")])
    public struct RawVideo: SampleFeature {
      public var sampleId: String
      public var at: Date
      public var `default`: Int
      public var `init`: Int?
      @Column(name: "own") public var `self`: Int
      public internal(set) var x: Decimal?
      public private(set) var sum: Int
      var inner: UUID
      private var hidden: Int
      @Column(type: .json) public var words: [Word]
      @Column(type: .raw("vector(3)", sqlite: "BLOB")) public var `a b`: [Float]
      @Column(generated: .stored("inner + 1")) public var next: Int
      public struct Word: Codable, Sendable {}
      enum CodingKeys: String, CodingKey {
        case sampleId = "sid", at, `default`, `init`, `self`, x, sum, inner, hidden, words, `a b`, next
      }
    }

    public enum Crops {
      @Feature("video/crop", dependencies: [.feature(RawVideo.self)])
      public struct Face: SampleFeature { public var sampleId: String; public var kind: Kind }
      public enum Kind: String, Codable, Sendable { case left, right }
      @Feature("video/inner") struct Inner: SampleFeature { var sampleId: String }
      @Feature("video/secret") nonisolated private struct Secret: SampleFeature, Feature { var sampleId: String }
    }

    @Feature("shared", idColumns: ["id"]) package struct Shared { package var id: String }
    """

  private func registry(of source: String, definitions: String? = nil) throws -> String {
    let directory = try TemporaryDirectory()
    let file = "\(directory.path)/Features.swift"
    try Files.write(source, to: file)
    let discovered = try Discovery.read([SourceFile(file)])
    #expect(discovered.diagnostics == [])
    let (graph, problems) = FeatureGraph.build(discovered.definitions)
    #expect(problems == [])
    let tables = Derivation(infersTableNames: true, reservedTables: []).schema(of: discovered.definitions)
    #expect(tables.problems == [])
    let known = try #require(graph)
    return RegistrySource(
      of: known, versions: known.versions(project: "my-project", truncatedTo: 16), tables: tables.desired,
      project: "my-project", truncatedTo: 16, definitions: definitions, imports: []
    ).text
  }

  private let use = """
    func use() -> [FeatureRegistry] {
      let own: FeatureColumn<RawVideo, Int> = RawVideo.Columns.`self`
      let date: FeatureColumn<RawVideo, Date> = RawVideo.Columns.at
      let kind: FeatureColumn<Crops.Face, Crops.Kind> = Crops.Face.Columns.kind
      _ = (own, date, kind, Crops.Inner.Columns.sampleId, Shared.Columns.id)
      return [.myProject]
    }
    """

  @Test func underTheStrictestSettings() throws {
    let registry = try registry(of: Self.features)
    #expect(try Compiler.diagnostics(of: [Self.features + "\n" + use, registry]) == [])
    let isolated = Compiler.strict + ["-default-isolation", "MainActor"]
    #expect(try Compiler.diagnostics(of: [Self.features, registry], flags: isolated) == [])
  }

  /// A default or a check may hold whatever Swift's literals take for their own.
  @Test func withDefinitionsOfTables() throws {
    let definitions = #"{"# + "\n" + #"  "check": "a <> '\(x)' OR a <> \"\"\" OR a LIKE '\\é\u0007'""# + "\n}\n"
    let registry = try registry(of: Self.features, definitions: definitions)
    #expect(registry.contains(#"      \"check\": \"a <> '\\(x)' OR a <> \\\"\\\"\\\" OR"#))
    #expect(try Compiler.diagnostics(of: [Self.features, registry]) == [])
  }

  @Test func underThePlainestSettings() throws {
    let plain = Self.features.replacingOccurrences(of: "public import", with: "import")
    for version in ["5", "6"] {
      let flags = ["-swift-version", version, "-warnings-as-errors", "-package-name", "pipeline"]
      #expect(try Compiler.diagnostics(of: [plain + "\n" + use, try registry(of: plain)], flags: flags) == [])
    }
  }

  /// Each feature's expression is checked alone, so that no number of features is too much: with all of them in
  /// one the compiler gives up.
  @Test func ofManyFeatures() throws {
    let features = (0..<TestSize.count(60, long: 300)).map { number in
      let properties = (0..<12).map { "var property\($0): String" }.joined(separator: "; ")
      return "@Feature(\"group/\(number)\", idColumns: [\"property0\"]) struct Feature\(number) { \(properties) }"
    }
    let source = "import Metaxy\n" + features.joined(separator: "\n")
    #expect(try Compiler.diagnostics(of: [source, try registry(of: source)]) == [])
  }
}

import Foundation
import MetaxyTestSupport
import Testing

/// What compiles, under the strictest settings and without a warning.
@Suite(.timed) struct CompilationTests {
  @Test func theExampleOfTheDocumentation() throws {
    let source = """
      import Foundation
      import Metaxy

      /// Base of every feature keyed by a sample. The compiler makes each feature declare the ID columns.
      @FeatureBase(idColumns: ["sample_id"])
      protocol SampleFeature: Feature {
        var sampleId: String { get }
      }

      @Feature("video", fields: [.field("frames", codeVersion: "1"), .field("duration", codeVersion: "1")])
      struct Video: SampleFeature {
        var sampleId: String
        var path: String
        var duration: Double
      }

      @Feature(
        "video/crop",
        dependencies: [.feature(Video.self, columns: ["path"], rename: ["path": "source_path"])],
        fields: [.field("frames", codeVersion: "2", dependencies: [.fields(of: Video.self, ["frames"])])],
        indexes: [.index(on: ["sample_id", "created_at"])],
        checks: [.check("height > 0")]
      )
      struct VideoCrop: SampleFeature {
        var sampleId: String
        @Column(type: .varchar(64), unique: true) var checksum: String
        @Column(default: .currentTimestamp) var createdAt: Date
        var height: Int?
      }
      """
    #expect(try Compiler.diagnostics(of: source) == [])
    #expect(try Compiler.diagnostics(of: source, flags: ["-swift-version", "5"]) == [])
  }

  @Test func everyArgument() throws {
    try expectToCompile(
      """
      @Feature("video") struct Video { var sampleUid: String }

      @Feature(
        ["video", "all"],
        idColumns: ["a", "b"],
        dependencies: [
          .feature(Video.self), .feature("video/raw", columns: []), .feature(["video", "cut"], columns: ["x"], rename: ["x": "y"]),
        ],
        fields: [
          .field("default"), .field(["audio", "left"], codeVersion: "2", dependencies: []),
          .field(
            "frames",
            dependencies: [
              .allFields(of: Video.self), .allFields(of: "video/raw"), .fields(of: ["video", "cut"], ["frames", ["a", "b"]]),
              .fields(of: Video.self, ["frames"]),
            ]),
        ],
        metadata: ["owner": "vision", "costs": [1, -2.5, true, nil], "more": [:]],
        attributes: ["tier": 1],
        table: "all_videos",
        schema: "media",
        renamedFrom: "videos",
        primaryKey: ["a", "feature_version"],
        unique: [.unique("a", "b"), .unique("b", name: "uq")],
        indexes: [
          .index(on: ["a", .descending("b"), .expression("lower(c)"), .column("d", collation: "C")], unique: true),
          .index(on: ["a"], where: "a IS NOT NULL", name: "ix"),
          .index(on: [.expression(.sql("lower(a)", sqlite: "a"), descending: true)]),
        ],
        checks: [.check("e > 0"), .check(.sql("e > 0", postgresql: "e > 1"), name: "ck")],
        foreignKeys: [.foreignKey(["c"], references: "camera", ["id"], onDelete: .cascade, onUpdate: .setNull, name: "fk")],
        options: [.strict, .withoutRowID]
      )
      struct All {
        @Column(
          name: "a", type: .varchar(64), primaryKey: true, unique: true, index: true, default: "x",
          references: .column("id", of: "camera", onDelete: .restrict), generated: .stored("lower(b)"), collation: "NOCASE",
          comment: "first", renamedFrom: "z") var a: String
        @Column(type: .varchar(8)) var b: Kind
        @Column(default: 1) var c: Int
        @Column(default: -1.5) var d: Double
        @Column(default: false) var e: Bool
        @Column(default: .currentTimestamp, backfill: .sql("now()", sqlite: "CURRENT_TIMESTAMP"), using: "f") var f: Date
        @Column(default: .sql("now()", sqlite: "CURRENT_TIMESTAMP")) var g: Date
        @Column(generated: .virtual(.sql("a || b", postgresql: "concat(a, b)"))) var h: String
        @Column(type: .raw("vector(3)", sqlite: "BLOB")) var i: [Float]
        @Column(type: .json) var j: [String: Int]
        @Column(type: .numeric(12, 3)) var k: Decimal
        @Column var l: URL?
        @Transient var m: Int? = nil

        enum Kind: String, Codable { case raw, cut }
      }
      """)
  }

  @Test func commentsAndSpellingsOfTheAttribute() throws {
    try expectToCompile(
      #"""
      /// A video (raw), see @Feature("other" and /* this
      /* a block (with /* another ( */ in it) */
      @Feature(  // first )
        ["video", "raw"],  // second (
        /* third ) */ idColumns: ["a",],
        table: """
          all) "videos"
          """,
        schema: #"x\("#,
      )  // fourth (
      struct Video { var a: String }

      @Metaxy.Feature("one") struct One { var sampleUid: String } // @Feature(
      @Feature("two") @available(macOS 13, *) struct Two { var sampleUid: String }
      @available(macOS 13, *) /* ( */ @Feature("three") struct Three { var sampleUid: String }
      @Feature("four")
      struct Four { @Metaxy.Column(name: "x") var sampleUid: String; @Metaxy.Transient var y: Int? = nil }
      @Metaxy.FeatureBase(idColumns: ["a"]) protocol Base: Feature { var a: String { get } }
      """#)
  }

  @Test func conformances() throws {
    try expectToCompile(
      """
      @FeatureBase(idColumns: ["a"]) protocol A: Feature { var a: String { get } }
      @FeatureBase(idColumns: ["b"], attributes: ["owner": "vision"]) protocol B: Feature { var b: String { get } }
      protocol Both: A, B {}
      @FeatureBase protocol Third: A, B {}
      @Feature("none") struct None { var sampleUid: String }
      @Feature("direct") struct Direct: Feature { var sampleUid: String }
      @Feature("base") struct Base: A { var a: String }
      @Feature("both") struct OfBoth: Both { var a: String; var b: String }
      @Feature("third") struct OfThird: Third, Identifiable { var a: String; var b: String; var id: String { a } }
      func isFeature(_: (some Feature).Type) {}
      func use() {
        isFeature(None.self); isFeature(Direct.self); isFeature(Base.self); isFeature(OfBoth.self); isFeature(OfThird.self)
        _ = Base.featureBase.idColumns
        _ = OfThird.featureBase.idColumns
      }
      """)
  }

  @Test func accessLevels() throws {
    let source = """
      public import Metaxy

      @FeatureBase(idColumns: ["a"]) public protocol Base: Feature { var a: String { get } }
      @Feature("one") public struct One { public var sampleUid: String }
      @Feature("two") public struct Two: Base { public var a: String }
      @Feature("three") package struct Three { package var sampleUid: String }
      @Feature("four") fileprivate struct Four { var sampleUid: String }
      @Feature("five") private struct Five { var sampleUid: String }
      public enum Group {
        @Feature("six") public struct Six { public var sampleUid: String }
        @Feature("seven") private struct Seven: Feature { var sampleUid: String }
        @Feature("eight") private struct Eight: Base, Feature { var a: String }
      }
      public func key() -> FeatureKey { Group.Six.feature.key }
      """
    #expect(try Compiler.diagnostics(of: source) == [])
  }

  @Test func nestedFeaturesSeeTheirNeighbours() throws {
    try expectToCompile(
      """
      enum Outer {
        @Feature("outer/video") struct Video { var sampleUid: String }
        @Feature("outer/crop", dependencies: [.feature(Video.self)], fields: [.field("a", dependencies: [.allFields(of: Video.self)])])
        struct Crop { var sampleUid: String }
      }
      extension Outer {
        @Feature("outer/more", dependencies: [.feature(Crop.self), .feature(Inner.Deep.self)])
        struct More { var sampleUid: String }
        enum Inner {
          @Feature("outer/deep", dependencies: [.feature(Video.self)]) struct Deep { var sampleUid: String }
        }
      }
      """)
  }

  @Test func modulesWhoseDefaultIsTheMainActor() throws {
    try expectToCompile(
      """
      @FeatureBase(idColumns: ["a"]) protocol Base: Feature { var a: String { get } }
      @Feature("one") struct One { var sampleUid: String }
      @Feature("two", dependencies: [.feature(One.self)]) struct Two: Base { var a: String }
      nonisolated func keys() -> [FeatureKey] { [One.feature.key, Two.feature.key] }
      """, flags: ["-default-isolation", "MainActor"])
  }

  @Test func aTransientPropertyOfAnyTypeIsLeftOutOfTheCodingKeys() throws {
    try expectToCompile(
      """
      struct Cache: Sendable {}
      @Feature("video") struct Video {
        var sampleUid: String
        @Transient var cache: Cache? = nil
        enum CodingKeys: CodingKey { case sampleUid }
      }
      """)
  }

  private func expectToCompile(_ source: String, flags: [String] = []) throws {
    #expect(
      try Compiler.diagnostics(of: "import Foundation\nimport Metaxy\n\(source)", flags: Compiler.strict + flags) == [])
  }
}

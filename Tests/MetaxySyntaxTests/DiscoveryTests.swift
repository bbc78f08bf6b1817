import MetaxyErrors
import MetaxyFeatures
import MetaxyGraph
import MetaxySyntax
import Testing

@Suite struct DiscoveryTests {
  /// The example of the documentation, with every documented part checked.
  @Test func documentedExampleIsRead() throws {
    let result = try discover(
      """
      import Metaxy

      /// Base of every feature keyed by a sample.
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

      /// A part of a video.
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
        /// In pixels.
        var height: Int?
      }
      """)
    #expect(lines(result) == [])
    #expect(result.definitions.map(\.key) == ["video", "video/crop"])

    let video = result.definitions[0]
    #expect(video.typeName == "Video")
    #expect(video.source == SourceLocation(file: "F.swift", line: 9, column: 1))
    #expect(video.idColumns == ["sample_id"])
    #expect(video.dependencies == nil)
    #expect(video.fields == [.field("frames"), .field("duration")])
    #expect(video.columns.map(\.name) == ["sample_id", "path", "duration"])
    #expect(video.columns.map(\.type) == [.string, .string, .double])

    let crop = result.definitions[1]
    #expect(crop.comment == "A part of a video.")
    #expect(crop.dependencies == [.feature("video", columns: ["path"], rename: ["path": "source_path"])])
    #expect(
      crop.fields == [
        .field("frames", codeVersion: "2", dependencies: [.fields(of: "video", ["frames"])])
      ])
    #expect(crop.indexes == [.index(on: ["sample_id", "created_at"])])
    #expect(crop.checks == [.check("height > 0")])
    #expect(crop.places.dependencies == [SourceLocation(file: "F.swift", line: 19, column: 18)])
    #expect(crop.places.fields == [SourceLocation(file: "F.swift", line: 20, column: 12)])

    let columns = crop.columns
    #expect(columns.map(\.name) == ["sample_id", "checksum", "created_at", "height"])
    #expect(columns.map(\.type) == [.string, .varchar(64), .timestamp, .bigint])
    #expect(columns.map(\.isUnique) == [false, true, false, false])
    #expect(columns.map(\.isNullable) == [false, false, false, true])
    #expect(columns[2].defaultValue == .currentTimestamp)
    #expect(columns[3].comment == "In pixels.")
    #expect(columns[3].source == SourceLocation(file: "F.swift", line: 29, column: 7))
    #expect(FeatureGraph.build(result.definitions).graph != nil)
  }

  @Test func qualifiedAttributeIsReadAndOthersAreNot() throws {
    let result = try discover(
      """
      @Metaxy.Feature("a", idColumns: ["id"]) struct A { @Metaxy.Column(name: "id") var key: String }
      @Other.Feature("b") struct B {}
      @Feature2("c") struct C {}
      """)
    #expect(lines(result) == [])
    #expect(result.definitions.map(\.key) == ["a"])
  }

  @Test func nestedFeaturesAreRead() throws {
    let result = try discover(
      """
      enum Crops { struct Inner { @Feature("a", idColumns: ["id"]) struct A { var id: String } } }
      extension Crops.Inner { @Feature("b", idColumns: ["id"]) struct B { var id: String } }
      @Feature("c", idColumns: ["id"]) struct C {
        var id: String
        @Feature("d", idColumns: ["id"]) struct D { var id: String }
      }
      """)
    #expect(lines(result) == [])
    #expect(result.definitions.map(\.typeName) == ["Crops.Inner.A", "Crops.Inner.B", "C", "C.D"])
  }

  @Test func defaultsAreMetaxys() throws {
    let definition = try #require(
      discover("@Feature(\"a\") struct A { var sampleUID: String }").definitions.first)
    #expect(definition.idColumns == ["sample_uid"])
    #expect(definition.fields == [FieldSpec(key: "default", codeVersion: "1", dependencies: nil)])
    #expect(definition.dependencies == nil)
    #expect(definition.primaryKey == nil)
    #expect(definition.table == nil)
  }

  @Test func emptyListsAreNotMissing() throws {
    let definition = try #require(
      discover("@Feature(\"a\", dependencies: [], fields: []) struct A { var sampleUid: String }").definitions.first)
    #expect(definition.dependencies == [])
    #expect(definition.fields == [])
  }

  @Test func nilArgumentsAreMissing() throws {
    let definition = try #require(
      discover("@Feature(\"a\", dependencies: nil, table: nil) struct A { var sampleUid: String }").definitions.first)
    #expect(definition.dependencies == nil)
    #expect(definition.table == nil)
  }

  @Test func filesWithoutFeaturesAreNotParsed() throws {
    let result = try discover(
      ("A.swift", "@Feature(\"a\") struct A { var sampleUid: String }"), ("B.swift", "struct B { var x = 1 }"),
      ("C.swift", "enum Unused: String { case a }"))
    #expect(lines(result) == [])
    #expect(result.filesParsed == 1)
  }

  @Test func namesResolveAcrossFilesThatLackTheWord() throws {
    let result = try discover(
      ("A.swift", "@Feature(\"a\") struct A: Keyed { var key: String; var kind: Kind; var inner: Outer.Kind }"),
      ("B.swift", "enum Kind: String { case ab, c }"),
      ("C.swift", "extension Outer {\n  enum\n  `Kind`: String { case abc } }"),
      ("D.swift", "protocol Keyed: DeepBase {}"), ("E.swift", "typealias DeepBase = Sendable & Base"),
      ("F.swift", "struct Unused {}"), ("G.swift", "@FeatureBase(idColumns: [\"key\"]) protocol Base {}"))
    #expect(lines(result) == [])
    #expect(result.filesParsed == 6)
    let definition = try #require(result.definitions.first)
    #expect(definition.idColumns == ["key"])
    #expect(definition.columns.map(\.type) == [.string, .varchar(2), .varchar(3)])
    #expect(definition.columns[1].enumeration == ["ab", "c"])
  }

  @Test func extensionInSkippedFileAddsTheBase() throws {
    let result = try discover(
      ("A.swift", "@FeatureBase(idColumns: [\"key\"]) protocol Base {}\n@Feature(\"a\") struct A { var key: String }"),
      ("B.swift", "extension A: Base {}"))
    #expect(lines(result) == [])
    #expect(result.definitions.first?.idColumns == ["key"])
  }

  @Test func diagnosticsQuoteTheirLine() throws {
    let result = try discover("\u{FEFF}// é\r\n@Feature(\"a\") struct A {\r\n  var sampleUid = 1 // ü\r\n}\r\n")
    #expect(
      lines(result) == [
        "F.swift:3:7: error: `sampleUid` has no written type: sources are read without a compiler to infer it"
      ])
    #expect(result.diagnostics.first?.sourceLine == "  var sampleUid = 1 // ü")
  }

  @Test func definitionsAndDiagnosticsAreSortedByPlace() throws {
    let result = try discover(
      (
        "B.swift",
        "@Feature(\"z\") struct Z { var sampleUid: String }\n@Feature(\"y\") struct Y { var sampleUid: String }"
      ),
      ("A.swift", "@Feature(\"x\") struct X { var sampleUid: String }\n@Feature() struct W {}"))
    #expect(result.definitions.map(\.key) == ["x", "z", "y"])
    #expect(
      lines(result) == [
        "A.swift:2:1: error: `@Feature` needs a key: `@Feature(\"video/crop\")`"
      ])
  }

  @Test func unreadableFileIsThrownByName() {
    let error = #expect(throws: MetaxyError.self) { try Discovery.read([SourceFile("/nonexistent/A.swift")]) }
    #expect(error?.message.hasPrefix("cannot read `/nonexistent/A.swift`") == true)
  }

  @Test func fileGivenTwiceIsReadOnce() throws {
    let sources = try TestSources([("A.swift", "@Feature(\"a\") struct A { var sampleUid: String }")])
    let result = try withExtendedLifetime(sources) { try Discovery.read(sources.files + sources.files) }
    #expect(result.definitions.count == 1)
  }
}

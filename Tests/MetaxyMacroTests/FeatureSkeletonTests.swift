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

/// The features that `metaxy init --from-database --features` writes compile, and the same tables are derived from them.
@Suite(.timed) struct FeatureSkeletonTests {
  /// Tables with everything that a feature can declare.
  private static let source = #"""
    import Foundation
    import Metaxy

    /// A camera, "left" or \ right.
    @Feature("camera", idColumns: ["id"], primaryKey: ["id"])
    struct Camera { var id: String }

    @Feature(
      "video/crop", idColumns: ["sample_id"], unique: [.unique("camera", "kind")],
      indexes: [
        .index(on: ["camera", .descending("at")], unique: true, where: "ratio > 1"), .index(on: [.expression("lower(note)")]),
      ],
      checks: [.check("ratio > 0 OR note = '\\n'")],
      foreignKeys: [.foreignKey(["camera"], references: "camera", ["id"], onDelete: .setNull)])
    struct Crop {
      var sampleId: String
      @Column(type: .varchar(16)) var camera: String?
      var kind: Kind
      @Column(name: "odd Name") var oddName: Int
      @Column(name: "class") var `class`: Int16
      @Column(index: true) var small: Int32?
      @Column(unique: true) var serial: String
      var ratio: Double?
      var part: Float?
      @Column(default: true) var flag: Bool
      @Column(default: .currentTimestamp) var at: Date
      @Column(type: .date) var day: Date?
      @Column(type: .time) var clock: String?
      @Column(type: .numeric(12, 3)) var price: Decimal
      var whole: Decimal?
      var tag: UUID
      var data: Data
      var span: Duration?
      var meta: [String: String]
      @Column(type: .jsonb) var more: [String: String]?
      @Column(type: .raw("inet")) var address: String?
      @Column(default: "it's \"5\"\n", collation: "NOCASE", comment: "a note\nof two lines") var note: String
      @Column(default: .sql("1 + 1")) var sum: Int
      @Column(generated: .stored("small * 2")) var double: Int
      enum Kind: String, Codable, Sendable { case left, right, upsideDown = "upside down" }
    }
    """#

  private func tables(of sources: [String]) throws -> Schema {
    let directory = try TemporaryDirectory()
    var files: [SourceFile] = []
    for (number, source) in sources.enumerated() {
      let path = "\(directory.path)/\(number).swift"
      try Files.write(source, to: path)
      files.append(SourceFile(path))
    }
    let discovered = try Discovery.read(files)
    #expect(discovered.diagnostics.filter { $0.severity == .error } == [])
    let derived = Derivation(infersTableNames: true, reservedTables: []).schema(of: discovered.definitions)
    #expect(derived.problems == [])
    return derived.desired.schema
  }

  @Test func compilesAndDerivesTheSameTables() throws {
    let known = try tables(of: [Self.source])
    let skeletons = try known.sorted.map { table in
      try #require(FeatureSkeleton(of: table, dialect: "sqlite", infersTableNames: true))
    }
    #expect(skeletons.map(\.typeName) == ["Camera", "VideoCrop"])
    #expect(skeletons.flatMap(\.omissions) == [])
    #expect(
      try Compiler.diagnostics(of: skeletons.map(\.text), flags: ["-swift-version", "6", "-warnings-as-errors"]) == [])
    #expect(try tables(of: skeletons.map(\.text)).sorted == known.sorted)
  }

  /// The database would number the samples.
  @Test func aTableWhoseOnlyKeyIsANumberHasNone() throws {
    var camera = try #require(try tables(of: [Self.source]).sorted.first)
    camera.columns[4].type = .bigint
    #expect(FeatureSkeleton(of: camera, dialect: "sqlite", infersTableNames: true) == nil)
  }
}

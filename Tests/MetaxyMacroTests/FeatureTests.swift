import Foundation
import Metaxy
import MetaxyTestSupport
import Testing

@FeatureBase(idColumns: ["sample_id"], attributes: ["owner": "vision"])
protocol SampleFeature: Feature {
  var sampleId: String { get }
}

/// A video (see `@Feature(`).
@Feature("video", fields: [.field("frames", codeVersion: "1")])  // the only root
struct Video: SampleFeature, Equatable {
  var sampleId: String
  var path: String
  @Column(default: 0) var height: Int?
}

@Feature(
  ["video", "crop"],
  dependencies: [.feature(Video.self, columns: ["path"], rename: ["path": "source_path"])],
  fields: [.field("frames", codeVersion: "2", dependencies: [.fields(of: Video.self, ["frames"])])],
  checks: [.check("height > 0")]
)
struct Crop: Equatable {
  var sampleUid: String
  @Column(default: .currentTimestamp) var createdAt: Date
  @Transient var thumbnail: Thumbnail? = nil

  struct Thumbnail: Equatable {}

  enum CodingKeys: CodingKey {
    case sampleUid, createdAt
  }
}

/// What dependencies have since Metaxy 0.1.
@Feature(
  "face", idColumns: ["sample_id"],
  dependencies: [
    .feature(Video.self, fieldsMapping: .sameName(matchesSuffix: true, excluding: ["x", ["y", "z"]]), filters: []),
    .feature("video", fieldsMapping: .specific(["q": ["y/z", "x"], "p": []]), filters: ["size > 10"]),
    .feature(Video.self, fieldsMapping: .none, lineage: .aggregation(), optional: true),
    .feature(Video.self, fieldsMapping: .all, lineage: .expansion(on: ["sample_id"], pattern: "{n}")),
  ],
  fields: [.field("x", dependencies: .all)])
struct Face {
  var sampleId: String
}

/// What programs see of their features.
@Suite(.timed) struct FeatureTests {
  @Test func typesKnowWhatTheirAttributeSays() {
    #expect(Video.feature == FeatureDeclaration("video", fields: [FieldSpec(key: "frames", codeVersion: "1")]))
    #expect(
      Crop.feature
        == FeatureDeclaration(
          "video/crop",
          dependencies: [FeatureDependency(feature: "video", columns: ["path"], rename: ["path": "source_path"])],
          fields: [
            FieldSpec(
              key: "frames", codeVersion: "2", dependencies: [FieldDependency(feature: "video", fields: ["frames"])])
          ],
          checks: [CheckAttribute(expression: "height > 0")]))
  }

  @Test func typesKnowWhatTheirAttributeSaysSince01() throws {
    let dependencies = try #require(Face.feature.dependencies)
    #expect(
      dependencies.map(\.fieldsMapping) == [
        .sameName(matchesSuffix: true, excluding: ["x", "y/z"]),
        .specific([FieldsMapping.Entry("q", ["x", "y/z"]), FieldsMapping.Entry("p", [])]), .none, .all,
      ])
    #expect(dependencies.map(\.filters) == [[], ["size > 10"], nil, nil])
    #expect(
      dependencies.map(\.lineage) == [
        .identity, .identity, .aggregation(on: nil), .expansion(on: ["sample_id"], pattern: "{n}"),
      ])
    #expect(dependencies.map(\.isOptional) == [false, false, true, false])
    #expect(Face.feature.fields?.map(\.dependencies) == [nil])
  }

  @Test func basesKnowWhatTheirAttributeSays() {
    #expect(Video.featureBase == FeatureBaseDeclaration(idColumns: ["sample_id"], attributes: ["owner": "vision"]))
  }

  @Test func typesAreFeatures() {
    let types: [any Feature.Type] = [Video.self, Crop.self]
    #expect(types.map { $0.feature.key.tableName } == ["video", "video__crop"])
  }

  @Test func rowsAreCodedByTheirStoredProperties() throws {
    let video = Video(sampleId: "s1", path: "a.mp4", height: nil)
    let members = try JSONSerialization.jsonObject(with: JSONEncoder().encode(video)) as? [String: String]
    #expect(members == ["sampleId": "s1", "path": "a.mp4"])
    #expect(try copy(of: video) == video)
  }

  @Test func transientPropertiesStayOutOfRows() throws {
    var crop = Crop(sampleUid: "s1", createdAt: Date(timeIntervalSince1970: 1), thumbnail: Crop.Thumbnail())
    let members = try JSONSerialization.jsonObject(with: JSONEncoder().encode(crop)) as? [String: Any]
    #expect(members?.keys.sorted() == ["createdAt", "sampleUid"])
    crop.thumbnail = nil
    #expect(try copy(of: crop) == crop)
  }

  private func copy<Row: Feature>(of row: Row) throws -> Row {
    try JSONDecoder().decode(Row.self, from: JSONEncoder().encode(row))
  }
}

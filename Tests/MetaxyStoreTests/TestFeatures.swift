import Foundation
import Metaxy

@Feature(
  "video", idColumns: ["sample_id"], fields: [.field("frames", codeVersion: "1"), .field("audio", codeVersion: "1")])
struct Video: Equatable {
  var sampleId: String
  var path: String
  var durationSeconds: Double
  var framesPerSecond: Double?
}

@Feature(
  "video/crop", idColumns: ["sample_id"], dependencies: [.feature(Video.self)],
  fields: [.field("frames", codeVersion: "2", dependencies: [.fields(of: Video.self, ["frames"])])])
struct Crop: Equatable {
  var sampleId: String
  var width: Int32
}

@Feature(
  "faces", idColumns: ["sample_id", "face"], dependencies: [.feature(Video.self), .feature(Crop.self)])
struct Face: Equatable {
  var sampleId: String
  var face: Int
  var score: Float
}

/// A feature whose rows have an order.
@Feature("clip", idColumns: ["sample_id"], order: "ingested_at")
struct Clip: Equatable {
  var sampleId: String
  var ingestedAt: Date?
  var path: String
}

@Feature("clip/text", idColumns: ["sample_id"], order: "written_at", dependencies: [.feature(Clip.self)])
struct ClipText: Equatable {
  var sampleId: String
  var writtenAt: Int
  var text: String
}

enum Container: String, Codable, Sendable {
  case mp4, webm
}

struct Word: Codable, Sendable, Equatable {
  var text: String
  var start: Double
  var spokenAt: Date?
}

/// An identifier that codes itself as its text.
struct Label: Codable, Sendable, Equatable {
  var text: String

  init(_ text: String) { self.text = text }
  init(from decoder: any Decoder) throws { text = try decoder.singleValueContainer().decode(String.self) }
  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

/// A column of every type.
@Feature("everything", idColumns: ["id"])
struct Everything: Equatable {
  var id: UUID
  var text: String
  @Column(type: .varchar(5)) var short: String
  var big: Int
  var medium: Int32
  var small: Int16
  var double: Double
  var real: Float
  var truth: Bool
  var date: Date
  @Column(type: .numeric(12, 3)) var amount: Decimal
  var bytes: [UInt8]
  var data: Data
  var link: URL
  var length: Duration
  var container: Container
  var label: Label
  @Column(type: .json) var words: [Word]
  @Column(type: .jsonb) var tags: [String: Int]
  @Column(type: .raw("VARCHAR")) var vector: [Float]
  @Column(type: .date) var day: Date
  @Column(type: .json) var note: Word?
  var maybe: Int?
  @Column(generated: .stored("big * 2")) var twice: Int
}

/// A type that no registry holds.
@Feature("stranger", idColumns: ["sample_id"])
struct Stranger {
  var sampleId: String
}

extension Video {
  enum Columns {
    static let sampleId = FeatureColumn(\Video.sampleId, "sample_id")
    static let path = FeatureColumn(\Video.path, "path")
    static let durationSeconds = FeatureColumn(\Video.durationSeconds, "duration_seconds")
    static let framesPerSecond = FeatureColumn(\Video.framesPerSecond, "frames_per_second")
  }
}

extension Clip {
  enum Columns {
    static let sampleId = FeatureColumn(\Clip.sampleId, "sample_id")
    static let ingestedAt = FeatureColumn(\Clip.ingestedAt, "ingested_at")
    static let path = FeatureColumn(\Clip.path, "path")
  }
}

extension Crop {
  enum Columns {
    static let width = FeatureColumn(\Crop.width, "width")
  }
}

extension Everything {
  enum Columns {
    static let date = FeatureColumn(\Everything.date, "date")
    static let container = FeatureColumn(\Everything.container, "container")
    static let id = FeatureColumn(\Everything.id, "id")
    static let amount = FeatureColumn(\Everything.amount, "amount")
    static let medium = FeatureColumn(\Everything.medium, "medium")
    static let words = FeatureColumn(\Everything.words, "words")
  }
}

extension FeatureRegistry {
  /// The features above, as `metaxy generate` writes them.
  static func test(
    snapshot: String = "snapshot-1", videoVersion: String = "video-1", cropVersion: String = "crop-1",
    length: Int? = nil, videoProject: String = "pipeline", extraVideoColumns: [RegisteredColumn] = []
  ) -> FeatureRegistry {
    FeatureRegistry(
      project: "pipeline", snapshotVersion: snapshot, hashTruncationLength: length,
      features: [
        RegisteredFeature(
          "clip", type: Clip.self, project: "pipeline", table: "clip", idColumns: ["sample_id"], order: "ingested_at",
          columns: [
            RegisteredColumn("sample_id", codingKey: "sampleId", type: .string),
            RegisteredColumn("ingested_at", codingKey: "ingestedAt", type: .timestamp, isNullable: true),
            RegisteredColumn("path", codingKey: "path", type: .string),
          ],
          fields: [RegisteredField("default", codeVersion: "1")], featureVersion: "clip-1", specVersion: "clip-spec"),
        RegisteredFeature(
          "clip/text", type: ClipText.self, project: "pipeline", table: "clip__text", idColumns: ["sample_id"],
          order: "written_at",
          columns: [
            RegisteredColumn("sample_id", codingKey: "sampleId", type: .string),
            RegisteredColumn("written_at", codingKey: "writtenAt", type: .bigint),
            RegisteredColumn("text", codingKey: "text", type: .string),
          ],
          fields: [
            RegisteredField("default", codeVersion: "1", parents: [RegisteredParent("clip", fields: ["default"])])
          ], featureVersion: "text-1", specVersion: "text-spec"),
        RegisteredFeature(
          "everything", type: Everything.self, project: "pipeline", table: "everything", idColumns: ["id"],
          columns: everything, fields: [RegisteredField("default", codeVersion: "1")], featureVersion: "everything-1",
          specVersion: "everything-spec"),
        RegisteredFeature(
          "faces", type: Face.self, project: "pipeline", table: "faces", idColumns: ["sample_id", "face"],
          columns: [
            RegisteredColumn("sample_id", codingKey: "sampleId", type: .string),
            RegisteredColumn("face", codingKey: "face", type: .bigint),
            RegisteredColumn("score", codingKey: "score", type: .real),
          ],
          fields: [
            RegisteredField(
              "default", codeVersion: "1",
              parents: [
                RegisteredParent("video", fields: ["audio", "frames"]),
                RegisteredParent("video/crop", fields: ["frames"]),
              ])
          ], featureVersion: "faces-1", specVersion: "faces-spec"),
        RegisteredFeature(
          "video", type: Video.self, project: videoProject, table: "video", idColumns: ["sample_id"],
          columns: [
            RegisteredColumn("sample_id", codingKey: "sampleId", type: .string),
            RegisteredColumn("path", codingKey: "path", type: .string),
            RegisteredColumn("duration_seconds", codingKey: "durationSeconds", type: .double),
            RegisteredColumn("frames_per_second", codingKey: "framesPerSecond", type: .double, isNullable: true),
          ] + extraVideoColumns,
          fields: [RegisteredField("frames", codeVersion: "1"), RegisteredField("audio", codeVersion: "1")],
          featureVersion: videoVersion, specVersion: "video-spec"),
        RegisteredFeature(
          "video/crop", type: Crop.self, project: "pipeline", table: "video__crop", idColumns: ["sample_id"],
          columns: [
            RegisteredColumn("sample_id", codingKey: "sampleId", type: .string),
            RegisteredColumn("width", codingKey: "width", type: .integer),
          ],
          fields: [
            RegisteredField(
              "frames", codeVersion: "2", parents: [RegisteredParent("video", fields: ["frames"])])
          ], featureVersion: cropVersion, specVersion: "crop-spec"),
      ])
  }

  private static let everything = [
    RegisteredColumn("id", codingKey: "id", type: .uuid),
    RegisteredColumn("text", codingKey: "text", type: .string),
    RegisteredColumn("short", codingKey: "short", type: .varchar(5)),
    RegisteredColumn("big", codingKey: "big", type: .bigint),
    RegisteredColumn("medium", codingKey: "medium", type: .integer),
    RegisteredColumn("small", codingKey: "small", type: .smallint),
    RegisteredColumn("double", codingKey: "double", type: .double),
    RegisteredColumn("real", codingKey: "real", type: .real),
    RegisteredColumn("truth", codingKey: "truth", type: .boolean),
    RegisteredColumn("date", codingKey: "date", type: .timestamp),
    RegisteredColumn("amount", codingKey: "amount", type: .numeric(12, 3)),
    RegisteredColumn("bytes", codingKey: "bytes", type: .binary),
    RegisteredColumn("data", codingKey: "data", type: .binary),
    RegisteredColumn("link", codingKey: "link", type: .string),
    RegisteredColumn("length", codingKey: "length", type: .interval),
    RegisteredColumn("container", codingKey: "container", type: .varchar(4)),
    RegisteredColumn("label", codingKey: "label", type: .string),
    RegisteredColumn("words", codingKey: "words", type: .json),
    RegisteredColumn("tags", codingKey: "tags", type: .jsonb),
    RegisteredColumn("vector", codingKey: "vector", type: .raw("VARCHAR")),
    RegisteredColumn("day", codingKey: "day", type: .date),
    RegisteredColumn("note", codingKey: "note", type: .json, isNullable: true),
    RegisteredColumn("maybe", codingKey: "maybe", type: .bigint, isNullable: true),
    RegisteredColumn("twice", codingKey: "twice", type: .bigint, isGenerated: true),
  ]
}

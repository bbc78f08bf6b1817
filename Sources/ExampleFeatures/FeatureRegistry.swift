// Written by `metaxy generate` from the features of `video_pipeline`. Run it again when they change.
// swift-format-ignore-file

public import Metaxy

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

nonisolated extension FeatureRegistry {
  /// The features of `video_pipeline`.
  public static let videoPipeline: FeatureRegistry = FeatureRegistry(
    project: "video_pipeline",
    snapshotVersion: "2cf90e7c597a574632a0698d737f53d5a9f02b5c171412a6c34ef57cdb7ba759",
    hashTruncationLength: nil,
    features: [
      feature_video__crop,
      feature_video__raw,
      feature_video__transcript,
    ])

  private static let feature_video__crop: RegisteredFeature = RegisteredFeature(
    "video/crop", type: VideoCrop.self, project: "video_pipeline",
    table: "video__crop",
    idColumns: ["sample_id"],
    columns: [
      RegisteredColumn("sample_id", codingKey: "sampleId", type: .string),
      RegisteredColumn("path", codingKey: "path", type: .string),
      RegisteredColumn("sha256", codingKey: "checksum", type: .varchar(64)),
      RegisteredColumn("left", codingKey: "left", type: .integer),
      RegisteredColumn("top", codingKey: "top", type: .integer),
      RegisteredColumn("width", codingKey: "width", type: .integer),
      RegisteredColumn("height", codingKey: "height", type: .integer),
    ],
    fields: [
      RegisteredField("frames", codeVersion: "2", parents: [RegisteredParent("video/raw", fields: ["frames"])]),
    ],
    featureVersion: "37497c7f91add4c8de94371706272c4f32277d001afdbd1c09c1a571f55095e2",
    specVersion: "d86a0bc26febc150ec54737e8eaff3bde9065c75e79153b8df18e16f9f2d9d49")

  private static let feature_video__raw: RegisteredFeature = RegisteredFeature(
    "video/raw", type: RawVideo.self, project: "video_pipeline",
    table: "video__raw",
    idColumns: ["sample_id"],
    columns: [
      RegisteredColumn("sample_id", codingKey: "sampleId", type: .string),
      RegisteredColumn("path", codingKey: "path", type: .string),
      RegisteredColumn("container", codingKey: "container", type: .varchar(4)),
      RegisteredColumn("duration_seconds", codingKey: "durationSeconds", type: .double),
      RegisteredColumn("frames_per_second", codingKey: "framesPerSecond", type: .double, isNullable: true),
      RegisteredColumn("ingested_at", codingKey: "ingestedAt", type: .timestamp),
    ],
    fields: [
      RegisteredField("frames", codeVersion: "1"),
      RegisteredField("audio", codeVersion: "1"),
    ],
    featureVersion: "949fc0fadb6185ca76999dc158d3bf0455694fba38dd61bc2d7f6f907771b183",
    specVersion: "92a9c3797c7fbf85627c5b26d88c10470ba66bad01cd330961e537c74a4c85a2")

  private static let feature_video__transcript: RegisteredFeature = RegisteredFeature(
    "video/transcript", type: Transcript.self, project: "video_pipeline",
    table: "video__transcript",
    idColumns: ["sample_id"],
    columns: [
      RegisteredColumn("sample_id", codingKey: "sampleId", type: .string),
      RegisteredColumn("language", codingKey: "language", type: .varchar(35)),
      RegisteredColumn("text", codingKey: "text", type: .string),
      RegisteredColumn("words", codingKey: "words", type: .json),
    ],
    fields: [
      RegisteredField("text", codeVersion: "1", parents: [RegisteredParent("video/raw", fields: ["audio"])]),
    ],
    featureVersion: "e0018cd5515075b0da3f560ade62d1544da4ead37f3e1790490c0fd1fcfead2e",
    specVersion: "357d78da147c4c9e3ff488dc2109250b9a8fce0dabe06456dafab7c277914e69")
}

nonisolated extension VideoCrop {
  /// The columns of `video__crop`.
  public enum Columns {
    public static let sampleId = FeatureColumn(\VideoCrop.sampleId, "sample_id")
    public static let path = FeatureColumn(\VideoCrop.path, "path")
    public static let checksum = FeatureColumn(\VideoCrop.checksum, "sha256")
    public static let left = FeatureColumn(\VideoCrop.left, "left")
    public static let top = FeatureColumn(\VideoCrop.top, "top")
    public static let width = FeatureColumn(\VideoCrop.width, "width")
    public static let height = FeatureColumn(\VideoCrop.height, "height")
  }
}

nonisolated extension RawVideo {
  /// The columns of `video__raw`.
  public enum Columns {
    public static let sampleId = FeatureColumn(\RawVideo.sampleId, "sample_id")
    public static let path = FeatureColumn(\RawVideo.path, "path")
    public static let container = FeatureColumn(\RawVideo.container, "container")
    public static let durationSeconds = FeatureColumn(\RawVideo.durationSeconds, "duration_seconds")
    public static let framesPerSecond = FeatureColumn(\RawVideo.framesPerSecond, "frames_per_second")
    public static let ingestedAt = FeatureColumn(\RawVideo.ingestedAt, "ingested_at")
  }
}

nonisolated extension Transcript {
  /// The columns of `video__transcript`.
  public enum Columns {
    public static let sampleId = FeatureColumn(\Transcript.sampleId, "sample_id")
    public static let language = FeatureColumn(\Transcript.language, "language")
    public static let text = FeatureColumn(\Transcript.text, "text")
    public static let words = FeatureColumn(\Transcript.words, "words")
  }
}

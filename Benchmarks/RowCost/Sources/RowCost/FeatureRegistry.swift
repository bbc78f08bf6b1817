// Written by `metaxy generate` from the features of `clips`. Run it again when they change.
// swift-format-ignore-file

import Metaxy

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

nonisolated extension FeatureRegistry {
  /// The features of `clips`.
  static let clips: FeatureRegistry = FeatureRegistry(
    project: "clips",
    snapshotVersion: "b877a1b10182540f570b3b89bc0a0c381f27efb3c1404c47584efca4863f1eab",
    hashTruncationLength: nil,
    features: [
      feature_clip,
      feature_clip__thumbnail,
    ])

  private static let feature_clip: RegisteredFeature = RegisteredFeature(
    "clip", type: Clip.self, project: "clips",
    table: "clip",
    idColumns: ["clip_id"],
    columns: [
      RegisteredColumn("clip_id", codingKey: "clipId", type: .string),
      RegisteredColumn("path", codingKey: "path", type: .string),
      RegisteredColumn("width", codingKey: "width", type: .bigint),
      RegisteredColumn("height", codingKey: "height", type: .bigint),
      RegisteredColumn("seconds", codingKey: "seconds", type: .double),
      RegisteredColumn("recorded_at", codingKey: "recordedAt", type: .timestamp),
      RegisteredColumn("has_audio", codingKey: "hasAudio", type: .boolean),
      RegisteredColumn("batch", codingKey: "batch", type: .uuid),
    ],
    fields: [
      RegisteredField("frames", codeVersion: "1"),
    ],
    featureVersion: "1433686d9f34cdf59a1764cc34236236b8198d5e20ee3ddc72af920ca2b11991",
    specVersion: "9438a5aba4f904d4cc60be6dca3324f9896e37e8aace641745183841fc542c05")

  private static let feature_clip__thumbnail: RegisteredFeature = RegisteredFeature(
    "clip/thumbnail", type: Thumbnail.self, project: "clips",
    table: "clip__thumbnail",
    idColumns: ["clip_id"],
    columns: [
      RegisteredColumn("clip_id", codingKey: "clipId", type: .string),
      RegisteredColumn("path", codingKey: "path", type: .string),
    ],
    fields: [
      RegisteredField("default", codeVersion: "1", parents: [RegisteredParent("clip", fields: ["frames"])]),
    ],
    featureVersion: "8225453c60d828883e41d07d1173c26e166c24018c9c2bc8042726f99b86af77",
    specVersion: "608894d510b41e09325cc25f427f1e03a8c4ee52667522a2d7c5b102e4ed59cf")
}

nonisolated extension Clip {
  /// The columns of `clip`.
  enum Columns {
    static let clipId = FeatureColumn(\Clip.clipId, "clip_id")
    static let path = FeatureColumn(\Clip.path, "path")
    static let width = FeatureColumn(\Clip.width, "width")
    static let height = FeatureColumn(\Clip.height, "height")
    static let seconds = FeatureColumn(\Clip.seconds, "seconds")
    static let recordedAt = FeatureColumn(\Clip.recordedAt, "recorded_at")
    static let hasAudio = FeatureColumn(\Clip.hasAudio, "has_audio")
    static let batch = FeatureColumn(\Clip.batch, "batch")
  }
}

nonisolated extension Thumbnail {
  /// The columns of `clip__thumbnail`.
  enum Columns {
    static let clipId = FeatureColumn(\Thumbnail.clipId, "clip_id")
    static let path = FeatureColumn(\Thumbnail.path, "path")
  }
}

// Written by `metaxy generate` from the features of `clips`. Run it again when they change.
// swift-format-ignore-file

public import Metaxy

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

nonisolated extension FeatureRegistry {
  /// The features of `clips`.
  public static let clips: FeatureRegistry = FeatureRegistry(
    project: "clips",
    snapshotVersion: "59bf507261a77430c21b6a5dd41a064e68c6d8fa2fc2538cc24136e123cfa433",
    hashTruncationLength: nil,
    features: [
      feature_clip,
      feature_clip__emotion,
      feature_clip__face,
    ])

  private static let feature_clip: RegisteredFeature = RegisteredFeature(
    "clip", type: Clip.self, project: "clips",
    table: "clip",
    idColumns: ["clip_id"],
    columns: [
      RegisteredColumn("clip_id", codingKey: "clipId", type: .bigint),
      RegisteredColumn("path", codingKey: "path", type: .string),
      RegisteredColumn("seconds", codingKey: "seconds", type: .double),
      RegisteredColumn("recorded_at", codingKey: "recordedAt", type: .timestamp),
      RegisteredColumn("codec", codingKey: "codec", type: .string, isNullable: true),
    ],
    fields: [
      RegisteredField("frames", codeVersion: "1"),
      RegisteredField("audio", codeVersion: "1"),
    ],
    featureVersion: "a4bd74e5be2f7a08dbfb3afd3738a1be9387b62a70c5e110a16b7921c4ae6dfe",
    specVersion: "a827a6fc024695fcc1992762f66e6219a8a6c7cc7c11b1f1665731a3e6361270")

  private static let feature_clip__emotion: RegisteredFeature = RegisteredFeature(
    "clip/emotion", type: Emotion.self, project: "clips",
    table: "clip__emotion",
    idColumns: ["clip_id"],
    columns: [
      RegisteredColumn("clip_id", codingKey: "clipId", type: .bigint),
      RegisteredColumn("label", codingKey: "label", type: .varchar(8)),
    ],
    fields: [
      RegisteredField("default", codeVersion: "1", parents: [RegisteredParent("clip", fields: ["audio", "frames"]), RegisteredParent("clip/face", fields: ["box"])]),
    ],
    featureVersion: "c1794ac0092f9912fcd55fb5e539d62967152d47f5458cc4103c223264c863f9",
    specVersion: "494ccd5eb40741d96fd24a351da8a35d40a52d74a1357759bf2c303ca0524975")

  private static let feature_clip__face: RegisteredFeature = RegisteredFeature(
    "clip/face", type: Face.self, project: "clips",
    table: "clip__face",
    idColumns: ["clip_id"],
    columns: [
      RegisteredColumn("clip_id", codingKey: "clipId", type: .bigint),
      RegisteredColumn("pixels", codingKey: "pixels", type: .bigint),
    ],
    fields: [
      RegisteredField("box", codeVersion: "1", parents: [RegisteredParent("clip", fields: ["frames"])]),
    ],
    featureVersion: "316f6791be4be3ba4ca19b0dd90f2a62c53de7531987595d3e1b87881d1daabb",
    specVersion: "0797a2aa867da1f12cb3efd27fe57d1d22b497bd2e41e9068102e4ab9530c801")
}

nonisolated extension Clip {
  /// The columns of `clip`.
  public enum Columns {
    public static let clipId = FeatureColumn(\Clip.clipId, "clip_id")
    public static let path = FeatureColumn(\Clip.path, "path")
    public static let seconds = FeatureColumn(\Clip.seconds, "seconds")
    public static let recordedAt = FeatureColumn(\Clip.recordedAt, "recorded_at")
    public static let codec = FeatureColumn(\Clip.codec, "codec")
  }
}

nonisolated extension Emotion {
  /// The columns of `clip__emotion`.
  public enum Columns {
    public static let clipId = FeatureColumn(\Emotion.clipId, "clip_id")
    public static let label = FeatureColumn(\Emotion.label, "label")
  }
}

nonisolated extension Face {
  /// The columns of `clip__face`.
  public enum Columns {
    public static let clipId = FeatureColumn(\Face.clipId, "clip_id")
    public static let pixels = FeatureColumn(\Face.pixels, "pixels")
  }
}

import Foundation
import Metaxy

/// A clip as a camera wrote it, now with its sound.
@Feature("clip", idColumns: ["clip_id"], fields: [.field("frames"), .field("audio")])
public struct Clip: Equatable {
  public var clipId: Int
  public var path: String
  public var seconds: Double
  public var recordedAt: Date
  public var codec: String?

  public init(clipId: Int, path: String, seconds: Double, recordedAt: Date, codec: String?) {
    self.clipId = clipId
    self.path = path
    self.seconds = seconds
    self.recordedAt = recordedAt
    self.codec = codec
  }
}

/// The face in a clip: of its frames alone.
@Feature(
  "clip/face", idColumns: ["clip_id"], dependencies: [.feature(Clip.self)],
  fields: [.field("box", dependencies: [.fields(of: Clip.self, ["frames"])])])
public struct Face: Equatable {
  public var clipId: Int
  public var pixels: Int

  public init(clipId: Int, pixels: Int) {
    self.clipId = clipId
    self.pixels = pixels
  }
}

/// What the face shows, by all that is known of the clip.
@Feature("clip/emotion", idColumns: ["clip_id"], dependencies: [.feature(Clip.self), .feature(Face.self)])
public struct Emotion: Equatable {
  public enum Label: String, Codable, Sendable { case joy, surprise }

  public var clipId: Int
  public var label: Label

  public init(clipId: Int, label: Label) {
    self.clipId = clipId
    self.label = label
  }
}

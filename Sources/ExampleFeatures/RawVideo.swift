import Foundation
import Metaxy

/// An uploaded video, with the properties of its container.
@Feature(
  "video/raw",
  fields: [.field("frames", codeVersion: "1"), .field("audio", codeVersion: "1")],
  metadata: ["owner": "ingest"],
  checks: [.check("duration_seconds > 0")]
)
public struct RawVideo: SampleFeature {
  public var sampleId: String
  /// Where the file lies in the bucket.
  public var path: String
  public var container: VideoContainer
  public var durationSeconds: Double
  /// Unknown for streams with a variable rate.
  public var framesPerSecond: Double?
  @Column(default: .currentTimestamp) public var ingestedAt: Date

  public init(
    sampleId: String, path: String, container: VideoContainer, durationSeconds: Double, framesPerSecond: Double?,
    ingestedAt: Date
  ) {
    self.sampleId = sampleId
    self.path = path
    self.container = container
    self.durationSeconds = durationSeconds
    self.framesPerSecond = framesPerSecond
    self.ingestedAt = ingestedAt
  }
}

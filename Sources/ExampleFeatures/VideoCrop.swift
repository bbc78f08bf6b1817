import Metaxy

/// The part of a raw video that shows a face.
@Feature(
  "video/crop",
  dependencies: [.feature(RawVideo.self, columns: ["path"], rename: ["path": "source_path"])],
  fields: [.field("frames", codeVersion: "2", dependencies: [.fields(of: RawVideo.self, ["frames"])])],
  metadata: ["owner": "vision"],
  indexes: [.index(on: ["sha256"])],
  checks: [.check("width > 0 AND height > 0")]
)
public struct VideoCrop: SampleFeature {
  public var sampleId: String
  public var path: String
  /// Of the cropped file, so that a crop that came out the same is not embedded again.
  @Column(name: "sha256", type: .varchar(64)) public var checksum: String
  public var left: Int32
  public var top: Int32
  public var width: Int32
  public var height: Int32

  public init(
    sampleId: String, path: String, checksum: String, left: Int32, top: Int32, width: Int32, height: Int32
  ) {
    self.sampleId = sampleId
    self.path = path
    self.checksum = checksum
    self.left = left
    self.top = top
    self.width = width
    self.height = height
  }
}

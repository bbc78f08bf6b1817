import Metaxy

/// The transcript of a raw video.
@Feature(
  "video/transcript",
  dependencies: [.feature(RawVideo.self, columns: ["duration_seconds"])],
  fields: [.field("text", codeVersion: "1", dependencies: [.fields(of: RawVideo.self, ["audio"])])],
  metadata: ["owner": "speech", "model": "whisper-large-v3"]
)
public struct Transcript: SampleFeature {
  public var sampleId: String
  /// As BCP 47 names it.
  @Column(type: .varchar(35), default: "en") public var language: String
  public var text: String
  /// Each word with the second at which it begins.
  @Column(type: .json) public var words: [SpokenWord]
  /// Filled while the transcript is edited; no column.
  @Transient public var search: SearchIndex? = nil

  public init(sampleId: String, language: String, text: String, words: [SpokenWord]) {
    self.sampleId = sampleId
    self.language = language
    self.text = text
    self.words = words
  }

  enum CodingKeys: CodingKey {
    case sampleId, language, text, words
  }
}

import Foundation
import Metaxy
import MetaxyStore
import ProgramFeaturesAfter

/// The program as it was built again: a clip has a field and a column more.
struct AfterProgram {
  let store: MetadataStore

  init(in directory: String) async throws {
    store = try await MetadataStore.open("dev", registry: .clips, directory: directory)
  }

  func writeClips(upTo count: Int) async throws -> Int {
    let clips = (0..<count).map {
      Clip(
        clipId: $0, path: "clips/\($0).mp4", seconds: 30, recordedAt: Date(timeIntervalSince1970: 1_796_000_000),
        codec: "av1")
    }
    return try await store.write(clips) {
      ["frames": String(format: "%032x", $0.clipId), "audio": String(format: "%032x", $0.clipId * 2)]
    }
  }

  func writeEmotions(upTo count: Int) async throws -> Int {
    try await store.write((0..<count).map { Emotion(clipId: $0, label: .surprise) })
  }

  /// How many clips there are: of this program's version, of another one, of all.
  func clips(of version: String) async throws -> (current: Int, other: Int, all: Int) {
    let clips = store.read(Clip.self)
    return (
      try await clips.count(), try await clips.version(.version(version)).count(),
      try await clips.version(.allVersions).count()
    )
  }

  /// The versions of one clip, each with what its column `codec` holds.
  func versions(ofClip id: Int) async throws -> [String: String?] {
    let rows = try await store.read(Clip.self).version(.allVersions).where(Clip.Columns.clipId == id).all()
    return Dictionary(rows.map { ($0.featureVersion ?? "", $0.codec) }) { first, _ in first }
  }

  func faces() async throws -> Int { try await store.read(Face.self).count() }

  func emotions() async throws -> [StoredRow<Emotion>] {
    try await store.read(Emotion.self).order(by: Emotion.Columns.clipId.ascending).all()
  }

  static var clipVersion: String? { version(of: "clip") }
  static func version(of key: FeatureKey) -> String? {
    FeatureRegistry.clips.features.first { $0.key == key }?.featureVersion
  }
}

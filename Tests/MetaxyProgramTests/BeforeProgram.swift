import Foundation
import Metaxy
import MetaxyStore
import ProgramFeaturesBefore

/// The program as it was built first. Each version sees its own module alone: both have a `Clip`.
struct BeforeProgram {
  let store: MetadataStore

  static let clips = (0..<10_000).map { number in
    Clip(
      clipId: number, path: "clips/\(number).mp4", seconds: Double(number % 60),
      recordedAt: Date(timeIntervalSince1970: 1_795_000_000 + Double(number)))
  }

  init(in directory: String) async throws {
    store = try await MetadataStore.open("dev", registry: .clips, directory: directory)
  }

  func writeClips(_ clips: [Clip]) async throws -> Int {
    try await store.write(clips) { ["frames": String(format: "%032x", $0.clipId)] }
  }

  func writeDerived(_ clips: [Clip]) async throws {
    try await store.write(clips.map { Face(clipId: $0.clipId, pixels: 1_000 + $0.clipId) })
    try await store.write(clips.map { Emotion(clipId: $0.clipId, label: .joy) })
  }

  /// The clips of more than 57 seconds before number 1,000, the latest first.
  func longClips() async throws -> [StoredRow<Clip>] {
    try await store.read(Clip.self).where(Clip.Columns.seconds > 57 && Clip.Columns.clipId < 1_000)
      .order(by: Clip.Columns.recordedAt.descending).all()
  }

  func emotions() async throws -> [StoredRow<Emotion>] {
    try await store.read(Emotion.self).where(Emotion.Columns.label == .joy).order(by: Emotion.Columns.clipId.ascending)
      .all()
  }
}

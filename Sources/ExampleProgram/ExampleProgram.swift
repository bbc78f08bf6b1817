import ExampleFeatures
import Foundation
import Metaxy
import MetaxyStore

/// Writes rows of the example's features to the store in `metaxy.toml`, and reads some of them back.
///
///     ExampleProgram [number of videos]
@main
enum ExampleProgram {
  static func main() async {
    do {
      try await run(videos: CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 1_000)
    } catch {
      FileHandle.standardError.write(Data("error: \(error)\n".utf8))
      exit(1)
    }
  }

  private static func run(videos count: Int) async throws {
    let store = try await MetadataStore.open(registry: .videoPipeline)
    let start = ContinuousClock.now
    let videos = (0..<count).map(video)
    // A real program would hash the files in the bucket: data versions change with the data.
    try await store.write(videos) { ["frames": hash("frames of \($0.path)"), "audio": hash("audio of \($0.path)")] }
    // Their data versions are computed from those of their parents.
    let crops = try await store.write(videos.prefix(count / 10).map(crop))
    let transcripts = try await store.write(videos.prefix(count / 10).map(transcript))
    print("wrote \(count) videos, \(crops) crops, \(transcripts) transcripts in \(ContinuousClock.now - start)")

    let long = store.read(RawVideo.self)
      .where(RawVideo.Columns.durationSeconds > 55 && RawVideo.Columns.container == .webm)
    print("\(try await long.count()) videos are WebM and longer than 55 s; the first of them:")
    for row in try await long.order(by: RawVideo.Columns.sampleId.ascending).limit(2).all() {
      print("  \(row.path)  \(row.durationSeconds) s  version \(row.featureVersion?.prefix(8) ?? "none")")
    }
    let pairs = try await store.read(VideoCrop.self).joined(with: RawVideo.self)
      .where(RawVideo.Columns.durationSeconds > 55).order(by: VideoCrop.Columns.sampleId.ascending).limit(2).all()
    for (crop, video) in pairs { print("  \(crop.path) was cut from \(video.path)") }
    await store.close()
  }

  private static func video(_ number: Int) -> RawVideo {
    RawVideo(
      sampleId: "s\(number)", path: "raw/\(number)", container: number % 3 == 0 ? .webm : .mp4,
      durationSeconds: Double(number % 60 + 1), framesPerSecond: number % 5 == 0 ? nil : 25,
      ingestedAt: Date(timeIntervalSince1970: 1_795_000_000 + Double(number)))
  }

  private static func crop(of video: RawVideo) -> VideoCrop {
    VideoCrop(
      sampleId: video.sampleId, path: "crops/\(video.sampleId)", checksum: hash(video.path), left: 0, top: 0, width: 64,
      height: 48)
  }

  private static func transcript(of video: RawVideo) -> Transcript {
    Transcript(
      sampleId: video.sampleId, language: "en", text: "hello",
      words: [SpokenWord(text: "hello", start: video.durationSeconds / 2)])
  }

  /// Returns 32 hexadecimal digits, the length of MD5, as a placeholder for the hash of a file (FNV-1a, twice).
  private static func hash(_ text: String) -> String {
    [0xcbf2_9ce4_8422_2325, 0x8422_2325_cbf2_9ce4].map { (seed: UInt64) in
      text.utf8.reduce(seed) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }.map { String($0 | 1 << 63, radix: 16) }.joined()
  }
}

import Foundation
import Metaxy
import MetaxyStore

/// Does one of the jobs on the migrated database of a project, and prints its cost as JSON.
///
/// `RowCost JOB DIRECTORY COUNT`, where a job expects what the ones before it did with the same COUNT:
///
/// | job | what it does |
/// |---|---|
/// | `write` | writes COUNT clips in one call, from a sequence that makes them one by one |
/// | `read` | reads them one after the other |
/// | `export`, `import` | writes them into `DIRECTORY/rows.csv`; reads that file into an empty table |
/// | `derive` | writes a thumbnail for each clip, whose data version is computed |
/// | `resolve` | finds the thumbnails that are out of date, after one clip in a hundred has changed |
@main struct RowCost {
  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4, let count = Int(arguments[3]) else {
      throw Refusal("usage: RowCost JOB DIRECTORY COUNT")
    }
    let store = try await MetadataStore.open("dev", registry: .clips, directory: arguments[2])
    let file = arguments[2] + "/rows.csv"
    switch arguments[1] {
    case "write":
      try await measure(count) { try await store.write(Samples(count, Clip.sample)) { ["frames": $0.hash] } }
    case "read": try await measure(count) { try await read(store) }
    case "export": try await measure(count) { try await store.export(Clip.self, to: file) }
    case "import": try await measure(count) { try await store.import(Clip.self, from: file).written }
    case "derive":
      try await measure(count) { try await store.write(Samples(count, Thumbnail.sample)) }
    case "resolve":
      let changed = Samples(count / 100) { Clip.sample($0 * 100) }
      try await store.write(changed, .replacing) { _ in ["frames": "changed"] }
      try await measure(count / 100) { try await resolve(store) }
    default: throw Refusal("there is no job `\(arguments[1])`")
    }
    await store.close()
  }

  private static func read(_ store: MetadataStore) async throws -> Int {
    var (found, total) = (0, 0.0)
    for try await row in store.read(Clip.self).rows {
      found += 1
      total += row.seconds
    }
    guard total > 0 else { throw Refusal("the rows have no values") }
    return found
  }

  private static func resolve(_ store: MetadataStore) async throws -> Int {
    var found = 0
    for try await sample in store.resolveUpdate(Thumbnail.self).samples where sample.change == .changed { found += 1 }
    return found
  }

  /// Prints the time of a job, which returns the number of its rows, its CPU time, and the memory that it added.
  private static func measure(_ count: Int, _ job: @Sendable () async throws -> Int) async throws {
    let (before, start) = (Usage(), ContinuousClock.now)
    let found = try await job()
    let (after, seconds) = (Usage(), (ContinuousClock.now - start) / .seconds(1))
    guard found == count else { throw Refusal("\(found) rows instead of \(count)") }
    print(
      """
      {"seconds": \(seconds), "cpu": \(after.cpu - before.cpu), "peak": \(after.peak), "more": \(after.peak - before.peak)}
      """)
  }
}

/// Rows that are made one by one.
struct Samples<Row: Sendable>: Sequence, Sendable {
  private let count: Int
  private let make: @Sendable (Int) -> Row

  init(_ count: Int, _ make: @escaping @Sendable (Int) -> Row) {
    self.count = count
    self.make = make
  }

  func makeIterator() -> AnyIterator<Row> {
    var number = 0
    return AnyIterator {
      guard number < count else { return nil }
      defer { number += 1 }
      return make(number)
    }
  }
}

extension Clip {
  @Sendable static func sample(_ number: Int) -> Clip {
    Clip(
      clipId: "clip-\(number)", path: "clips/\(number % 97)/\(number).mp4", width: 1920, height: 1080,
      seconds: Double(number % 600) / 8, recordedAt: Date(timeIntervalSince1970: 1_795_000_000 + Double(number) / 64),
      hasAudio: number % 3 == 0, batch: Self.batch)
  }

  private static let batch = UUID(uuid: (15, 143, 173, 91, 217, 203, 70, 159, 161, 101, 112, 134, 119, 40, 149, 14))

  /// The data version of the frames: 32 digits, as MD5 has.
  var hash: String {
    let digits = String(
      clipId.utf8.reduce(UInt64(14_695_981_039_346_656_037)) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }, radix: 16)
    return String(repeating: "0", count: 32 - digits.count) + digits
  }
}

extension Thumbnail {
  @Sendable static func sample(_ number: Int) -> Thumbnail {
    Thumbnail(clipId: "clip-\(number)", path: "thumbnails/\(number).jpg")
  }
}

struct Refusal: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}

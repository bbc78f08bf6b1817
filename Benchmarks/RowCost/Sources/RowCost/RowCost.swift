import Foundation
import Metaxy
import MetaxyStore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Does one of the jobs on the migrated database of a project, and prints its cost as JSON.
///
/// `RowCost rows DIRECTORY COUNT` writes COUNT rows and reads them back into an array; `RowCost stream DIRECTORY COUNT`
/// reads the existing ones one after the other, `RowCost part DIRECTORY COUNT` a tenth of them.
@main struct RowCost {
  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4, let count = Int(arguments[3]) else {
      throw Refusal("usage: RowCost JOB DIRECTORY COUNT")
    }
    let store = try await MetadataStore.open("dev", registry: .clips, directory: arguments[2])
    switch arguments[1] {
    case "rows": try await measureRows(store, count)
    case "stream": try await measureStream(store.read(Clip.self), count)
    case "part": try await measureStream(store.read(Clip.self).limit(count / 10), count / 10)
    default: throw Refusal("there is no job `\(arguments[1])`")
    }
    await store.close()
  }

  private static func measureRows(_ store: MetadataStore, _ count: Int) async throws {
    let clips = (0..<count).map(Clip.sample)
    let beforeWrite = ContinuousClock.now
    try await store.write(clips) { ["frames": $0.hash] }
    let beforeRead = ContinuousClock.now
    let rows = try await store.read(Clip.self).all()
    let end = ContinuousClock.now
    guard rows.count == count, Set(rows.map(\.clipId)).count == count else {
      throw Refusal("\(rows.count) rows were read")
    }
    show(["write": seconds(beforeRead - beforeWrite), "read": seconds(end - beforeRead)])
  }

  private static func measureStream(_ request: RowRequest<Clip>, _ count: Int) async throws {
    let start = ContinuousClock.now
    let before = peak()
    var (found, total) = (0, 0.0)
    for try await row in request.rows {
      found += 1
      total += row.seconds
    }
    guard found == count, total > 0 else { throw Refusal("\(found) rows were read") }
    show(["read": seconds(ContinuousClock.now - start), "peak": peak(), "more": peak() - before])
  }

  private static func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }

  /// The most memory that the process has had, in megabytes.
  private static func peak() -> Double {
    var usage = rusage()
    getrusage(0, &usage)  // RUSAGE_SELF, which every system imports as another type
    // Kilobytes on Linux, bytes on macOS.
    #if canImport(Darwin)
      return Double(usage.ru_maxrss) / 1_048_576
    #else
      return Double(usage.ru_maxrss) / 1024
    #endif
  }

  private static func show(_ numbers: [String: Double]) {
    let members = numbers.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }
    print("{\(members.joined(separator: ", "))}")
  }
}

extension Clip {
  static func sample(_ number: Int) -> Clip {
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

struct Refusal: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}

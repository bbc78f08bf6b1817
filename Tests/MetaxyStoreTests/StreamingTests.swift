import Foundation
import Metaxy
import MetaxyErrors
import MetaxyStore
import MetaxyTestSupport
import Testing

@Suite(.timed, .oneAfterAnother) struct StreamingTests {
  @Test(arguments: Engine.allCases)
  func manyRowsComeOneByOne(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    let count = TestSize.count(10_000, long: 100_000)
    try await store.write((0..<count).map { Video.sample($0, duration: Double($0)) }) { $0.given }
    var (sum, rows) = (0.0, 0)
    for try await row in store.read(Video.self).rows {
      sum += row.durationSeconds
      rows += 1
    }
    #expect(rows == count)
    #expect(sum == Double(count) * Double(count - 1) / 2)
  }

  @Test(arguments: Engine.allCases)
  func aStreamSeesNothingThatIsWrittenMeanwhile(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    try await store.write((0..<2000).map { Video.sample($0) }) { $0.given }
    var rows = 0
    for try await row in store.read(Video.self).version(.allVersions).rows {
      rows += 1
      if rows.isMultiple(of: 100) {
        try await store.write([Video.sample(rows + 10_000)]) { $0.given }
        try await store.write([Crop(sampleId: row.sampleId, width: 1)])
      }
    }
    #expect(rows == 2000)
    #expect(try await store.read(Video.self).count() == 2020)
    #expect(try await store.read(Crop.self).count() == 20)
  }

  @Test(arguments: Engine.allCases)
  func aStreamThatIsLeftReleasesTheDatabase(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    try await store.write((0..<2000).map { Video.sample($0) }) { $0.given }
    for try await _ in store.read(Video.self).rows { break }
    // The store's queue is done with the stream's end when it answers.
    #expect(try await store.read(Video.self).count() == 2000)
    // A lock that the stream kept would be in the way of this.
    try database.run("DROP TABLE video")
  }

  @Test(arguments: Engine.allCases)
  func twoStreamsAtOnceStandBesideEachOther(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    try await store.write((0..<1500).map { Video.sample($0) }) { $0.given }
    var first = store.read(Video.self).order(by: Video.Columns.sampleId.ascending).rows.makeAsyncIterator()
    var second = store.read(Video.self).order(by: Video.Columns.sampleId.ascending).rows.makeAsyncIterator()
    var count = 0
    while let one = try await first.next(), let other = try await second.next() {
      #expect(one.sampleId == other.sampleId)
      count += 1
    }
    #expect(count == 1500)
  }
}

/// Videos without an end.
private struct EndlessVideos: Sequence, IteratorProtocol, Sendable {
  private var count = 0

  mutating func next() -> Video? {
    count += 1
    return Video.sample(count)
  }
}

@Suite(.timed, .oneAfterAnother) struct ConcurrencyTests {
  @Test(arguments: Engine.allCases)
  func tasksShareOneStore(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<8 {
        group.addTask {
          for round in 0..<5 {
            let start = (task * 5 + round) * 10
            try await store.write((start..<start + 10).map { Video.sample($0) }) { $0.given }
            #expect(try await store.read(Video.self).count() >= 10)
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await store.read(Video.self).count() == 400)
  }

  @Test(arguments: Engine.allCases)
  func aCancelledWriteLeavesNothing(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    let (reached, signal) = AsyncStream.makeStream(of: Void.self)
    let task = Task {
      // Endless, except for the cancellation.
      try await store.write(EndlessVideos()) { video in
        if video.sampleId == "s3000" { signal.finish() }
        return video.given
      }
    }
    for await _ in reached {}
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(try database.rows("SELECT count(*) FROM video") == ["0"])
    // The request ends with the task: the store continues.
    #expect(try await store.write([Video.sample(1)]) { $0.given } == 1)
  }

  @Test(arguments: Engine.allCases)
  func aRunningQueryIsStopped(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    try await store.write([Video.sample(1)]) { $0.given }
    #expect(try await store.read(Video.self).count() == 1)
    let endless =
      engine == .sqlite
      ? "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
      : "SELECT pg_sleep(3600)"
    try database.run(
      """
      ALTER TABLE video RENAME TO kept;
      CREATE VIEW video AS SELECT kept.* FROM kept, (\(endless)) AS slow
      """)
    let task = Task { try await store.read(Video.self).all() }
    try await waitUntil("the query runs") { () async throws -> Bool in
      switch engine {
      // It keeps the file from being locked.
      case .sqlite: (try? database.run("BEGIN EXCLUSIVE; ROLLBACK")) == nil
      case .postgresql:
        try database.rows(
          "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()") != []
      }
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    try database.run("DROP VIEW video; ALTER TABLE kept RENAME TO video")
    #expect(try await store.read(Video.self).count() == 1)
  }

  @Test func aTaskThatIsCancelledBeforeItsTurnStopsNoOther() async throws {
    let database = try TestDatabase(.sqlite)
    let store = try await database.store()
    let (reached, signal) = AsyncStream.makeStream(of: Void.self)
    let first = Task {
      try await store.write((0..<5000).map { Video.sample($0) }) { video in
        if video.sampleId == "s100" { signal.finish() }
        return video.given
      }
    }
    for await _ in reached {}
    let second = Task { try await store.read(Video.self).all() }
    second.cancel()
    #expect(try await first.value == 5000)
    await #expect(throws: CancellationError.self) { try await second.value }
  }
}

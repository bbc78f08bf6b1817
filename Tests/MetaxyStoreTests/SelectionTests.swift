import Foundation
import Metaxy
import MetaxyErrors
import MetaxyStore
import MetaxyTestSupport
import Testing

/// Chosen columns, values over rows, and conditions on texts.
@Suite(.timed, .oneAfterAnother) struct SelectionTests {
  private func filled(_ database: TestDatabase) async throws -> MetadataStore {
    let store = try await database.store()
    try await store.write([
      Video(sampleId: "a", path: "/x/50%.mp4", durationSeconds: 5, framesPerSecond: 25),
      Video(sampleId: "b", path: "/x/a_b[1].mp4", durationSeconds: 15),
      Video(sampleId: "c", path: "/y/'; DROP TABLE video; --", durationSeconds: 25, framesPerSecond: 50),
      Video(sampleId: "d", path: "/y/AXB*?.mp4", durationSeconds: 35, framesPerSecond: 25),
      Video(sampleId: "e", path: "/y/é\\.mp4", durationSeconds: 5),
    ]) { $0.given }
    return store
  }

  @Test(arguments: Engine.allCases)
  func textsAreFoundAsTheyAre(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let videos = try await filled(database).read(Video.self)
    func found(_ condition: RowCondition<Video>) async throws -> String {
      try await videos.where(condition).order(by: Video.Columns.sampleId.ascending).all().map(\.sampleId).joined()
    }
    let path = Video.Columns.path
    #expect(try await found(path.contains("%")) == "a")
    #expect(try await found(path.contains("_")) == "b")
    #expect(try await found(path.contains("[1]")) == "b")
    #expect(try await found(path.contains("*?")) == "d")
    #expect(try await found(path.contains("axb")) == "")
    #expect(try await found(path.contains("'; DROP TABLE video; --")) == "c")
    #expect(try await found(path.contains("' OR '1'='1")) == "")
    #expect(try await found(path.contains("")) == "abcde")
    #expect(try await found(!path.contains("/x/")) == "cde")
    #expect(try await found(path.like("/x/%")) == "ab")
    #expect(try await found(path.like("%.mp4")) == "abde")
    #expect(try await found(path.like("/_/a\\_b[1].mp4")) == "b")
    #expect(try await found(path.like("%\\%%")) == "a")
    #expect(try await found(path.like("%axb%")) == "")
    #expect(try await found(path.like("%AXB*_.mp4")) == "d")
    #expect(try await found(path.like("%*%")) == "d")
    #expect(try await found(path.like("/y/_\\\\.mp4")) == "e")
    #expect(try await found(path.like("' OR '1'='1")) == "")
    #expect(await failure { try await videos.where(path.like("x\\")).all() }?.code == .conditionRefused)
    #expect(await failure { try await videos.where(path.contains("\0")).all() }?.code == .conditionRefused)
  }

  @Test(arguments: Engine.allCases)
  func columnsAreSelected(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let videos = try await filled(database).read(Video.self)
    let sorted = videos.order(by: Video.Columns.sampleId.ascending)
    let pairs = try await sorted.select(Video.Columns.sampleId, Video.Columns.framesPerSecond).all()
    #expect(pairs.map(\.0) == ["a", "b", "c", "d", "e"])
    #expect(pairs.map(\.1) == [25, nil, 50, 25, nil])
    let long = videos.where(Video.Columns.durationSeconds > 5)
    #expect(
      try await long.order(by: Video.Columns.durationSeconds.descending).limit(1)
        .select(Video.Columns.path).all() == ["/y/AXB*?.mp4"])
    let rates = videos.order(by: Video.Columns.framesPerSecond.ascending).select(Video.Columns.framesPerSecond)
    #expect(try await rates.all() == [nil, nil, 25, 25, 50])
    #expect(try await rates.distinct().all() == [nil, 25, 50])
    #expect(try await rates.distinct().count() == 3)
    #expect(try await rates.count() == 5)
    let unsorted = await failure {
      try await sorted.select(Video.Columns.framesPerSecond).distinct().all()
    }
    #expect(unsorted?.message == "distinct rows of `video` cannot be sorted by `sample_id`, which is not selected")
    let injected = FeatureColumn(\Video.path, "path\", (SELECT 1) AS \"x")
    #expect(await failure { try await videos.select(injected).all() }?.code == .unknownColumn)
    #expect(await failure { try await videos.grouped(by: injected).aggregate(.count) }?.code == .unknownColumn)
    #expect(await failure { try await videos.aggregate(.count(distinct: injected)) }?.code == .unknownColumn)
  }

  @Test(arguments: Engine.allCases)
  func valuesOverRowsAreComputedInTheDatabase(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    let empty = try await store.read(Video.self).aggregate(
      .count, .max(Video.Columns.path), .sum(Video.Columns.durationSeconds))
    #expect(empty.0 == 0 && empty.1 == nil && empty.2 == nil)
    let videos = try await filled(database).read(Video.self)
    let (count, rates, least, greatest) = try await videos.aggregate(
      .count, .count(distinct: Video.Columns.framesPerSecond), .min(Video.Columns.durationSeconds),
      .max(Video.Columns.sampleId))
    #expect(count == 5 && rates == 2 && least == 5 && greatest == "e")
    let (sum, average) = try await videos.where(Video.Columns.durationSeconds > 5)
      .aggregate(.sum(Video.Columns.durationSeconds), .average(Video.Columns.framesPerSecond))
    #expect(sum == 75 && average == 37.5)
    // A limit counts: the two longest.
    let longest = videos.order(by: Video.Columns.durationSeconds.descending).limit(2)
    let two = try await longest.aggregate(.sum(Video.Columns.durationSeconds))
    #expect(two == 60)
    let groups = try await videos.grouped(by: Video.Columns.framesPerSecond)
      .aggregate(.count, .max(Video.Columns.durationSeconds))
    #expect(groups.map(\.key) == [nil, 25, 50])
    #expect(groups.map(\.value.0) == [2, 2, 1])
    #expect(groups.map(\.value.1) == [15, 35, 25])
  }

  @Test(arguments: Engine.allCases)
  func sumsOfIntegersAreExact(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    try await store.write([Video.sample(1), Video.sample(2)]) { $0.given }
    try await store.write([Crop(sampleId: "s1", width: .max), Crop(sampleId: "s2", width: .max)])
    let (sum, average, greatest) = try await store.read(Crop.self).aggregate(
      .sum(Crop.Columns.width), .average(Crop.Columns.width), .max(Crop.Columns.width))
    #expect(sum == 4_294_967_294 && average == 2_147_483_647 && greatest == Int32.max)
  }

  /// Only the newest rows count, and rows that are equally new are an error here too.
  @Test(arguments: Engine.allCases)
  func onlyNewestRowsAreCounted(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    for (time, path) in [(1.0, "old"), (2, "new")] {
      try await store.write([Clip(sampleId: "a", ingestedAt: Date(timeIntervalSince1970: time), path: path)]) {
        ["default": $0.path]
      }
    }
    let clips = store.read(Clip.self)
    #expect(try await clips.select(Clip.Columns.path).all() == ["new"])
    let (count, path, time) = try await clips.aggregate(
      .count, .max(Clip.Columns.path), .min(Clip.Columns.ingestedAt))
    #expect(count == 1 && path == "new" && time == Date(timeIntervalSince1970: 2))
    let all = try await store.read(Clip.self, history: true).aggregate(.count)
    #expect(all == 2)
    try database.run("UPDATE clip SET ingested_at = NULL")
    #expect(await failure { try await clips.select(Clip.Columns.path).all() }?.code == .newestRowAmbiguous)
    #expect(
      await failure { try await clips.select(Clip.Columns.ingestedAt).distinct().all() }?.code == .newestRowAmbiguous)
    #expect(await failure { try await clips.aggregate(.count) }?.code == .newestRowAmbiguous)
    #expect(
      await failure { try await clips.grouped(by: Clip.Columns.path).aggregate(.count) }?.code == .newestRowAmbiguous)
  }
}

import Foundation
import Metaxy
import MetaxyErrors
import MetaxyStore
import MetaxyTestSupport
import Testing

@Suite(.timed, .oneAfterAnother) struct ReadingTests {
  private func filled(_ database: TestDatabase) async throws -> MetadataStore {
    let store = try await database.store()
    try await store.write([
      Video(sampleId: "a", path: "/1", durationSeconds: 5, framesPerSecond: 25),
      Video(sampleId: "b", path: "/2%", durationSeconds: 15),
      Video(sampleId: "c", path: "/3' OR 1=1 --", durationSeconds: 25, framesPerSecond: 50),
      Video(sampleId: "d", path: "/A", durationSeconds: 35, framesPerSecond: 24),
    ]) { $0.given }
    return store
  }

  private func ids(_ request: RowRequest<Video>) async throws -> [String] {
    try await request.order(by: Video.Columns.sampleId.ascending).all().map(\.sampleId)
  }

  @Test(arguments: Engine.allCases)
  func conditionsChooseRows(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await filled(database)
    let videos = store.read(Video.self)
    #expect(try await ids(videos) == ["a", "b", "c", "d"])
    #expect(try await ids(videos.where(Video.Columns.durationSeconds > 15)) == ["c", "d"])
    #expect(try await ids(videos.where(Video.Columns.durationSeconds >= 15)) == ["b", "c", "d"])
    #expect(try await ids(videos.where(Video.Columns.durationSeconds < 15)) == ["a"])
    #expect(try await ids(videos.where(Video.Columns.durationSeconds <= 15)) == ["a", "b"])
    #expect(
      try await ids(videos.where(Video.Columns.durationSeconds > 5 && Video.Columns.framesPerSecond < 30)) == ["d"])
    #expect(
      try await ids(videos.where(Video.Columns.sampleId == "a" || Video.Columns.path == "/A")) == ["a", "d"])
    #expect(try await ids(videos.where(!(Video.Columns.sampleId == "a"))) == ["b", "c", "d"])
    #expect(try await ids(videos.where(Video.Columns.framesPerSecond == nil)) == ["b"])
    #expect(try await ids(videos.where(Video.Columns.framesPerSecond != nil)) == ["a", "c", "d"])
    #expect(try await ids(videos.where(Video.Columns.framesPerSecond != 25)) == ["c", "d"])
    #expect(try await ids(videos.where(Video.Columns.sampleId.isIn(["b", "d", "x"]))) == ["b", "d"])
    #expect(try await ids(videos.where(Video.Columns.sampleId.isIn([]))) == [])
    #expect(
      try await ids(videos.where(Video.Columns.durationSeconds > 5).where(Video.Columns.durationSeconds < 30))
        == ["b", "c"])
    #expect(
      try await ids(
        videos.where(Video.Columns.sampleId == "a" || Video.Columns.sampleId == "b").where(Video.Columns.path == "/1"))
        == ["a"])
  }

  @Test(arguments: Engine.allCases)
  func valuesAreNeverReadAsSQL(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await filled(database)
    let videos = store.read(Video.self)
    #expect(try await ids(videos.where(Video.Columns.path == "/3' OR 1=1 --")) == ["c"])
    #expect(try await ids(videos.where(Video.Columns.path == "' OR '1'='1")) == [])
    #expect(try await ids(videos.where(Video.Columns.path.hasPrefix("/2%"))) == ["b"])
    #expect(try await ids(videos.where(Video.Columns.path.hasPrefix("%"))) == [])
    #expect(try await ids(videos.where(Video.Columns.path.hasPrefix("/a"))) == [])
    #expect(try await ids(videos.where(Video.Columns.path.hasPrefix("/A"))) == ["d"])
    let injected = FeatureColumn(\Video.path, "path\" = 'x' OR 1=1 --")
    let error = await failure { try await videos.where(injected == "x").all() }
    #expect(error?.code == .unknownColumn)
  }

  @Test(arguments: Engine.allCases)
  func orderAndLimitAreKept(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await filled(database)
    let sorted = store.read(Video.self).order(by: Video.Columns.durationSeconds.descending)
    #expect(try await sorted.all().map(\.sampleId) == ["d", "c", "b", "a"])
    #expect(try await sorted.limit(2, offset: 1).all().map(\.sampleId) == ["c", "b"])
    #expect(try await sorted.first()?.sampleId == "d")
    #expect(try await sorted.limit(0).first() == nil)
    #expect(try await sorted.limit(-1).all() == [])
    #expect(try await sorted.limit(3).count() == 3)
    #expect(try await store.read(Video.self).where(Video.Columns.durationSeconds > 10).count() == 3)
  }

  @Test(arguments: Engine.allCases)
  func nullIsTheLeastValueOfAnOrder(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let videos = try await filled(database).read(Video.self)
    let ascending = videos.order(by: Video.Columns.framesPerSecond.ascending)
    #expect(try await ascending.all().map(\.sampleId) == ["b", "d", "a", "c"])
    let descending = videos.order(by: Video.Columns.framesPerSecond.descending)
    #expect(try await descending.all().map(\.sampleId) == ["c", "a", "d", "b"])
  }

  @Test(arguments: Engine.allCases)
  func versionsLiveSideBySide(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    try await database.store().write([Video.sample(1), Video.sample(2)]) { $0.given }
    try database.record("snapshot-2", at: "2026-11-23 10:00:00")
    try database.run("ALTER TABLE video ADD COLUMN codec VARCHAR")
    let extra = RegisteredColumn("codec", codingKey: "codec", type: .string, isNullable: true)
    let store = try await database.store(
      .test(snapshot: "snapshot-2", videoVersion: "video-2", extraVideoColumns: [extra]))
    try await store.write([Video.sample(1, duration: 99)]) { $0.given }
    let videos = store.read(Video.self).order(by: Video.Columns.sampleId.ascending)
    #expect(try await videos.all().map(\.durationSeconds) == [99])
    #expect(try await videos.version("video-1").all().map(\.durationSeconds) == [10, 10])
    let all = try await videos.version(.allVersions).all()
    #expect(Set(all.map(\.featureVersion)) == ["video-1", "video-2"])
    #expect(Set(all.map(\.snapshotVersion)) == ["snapshot-1", "snapshot-2"])
    #expect(all.count == 3)
  }

  @Test(arguments: Engine.allCases)
  func rowsOfOneSampleAreJoined(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await filled(database)
    try await store.write([Crop(sampleId: "a", width: 1), Crop(sampleId: "c", width: 3), Crop(sampleId: "d", width: 4)])
    try await store.write([Face(sampleId: "c", face: 1, score: 0.5), Face(sampleId: "c", face: 2, score: 0.75)])
    let pairs = store.read(Crop.self).joined(with: Video.self)
    let found = try await pairs.where(Video.Columns.durationSeconds > 10).where(Crop.Columns.width < 4).all()
    #expect(found.map(\.0.width) == [3])
    #expect(found.map(\.1.path) == ["/3' OR 1=1 --"])
    #expect(found.first?.1.dataVersion == ["frames": "f-c", "audio": "a-c"])
    #expect(
      try await pairs.order(by: Video.Columns.durationSeconds.descending).limit(2).all().map(\.0.sampleId)
        == ["d", "c"])
    #expect(try await pairs.count() == 3)
    // Two faces of one video: the ID columns of the video are the ones that both have, whichever comes first.
    #expect(try await store.read(Face.self).joined(with: Video.self).count() == 2)
    #expect(try await store.read(Video.self).joined(with: Face.self).count() == 2)
    var streamed: [Int32] = []
    for try await (crop, _) in pairs.order(by: Crop.Columns.width.ascending).rows { streamed.append(crop.width) }
    #expect(streamed == [1, 3, 4])
  }

  @Test(arguments: Engine.allCases)
  func conditionsTakeValuesInTheirStoredForms(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    let date = Date(timeIntervalSince1970: 1_795_342_051.123456)
    let rows = [0.0, 1, 2].map { offset in
      Everything(
        id: UUID(), text: "", short: "", big: 0, medium: Int32(offset), small: 0, double: 0, real: 0, truth: false,
        date: date.addingTimeInterval(offset), amount: Decimal(offset), bytes: [], data: Data(),
        link: URL(filePath: "/"), length: .zero, container: offset == 1 ? .mp4 : .webm, label: Label(""), words: [],
        tags: [:], vector: [], day: Date(timeIntervalSince1970: 0), note: nil, maybe: nil, twice: 0)
    }
    try await store.write(rows) { _ in ["default": "x"] }
    func found(_ condition: RowCondition<Everything>) async throws -> [Int32] {
      try await store.read(Everything.self).where(condition).order(by: Everything.Columns.medium.ascending).all()
        .map(\.medium)
    }
    #expect(try await found(Everything.Columns.date == date) == [0])
    #expect(try await found(Everything.Columns.date > date) == [1, 2])
    #expect(try await found(Everything.Columns.container == .mp4) == [1])
    #expect(try await found(Everything.Columns.id == rows[2].id) == [2])
    #expect(try await found(Everything.Columns.amount >= 1) == [1, 2])
    let error = await failure { try await found(Everything.Columns.words == []) }
    #expect(error?.message == "column `words` of `everything` holds JSON, which cannot be used in a comparison")
  }
}

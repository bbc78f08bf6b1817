import Foundation
import Metaxy
import MetaxyErrors
import MetaxyStore
import MetaxyTestSupport
import Testing

/// Rows of several features that are read together, with and without a row of each.
@Suite(.timed, .oneAfterAnother) struct JoinTests {
  private func filled(_ database: TestDatabase) async throws -> MetadataStore {
    let store = try await database.store()
    try await store.write([
      Video(sampleId: "a", path: "/a", durationSeconds: 5, framesPerSecond: 25),
      Video(sampleId: "b", path: "/b' OR 1=1 --", durationSeconds: 15),
      Video(sampleId: "c", path: "/c", durationSeconds: 25, framesPerSecond: 50),
    ]) { $0.given }
    try await store.write([Crop(sampleId: "a", width: 1), Crop(sampleId: "c", width: 3)])
    try await store.write([Face(sampleId: "c", face: 1, score: 0.5), Face(sampleId: "c", face: 2, score: 0.75)])
    return store
  }

  private static let score = FeatureColumn(\Face.score, "score")
  private static let face = FeatureColumn(\Face.face, "face")
  private static let cropSample = FeatureColumn(\Crop.sampleId, "sample_id")

  @Test(arguments: Engine.allCases)
  func rowsWithoutARowOfAnotherFeatureStay(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await filled(database)
    let videos = store.read(Video.self).order(by: Video.Columns.sampleId.ascending)
    let crops = videos.leftJoined(with: Crop.self)
    #expect(
      try await crops.all().map { "\($0.0.sampleId)|\($0.1.map { "\($0.width)" } ?? "")" }
        == database.rows(
          "SELECT v.sample_id, c.width FROM video v LEFT JOIN video__crop c ON c.sample_id = v.sample_id ORDER BY 1"))
    #expect(try await crops.all().map(\.1?.width) == [1, nil, 3])
    #expect(try await crops.all().map(\.1?.featureVersion) == ["crop-1", nil, "crop-1"])
    #expect(try await crops.count() == 3)
    #expect(try await crops.limit(1, offset: 1).all().map(\.0.sampleId) == ["b"])
    // A condition on the joined rows takes rows away, one of the other request makes them missing ones.
    #expect(try await crops.where(Crop.Columns.width > 1).all().map(\.0.sampleId) == ["c"])
    let wide = store.read(Crop.self).where(Crop.Columns.width > 1)
    #expect(try await videos.leftJoined(with: wide).all().map(\.1?.width) == [nil, nil, 3])
    #expect(try await videos.joined(with: wide).all().map(\.1.width) == [3])
    #expect(try await crops.where(.missing(Crop.self)).all().map(\.0.sampleId) == ["b"])
    #expect(try await crops.where(!JoinedCondition.missing(Crop.self)).all().map(\.0.sampleId) == ["a", "c"])
    #expect(try await crops.where(.missing(Video.self)).count() == 0)
    // A version without rows.
    #expect(
      try await videos.leftJoined(with: Crop.self, version: "crop-0").all().map(\.1?.width) == [nil, nil, nil])
    #expect(
      try await videos.leftJoined(with: Crop.self, version: "crop-0", history: true).count() == 3)
    #expect(try await videos.leftJoined(with: Crop.self, version: .allVersions, history: true).count() == 3)
  }

  @Test(arguments: Engine.allCases)
  func anyNumberOfFeaturesIsJoined(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await filled(database)
    let crops = store.read(Video.self).joined(with: Crop.self)
    let faces = crops.leftJoined(with: Face.self).order(by: Video.Columns.sampleId.ascending)
      .order(by: Self.face.ascending)
    #expect(
      try await faces.all().map { "\($0.path)|\($1.width)|\($2.map { "\($0.score)" } ?? "")" }
        == database.rows(
          """
          SELECT v.path, c.width, f.score FROM video v JOIN video__crop c ON c.sample_id = v.sample_id
          LEFT JOIN faces f ON f.sample_id = v.sample_id ORDER BY v.sample_id, f.face
          """))
    #expect(try await crops.joined(with: Face.self).count() == 2)
    // Faces are matched by both of their ID columns where a feature has them, not each with each.
    let pairs = store.read(Video.self).joined(with: Face.self).joined(with: Face.self)
    #expect(try await pairs.count() == 2)
    #expect(try await pairs.all().allSatisfy { $0.1 == $0.2 })
    let four = crops.leftJoined(with: Face.self).leftJoined(with: Clip.self)
    for (video, crop, face, clip) in try await four.all() {
      #expect(video.sampleId == crop.sampleId && clip == nil)
      #expect((face == nil) == (video.sampleId == "a"))
    }
    var streamed: [Int] = []
    for try await (_, crop, face) in faces.rows { streamed.append(Int(crop.width) * 10 + (face?.face ?? 0)) }
    #expect(streamed == [10, 31, 32])
  }

  @Test(arguments: Engine.allCases)
  func columnsOfJoinedFeaturesAreSelected(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await filled(database)
    let (path, width) = (Video.Columns.path, Crop.Columns.width)
    let crops = store.read(Video.self).leftJoined(with: Crop.self).order(by: path.ascending)
    let pairs = try await crops.select(path, width.optional).all()
    #expect(
      pairs.map { "\($0)|\($1.map { "\($0)" } ?? "")" }
        == (try database.rows(
          "SELECT v.path, c.width FROM video v LEFT JOIN video__crop c ON c.sample_id = v.sample_id ORDER BY 1")))
    let faces = crops.joined(with: Face.self).order(by: Self.score.descending)
    let three: [(Float, Int32?, String)] = try await faces.select(Self.score, width.optional, path).all()
    #expect(three.map(\.0) == [0.75, 0.5] && three.map(\.1) == [3, 3] && three.map(\.2) == ["/c", "/c"])
    var streamed: [Int32?] = []
    for try await width in crops.select(width.optional).rows { streamed.append(width) }
    #expect(streamed == [1, nil, 3])
    #expect(try await crops.select(path, width.optional).count() == 3)
    let firsts: [Int32?] = try await crops.limit(2).select(width.optional).all()
    #expect(firsts == [1, nil])
    // Each combination once, sorted by what is selected.
    let widths = store.read(Face.self).joined(with: Video.self).leftJoined(with: Crop.self)
    #expect(try await widths.select(path, width.optional).distinct().count() == 1)
    let sorted = widths.order(by: width.descending).select(width.optional).distinct()
    let found: [Int32?] = try await sorted.all()
    #expect(found == [3])
    let unsorted = await failure { try await faces.select(path).distinct().all() }
    #expect(unsorted?.message == "distinct rows of `faces` cannot be sorted by `score`, which is not selected")
    // A value that can be missing is optional.
    let missing = await failure { try await crops.select(path, width).all() }
    #expect(missing?.code == .conditionRefused && missing?.payload.column == "width")
    #expect(missing?.hints.first?.description == "add `.optional` to the column")
    #expect(
      await failure { try await crops.grouped(by: width).aggregate(.count(Video.self)) }?.code == .conditionRefused)
    #expect(await failure { try await crops.select(path, Self.score).all() }?.code == .conditionRefused)
    let injected = FeatureColumn(\Crop.width, "width\", (SELECT 1) AS \"x")
    #expect(await failure { try await crops.select(injected.optional).all() }?.code == .unknownColumn)
    #expect(await failure { try await crops.aggregate(.max(injected)) }?.code == .unknownColumn)
  }

  @Test(arguments: Engine.allCases)
  func valuesOverJoinedRowsAreComputed(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await filled(database)
    let (seconds, width) = (Video.Columns.durationSeconds, Crop.Columns.width)
    let crops = store.read(Video.self).leftJoined(with: Crop.self)
    let (videos, found, widest, sum, longest) = try await crops.aggregate(
      .count(Video.self), .count(Crop.self), .max(width), .sum(width), .max(seconds))
    #expect(
      try database.rows(
        """
        SELECT count(*), count(c.sample_id), max(c.width), sum(c.width), CAST(max(v.duration_seconds) AS INTEGER)
        FROM video v LEFT JOIN video__crop c ON c.sample_id = v.sample_id
        """) == ["\(videos)|\(found)|\(widest ?? 0)|\(sum ?? 0)|\(Int(longest ?? 0))"])
    let limited = try await crops.order(by: seconds.descending).limit(2).aggregate(.count(Crop.self), .sum(seconds))
    #expect(limited.0 == 1 && limited.1 == 40)
    let groups = try await store.read(Face.self).joined(with: Video.self).leftJoined(with: Crop.self)
      .grouped(by: Video.Columns.path, width.optional).aggregate(.count(Face.self), .average(Self.score))
    #expect(groups.count == 1 && groups[0].key == ("/c", 3) && groups[0].value == (2, 0.625))
    let byWidth = try await crops.grouped(by: width.optional).aggregate(
      .count(Video.self), .min(Video.Columns.sampleId))
    #expect(byWidth.map(\.key) == [nil, 1, 3] && byWidth.map(\.value.0) == [1, 1, 1])
    #expect(byWidth.map(\.value.1) == ["b", "a", "c"])
    let none = try await crops.where(seconds > 100).aggregate(.max(width), .count(Video.self))
    #expect(none.0 == nil && none.1 == 0)
    let all = try await store.read(Video.self).aggregate(.count(Video.self))
    #expect(all == 3)
  }

  /// More rows than a part of a stream, and missing ones among them.
  @Test(arguments: Engine.allCases)
  func joinedRowsAreStreamed(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    try await store.write((0..<1200).map { Video.sample($0) }) { $0.given }
    try await store.write((0..<1200).filter { $0.isMultiple(of: 3) }.map { Crop(sampleId: "s\($0)", width: Int32($0)) })
    var (rows, sum) = (0, 0)
    for try await (video, crop) in store.read(Video.self).leftJoined(with: Crop.self).rows {
      rows += 1
      if let crop {
        #expect(video.sampleId == crop.sampleId)
        sum += Int(crop.width)
      }
    }
    #expect(rows == 1200)
    #expect(try database.rows("SELECT sum(width) FROM video__crop") == ["\(sum)"])
  }

  @Test(arguments: Engine.allCases)
  func conditionsAndOrdersAreOfAnyFeature(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await filled(database)
    let crops = store.read(Video.self).leftJoined(with: Crop.self)
    func found(_ condition: JoinedCondition) async throws -> String {
      try await crops.where(condition).order(by: Video.Columns.sampleId.ascending).all().map(\.0.sampleId).joined()
    }
    let (seconds, width) = (Video.Columns.durationSeconds, Crop.Columns.width)
    #expect(try await found(seconds > 20 || width == 1) == "ac")
    #expect(try await found(seconds > 20 && width == 1) == "")
    #expect(try await found(seconds < 20 && width == 1) == "a")
    #expect(try await found((seconds > 10 && width == 3) || width == 1) == "ac")
    #expect(try await found(.missing(Crop.self) || width == 3) == "bc")
    #expect(try await found(width == 3 || .missing(Crop.self)) == "bc")
    // As in SQL, the negation of NULL is not true.
    #expect(try await found(!(seconds > 20 || width == 1)) == "")
    #expect(try await crops.where(seconds > 10).where(width > 0).all().map(\.0.sampleId) == ["c"])
    // NULL, and a missing row, is the least value.
    #expect(try await crops.order(by: width.ascending).all().map(\.0.sampleId) == ["b", "a", "c"])
    #expect(try await crops.order(by: width.descending).all().map(\.0.sampleId) == ["c", "a", "b"])
    let rate = Video.Columns.framesPerSecond
    #expect(try await crops.order(by: rate.ascending).all().map(\.0.sampleId) == ["b", "a", "c"])
    #expect(try await crops.order(by: rate.descending).all().map(\.0.sampleId) == ["c", "a", "b"])
    // The order of a request comes first, that of the joined one after it.
    let sorted = store.read(Face.self).order(by: Self.score.descending)
    #expect(
      try await store.read(Video.self).joined(with: sorted).all().map(\.1.score) == [0.75, 0.5])
  }

  @Test(arguments: Engine.allCases)
  func newestRowsAreJoined(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    for (sample, time, path) in [("a", 1.0, "a1"), ("a", 2, "a2"), ("b", 1, "b1")] {
      try await store.write([Clip(sampleId: sample, ingestedAt: Date(timeIntervalSince1970: time), path: path)]) {
        ["default": $0.path]
      }
    }
    for time in 1...2 { try await store.write([ClipText(sampleId: "a", writtenAt: time, text: "t\(time)")]) }
    let clips = store.read(Clip.self).order(by: Clip.Columns.path.ascending)
    let texts = clips.leftJoined(with: ClipText.self)
    #expect(try await texts.all().map { "\($0.0.path) \($0.1?.text ?? "")" } == ["a2 t2", "b1 "])
    #expect(try await clips.leftJoined(with: ClipText.self, history: true).count() == 3)
    let all = store.read(Clip.self, history: true)
    #expect(try await all.leftJoined(with: ClipText.self, history: true).count() == 5)
    // Of a feature joined with itself, conditions are on the first rows.
    let former = clips.joined(with: Clip.self, history: true).where(Clip.Columns.path == "a2")
    #expect(Set(try await former.all().map(\.1.path)) == ["a1", "a2"])
    // Rows that are equally new are an error in an optional feature too, whatever the conditions.
    try database.run("UPDATE clip__text SET written_at = 5")
    for request in [texts, texts.limit(1), texts.where(Clip.Columns.path == "a2")] {
      #expect(await failure { try await request.all() }?.code == .newestRowAmbiguous)
      #expect(await failure { try await request.count() }?.code == .newestRowAmbiguous)
      #expect(await failure { for try await _ in request.rows {} }?.code == .newestRowAmbiguous)
    }
    let text = FeatureColumn(\ClipText.text, "text")
    #expect(await failure { try await texts.select(text.optional).all() }?.code == .newestRowAmbiguous)
    #expect(await failure { try await texts.aggregate(.max(text)) }?.code == .newestRowAmbiguous)
    #expect(
      await failure { try await texts.grouped(by: Clip.Columns.path).aggregate(.max(text)) }?.code
        == .newestRowAmbiguous)
    let none = store.read(ClipText.self).where(FeatureColumn(\ClipText.text, "text") == "none")
    #expect(await failure { try await clips.leftJoined(with: none).all() }?.code == .newestRowAmbiguous)
    #expect(try await clips.leftJoined(with: ClipText.self, history: true).count() == 3)
  }

  @Test(arguments: Engine.allCases)
  func whatCannotBeJoinedIsRefused(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await filled(database)
    let crops = store.read(Video.self).leftJoined(with: Crop.self)
    #expect(await failure { try await crops.joined(with: Everything.self).all() }?.code == .cannotJoin)
    let other = await failure { try await crops.where(Self.score > 0.5).all() }
    #expect(
      other?.message == "a condition, an order or a column is of `faces`, which is not joined with `video`"
        && other?.code == .conditionRefused)
    #expect(await failure { try await crops.order(by: Self.score.ascending).all() }?.code == .conditionRefused)
    #expect(await failure { try await crops.where(.missing(Face.self)).all() }?.code == .conditionRefused)
    let limited = store.read(Video.self).joined(with: store.read(Crop.self).limit(1))
    #expect(
      await failure { try await limited.all() }?.message
        == "the rows of `video/crop` that are joined cannot have a limit of their own")
    // Nothing of a name or a value is SQL.
    let injected = FeatureColumn(\Crop.width, "width\" = 1 OR 1=1 --")
    #expect(await failure { try await crops.where(injected == 1).all() }?.code == .unknownColumn)
    #expect(await failure { try await crops.order(by: injected.ascending).all() }?.code == .unknownColumn)
    let text = "' OR '1'='1"
    #expect(try await crops.where(Video.Columns.path == text || Self.cropSample == text).count() == 0)
    #expect(try await store.read(Video.self).leftJoined(with: Crop.self, version: .version(text)).all().count == 3)
    #expect(try await crops.where(Video.Columns.path == "/b' OR 1=1 --").all().map(\.0.sampleId) == ["b"])
    #expect(try database.rows("SELECT count(*) FROM video") == ["3"])
  }

  /// A table that has just been filled has no statistics: PostgreSQL would compare each row with each.
  @Test func newestRowsAreJoinedAsWholeTables() async throws {
    let database = try TestDatabase(.postgresql)
    let store = try await filled(database)
    let pairs = store.read(Crop.self).joined(with: Video.self).where(Crop.Columns.width == 1)
    let paths = store.query("SELECT path FROM \(Video.self) WHERE sample_id = 'a'", columns: String.self)
    #expect(try await pairs.all().map(\.1.path) == ["/a"])
    #expect(try await paths.all() == ["/a"])
    try database.run(
      """
      ALTER TABLE video RENAME TO kept;
      CREATE VIEW video AS SELECT data_version, feature_version, feature_spec_version, snapshot_version, sample_id,
        current_setting('enable_nestloop') AS path, duration_seconds, frames_per_second FROM kept
      """)
    #expect(try await pairs.all().map(\.1.path) == ["off"])
    #expect(try await pairs.rows.reduce(into: []) { $0.append($1.1.path) } == ["off"])
    #expect(try await pairs.select(Video.Columns.path).all() == ["off"])
    let last: String? = try await pairs.aggregate(.max(Video.Columns.path))
    #expect(last == "off")
    // Other queries have the plans of the engine, of the same connection and of later ones.
    #expect(try await paths.all() == ["on"])
    #expect(try await store.read(Video.self).all().map(\.path) == ["on", "on", "on"])
  }
}

import Foundation
import Metaxy
import MetaxyErrors
import MetaxyStore
import MetaxyTestSupport
import Testing

/// Queries in SQL, with values as parameters and rows as tuples or values.
@Suite(.timed, .oneAfterAnother) struct QueryTests {
  private func filled(_ database: TestDatabase) async throws -> MetadataStore {
    let store = try await database.store()
    try await store.write([
      Video(sampleId: "a", path: "/a", durationSeconds: 5, framesPerSecond: 25),
      Video(sampleId: "b", path: "'; DROP TABLE video; --", durationSeconds: 15),
      Video(sampleId: "c", path: "/c", durationSeconds: 25, framesPerSecond: 50),
    ]) { $0.given }
    return store
  }

  private struct Length: Decodable, Sendable, Equatable {
    var path: String
    var rate: Double?
    var count: Int
  }

  @Test(arguments: Engine.allCases)
  func columnsAreReadByTheirPlaces(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await filled(database)
    let (path, rate, seconds) = (Video.Columns.path, Video.Columns.framesPerSecond, Video.Columns.durationSeconds)
    let pairs = try await store.query(
      "SELECT \(path), v.\(rate) FROM \(Video.self) AS v WHERE \(seconds) > \(5.0) ORDER BY \(path)",
      columns: String.self, Double?.self
    ).all()
    #expect(pairs.map(\.0) == ["'; DROP TABLE video; --", "/c"] && pairs.map(\.1) == [nil, 50])
    #expect(
      pairs.map(\.0) == (try database.rows("SELECT path FROM video WHERE duration_seconds > 5 ORDER BY path")))
    let count = store.query("SELECT count(*) FROM \(Video.self)  -- all of them", columns: Int.self)
    #expect(try await count.all() == [3])
    #expect(try await count.first() == 3)
    #expect(try await store.query("SELECT 1 WHERE 1 = 0", columns: Int.self).first() == nil)
    let joined = try await store.query(
      """
      WITH long AS (SELECT * FROM \(Video.self) WHERE \(seconds) >= \(15))
      SELECT count(*), max(long.\(seconds)) FROM long LEFT JOIN \(Crop.self) AS c ON c.sample_id = long.sample_id
      """, columns: Int.self, Double.self
    ).first()
    #expect(joined?.0 == 2 && joined?.1 == 25)
  }

  @Test(arguments: Engine.allCases)
  func columnsAreReadByTheirNames(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await filled(database)
    let rows = store.query(
      """
      SELECT \(Video.Columns.path), \(Video.Columns.framesPerSecond) AS rate, count(*) AS count FROM \(Video.self)
      GROUP BY 1, 2 ORDER BY 1 DESC
      """, as: Length.self)
    #expect(
      try await rows.all() == [
        Length(path: "/c", rate: 50, count: 1), Length(path: "/a", rate: 25, count: 1),
        Length(path: "'; DROP TABLE video; --", rate: nil, count: 1),
      ])
    // A member without a column is an error, also an optional one.
    let missing = await failure { try await store.query("SELECT 'x' AS path, 1 AS count", as: Length.self).all() }
    #expect(missing?.message == "a row of the query, column `rate`: the query has no such column")
    let other = await failure {
      try await store.query("SELECT 'x' AS path, 'y' AS rate, 1 AS count", as: Length.self).all()
    }
    #expect(
      other?.code == .unreadableRow
        && other?.message == "a row of the query, column `rate`: `y` is not a floating-point number")
  }

  /// Every type of value as a parameter, and back as it was.
  @Test(arguments: Engine.allCases)
  func valuesAreParameters(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await filled(database)
    let (date, id) = (Date(timeIntervalSince1970: 1_795_348_800.123456), UUID())
    let texts = ["", "x", "é", "'; DROP TABLE video; --", "\" OR 1=1", "$1", "?1", "\\", "%", "\u{301}'"]
    for text in texts {
      #expect(try await store.query("SELECT \(text)", columns: String.self).all() == [text])
      #expect(
        try await store.query(
          "SELECT \(Video.Columns.sampleId) FROM \(Video.self) WHERE \(Video.Columns.path) = \(text)",
          columns: String.self
        ).all() == (text.hasPrefix("';") ? ["b"] : []))
    }
    let numbers = try await store.query(
      "SELECT \(9_007_199_254_740_993), \(Int.min), \(0.1), \(true), \(UInt8(200)), \(-Double.greatestFiniteMagnitude)",
      columns: Int.self, Int.self, Double.self, Bool.self, UInt8.self, Double.self
    ).first()
    #expect(numbers?.0 == 9_007_199_254_740_993 && numbers?.1 == Int.min && numbers?.2 == 0.1)
    #expect(numbers?.3 == true && numbers?.4 == 200 && numbers?.5 == -Double.greatestFiniteMagnitude)
    let none: String? = nil
    let others = try await store.query(
      "SELECT \(date), \(id), \(Data([0, 255])), \([UInt8(1), 2]), \(none), \(Decimal(string: "1.25")), \(Container.webm)",
      columns: Date.self, UUID.self, Data.self, [UInt8].self, String?.self, Decimal.self, Container.self
    ).first()
    #expect(abs(others?.0.timeIntervalSince(date) ?? 1) < 1e-6 && others?.1 == id && others?.2 == Data([0, 255]))
    #expect(others?.3 == [1, 2] && others?.4 == .some(nil) && others?.5 == 1.25 && others?.6 == .webm)
    #expect(try database.rows("SELECT count(*) FROM video") == ["3"])
    #expect(await failure { try await store.query("SELECT \("a\0b")", columns: String.self).all() } != nil)
  }

  /// A value in the form of a column finds the row that holds it.
  @Test(arguments: Engine.allCases)
  func valuesHaveTheFormOfAColumn(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    let noon = Date(timeIntervalSince1970: 1_795_348_800)
    try await store.write([Clip(sampleId: "a", ingestedAt: noon, path: "p")]) { ["default": $0.path] }
    let found = store.query(
      """
      SELECT sample_id FROM \(Clip.self) WHERE \(Clip.Columns.ingestedAt) = \(noon, as: Clip.Columns.ingestedAt)
        AND \(Clip.Columns.ingestedAt) = \(noon) AND \(Clip.Columns.ingestedAt) < \(noon.addingTimeInterval(0.001))
      """, columns: String.self)
    #expect(try await found.all() == ["a"])
  }

  /// A request within a query has the newest rows, and those that are equally new are an error.
  @Test(arguments: Engine.allCases)
  func requestsArePartsOfQueries(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    for (sample, time, path) in [("a", 1.0, "old"), ("a", 2, "new"), ("b", 1, "other")] {
      try await store.write([Clip(sampleId: sample, ingestedAt: Date(timeIntervalSince1970: time), path: path)]) {
        ["default": $0.path]
      }
    }
    let clips = store.read(Clip.self)
    func paths(_ clips: RowRequest<Clip>, from sample: String) async throws -> [String] {
      try await store.query(
        "SELECT c.\(Clip.Columns.path) FROM \(clips) AS c WHERE c.sample_id >= \(sample) ORDER BY 1",
        columns: String.self
      ).all()
    }
    #expect(try await paths(clips, from: "a") == ["new", "other"])
    #expect(try await paths(store.read(Clip.self, history: true), from: "a") == ["new", "old", "other"])
    #expect(try await paths(clips.where(Clip.Columns.path != "other"), from: "a") == ["new"])
    #expect(try await paths(clips.order(by: Clip.Columns.path.descending).limit(1), from: "a") == ["other"])
    #expect(try await paths(clips, from: "b") == ["other"])
    #expect(
      try await store.query(
        "SELECT * FROM \(clips) AS c WHERE 1 = 0", columns: Int.self, Int.self, Int.self, Int.self, String.self,
        Date?.self, String.self
      ).all().isEmpty)
    try database.run("UPDATE clip SET ingested_at = NULL")
    #expect(await failure { try await paths(clips, from: "a") }?.code == .newestRowAmbiguous)
    #expect(try await paths(clips.where(Clip.Columns.sampleId == "b"), from: "a") == ["other"])
  }

  @Test(arguments: Engine.allCases)
  func queriesOnlyRead(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await filled(database)
    let statements: [SQLQuery] = [
      "DELETE FROM \(Video.self)", "UPDATE video SET path = ''", "DROP TABLE video",
      "INSERT INTO video (sample_id) VALUES ('x')",
      "DELETE FROM video RETURNING sample_id", "SELECT 1; DELETE FROM video", "PRAGMA user_version = 5", "COMMIT", "",
      "WITH gone AS (DELETE FROM video RETURNING *) SELECT count(*) FROM gone",
      "SELECT 1) AS x; DELETE FROM video; SELECT * FROM (SELECT 1",
    ]
    for statement in statements {
      #expect(await failure { try await store.query(statement, columns: Int.self).all() } != nil)
      #expect(try database.rows("SELECT count(*) FROM video") == ["3"])
    }
    if engine == .postgresql {
      try database.run("CREATE SEQUENCE numbers")
      let error = await failure { try await store.query("SELECT nextval('numbers')", columns: Int.self).all() }
      #expect(error?.payload.sqlState == "25006")
    }
    // The store continues.
    #expect(try await store.query("SELECT count(*) FROM \(Video.self)", columns: Int.self).all() == [3])
    #expect(try await store.write([Video.sample(9)]) { $0.given } == 1)
  }

  @Test(arguments: Engine.allCases)
  func wrongQueriesAreRefused(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await filled(database)
    let columns = await failure { try await store.query("SELECT 1 AS a, 2 AS b", columns: Int.self).all() }
    #expect(columns?.message == "the query has 2 columns, `a`, `b`, and 1 are read")
    #expect(columns?.code == .unreadableRow)
    let type = await failure { try await store.query("SELECT 'x' AS a", columns: Int.self).all() }
    #expect(type?.message == "a row of the query, column `a`: `x` is not an integer")
    let null = await failure { try await store.query("SELECT NULL AS a", columns: Int.self).all() }
    #expect(null?.code == .unreadableRow)
    #expect(
      await failure { try await store.query("SELECT 1 FROM \(Stranger.self)", columns: Int.self).all() }?.code
        == .typeNotRegistered)
    let injected = FeatureColumn(\Video.path, "path\" FROM video; --")
    #expect(
      await failure { try await store.query("SELECT \(injected) FROM video", columns: String.self).all() }?.code
        == .unknownColumn)
    let words = Everything.Columns.words.json(0, as: Word.self)
    #expect(
      await failure { try await store.query("SELECT \(words) FROM everything", columns: String.self).all() }?.code
        == .conditionRefused)
    let wide = await failure { try await store.query("SELECT \(UInt64.max)", columns: Int.self).all() }
    #expect(wide?.message == "value 1 of the query cannot be a parameter: 18446744073709551615 needs more than 64 bits")
    try database.run("DROP TABLE faces")
    #expect(
      await failure { try await store.query("SELECT 1 FROM \(Face.self)", columns: Int.self).all() }?.code
        == .tableMissing)
    await store.close()
    #expect(await failure { try await store.query("SELECT 1", columns: Int.self).all() }?.code == .storeClosed)
  }

  @Test(arguments: Engine.allCases)
  func answersAreStreamed(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    try await store.write((0..<1300).map { Video.sample($0, duration: Double($0)) }) { $0.given }
    var (sum, rows) = (0.0, 0)
    for try await seconds in store.query(
      "SELECT \(Video.Columns.durationSeconds) FROM \(Video.self)", columns: Double.self
    ).rows {
      sum += seconds
      rows += 1
      // What is written meanwhile is not in the answer.
      if rows == 600 { try await store.write([Video.sample(9999)]) { $0.given } }
    }
    #expect(rows == 1300 && sum == 1300 * 1299 / 2)
    #expect(try await store.query("SELECT count(*) FROM \(Video.self)", columns: Int.self).all() == [1301])
  }
}

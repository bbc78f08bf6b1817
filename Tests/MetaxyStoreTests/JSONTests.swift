import Foundation
import Metaxy
import MetaxyErrors
import MetaxyStore
import MetaxyTestSupport
import Testing

/// Values within the JSON of a column: the same on both engines, as text and in PostgreSQL's binary form.
@Suite(.timed, .oneAfterAnother) struct JSONTests {
  private static let tags = FeatureColumn(\Everything.tags, "tags")
  private static let note = FeatureColumn(\Everything.note, "note")

  private static let texts = [
    #"{"a": "x", "n": 9007199254740993, "d": 0.1, "b": true, "z": null, "o": {"a.b": [10, {"k\"q": "deep"}]}}"#,
    #"{"a": "X", "n": 9007199254740992, "d": 2, "b": false, "0": "zero"}"#,
    #"{"a": 5, "n": 5.0, "d": 1e-7, "b": "true"}"#,
    #"["first", "second", {"a": "x"}]"#,
    #""scalar""#,
    "null",
    #"{"a": "\u00e9", "\u00e9": 1, "n": 9223372036854775808, "d": -0.5}"#,
    #"{"a": "", "n": -9223372036854775808, "d": 12345678901234567890}"#,
    #"{"n": 1.5, "d": "0.1", "a": ["x"]}"#,
  ]

  /// Writes the texts past the code under test, in rows that are numbered from 1.
  private func filled(_ engine: Engine) async throws -> (TestDatabase, MetadataStore) {
    let database = try TestDatabase(engine)
    let (blob, length) = engine == .sqlite ? ("x'00'", "1970-01-01 00:00:01") : ("'\\x00'", "1 second")
    for (position, text) in Self.texts.enumerated() {
      let number = position + 1
      let json = "'\(text.replacing("'", with: "''"))'"
      try database.run(
        """
        INSERT INTO everything (data_version, feature_version, id, "text", short, big, medium, small, "double", "real",
          truth, date, amount, bytes, data, link, length, container, label, words, tags, vector, day)
        VALUES ('{}', 'everything-1', '0000000000000000000000000000000\(number)', '', '', 0, \(number), 0, 0, 0, TRUE,
          '2026-01-01 00:00:00', 0, \(blob), \(blob), '', '\(length)', 'mp4', '', \(json), \(json), '', '2026-01-01')
        """)
    }
    return (database, try await database.store())
  }

  @Test(arguments: Engine.allCases)
  func valuesAreCompared(engine: Engine) async throws {
    let (database, store) = try await filled(engine)
    let number = Everything.Columns.medium
    /// The numbers of the rows, the same by both columns.
    func found<Value>(
      _ words: FeatureColumn<Everything, Value?>, _ tags: FeatureColumn<Everything, Value?>,
      _ condition: (FeatureColumn<Everything, Value?>) -> RowCondition<Everything>
    ) async throws -> [Int32] {
      let first = try await store.read(Everything.self).where(condition(words)).order(by: number.ascending)
        .select(number).all()
      let second = try await store.read(Everything.self).where(condition(tags)).order(by: number.ascending)
        .select(number).all()
      #expect(first == second)
      return first
    }
    func rows<Value: Decodable & Sendable>(
      _ path: JSONPathStep..., as type: Value.Type,
      _ condition: (FeatureColumn<Everything, Value?>) -> RowCondition<Everything>
    ) async throws -> [Int32] {
      switch path.count {
      case 0: try await found(Everything.Columns.words.json(as: type), Self.tags.json(as: type), condition)
      case 1:
        try await found(
          Everything.Columns.words.json(path[0], as: type), Self.tags.json(path[0], as: type), condition)
      case 2:
        try await found(
          Everything.Columns.words.json(path[0], path[1], as: type), Self.tags.json(path[0], path[1], as: type),
          condition)
      case 3:
        try await found(
          Everything.Columns.words.json(path[0], path[1], path[2], as: type),
          Self.tags.json(path[0], path[1], path[2], as: type), condition)
      default:
        try await found(
          Everything.Columns.words.json(path[0], path[1], path[2], path[3], as: type),
          Self.tags.json(path[0], path[1], path[2], path[3], as: type), condition)
      }
    }
    #expect(try await rows("a", as: String.self) { $0 == "x" } == [1])
    #expect(try await rows("a", as: String.self) { $0 == nil } == [3, 4, 5, 6, 9])
    #expect(try await rows("a", as: String.self) { $0 != nil } == [1, 2, 7, 8])
    #expect(try await rows("a", as: String.self) { $0 != "x" } == [2, 7, 8])
    #expect(try await rows("a", as: String.self) { $0 == "é" } == [7])
    #expect(try await rows("a", as: String.self) { $0 < "x" } == [2, 8])
    #expect(try await rows("a", as: String.self) { $0.isIn(["x", "é"]) } == [1, 7])
    #expect(try await rows("a", as: String.self) { $0.hasPrefix("x") } == [1])
    #expect(try await rows("a", as: String.self) { $0.contains("X") } == [2])
    #expect(try await rows("a", as: String.self) { $0.like("_") } == [1, 2, 7])
    #expect(try await rows("é", as: Int.self) { $0 == 1 } == [7])
    #expect(try await rows("n", as: Int.self) { $0 == 9_007_199_254_740_993 } == [1])
    #expect(try await rows("n", as: Int.self) { $0 == 9_007_199_254_740_992 } == [2])
    #expect(try await rows("n", as: Int.self) { $0 == 5 } == [3])
    #expect(try await rows("n", as: Int.self) { $0 == Int.min } == [8])
    #expect(try await rows("n", as: Int.self) { $0 > 5 } == [1, 2])
    #expect(try await rows("n", as: Int.self) { $0 == nil } == [4, 5, 6, 7, 9])
    #expect(try await rows("n", as: Double.self) { $0 == 9_007_199_254_740_992 } == [1, 2])
    #expect(try await rows("n", as: Double.self) { $0 == 1.5 } == [9])
    #expect(try await rows("d", as: Double.self) { $0 == 0.1 } == [1])
    #expect(try await rows("d", as: Double.self) { $0 == 1e-7 } == [3])
    #expect(try await rows("d", as: Double.self) { $0 > 1 } == [2, 8])
    #expect(try await rows("d", as: Double.self) { $0 < 0 } == [7])
    #expect(try await rows("d", as: Double.self) { $0 == nil } == [4, 5, 6, 9])
    #expect(try await rows("b", as: Bool.self) { $0 == true } == [1])
    #expect(try await rows("b", as: Bool.self) { $0 == false } == [2])
    #expect(try await rows("b", as: Bool.self) { $0 == nil } == [3, 4, 5, 6, 7, 8, 9])
    #expect(try await rows("o", "a.b", 0, as: Int.self) { $0 == 10 } == [1])
    #expect(try await rows("o", "a.b", -1, "k\"q", as: String.self) { $0 == "deep" } == [1])
    #expect(try await rows("o", "a", "b", as: Int.self) { $0 != nil } == [])
    // A position is never a name, nor a name a position.
    #expect(try await rows(0, as: String.self) { $0 != nil } == [4])
    #expect(try await rows("0", as: String.self) { $0 != nil } == [2])
    #expect(try await rows(-1, "a", as: String.self) { $0 == "x" } == [4])
    #expect(try await rows(3, as: String.self) { $0 != nil } == [])
    #expect(try await rows(-4, as: String.self) { $0 != nil } == [])
    #expect(try await rows(.init(element: .max), as: String.self) { $0 != nil } == [])
    #expect(try await rows(as: String.self) { $0 == "scalar" } == [5])
    #expect(try await rows("a", as: Container.self) { $0 == .mp4 } == [])
    #expect(try database.rows("SELECT count(*) FROM everything") == ["9"])
  }

  @Test(arguments: Engine.allCases)
  func kindsAreToldApart(engine: Engine) async throws {
    let (database, store) = try await filled(engine)
    let number = Everything.Columns.medium
    func found(_ condition: RowCondition<Everything>) async throws -> [Int32] {
      try await store.read(Everything.self).where(condition).order(by: number.ascending).select(number).all()
    }
    for words in [Everything.Columns.words.jsonKind("z"), Self.tags.jsonKind("z")] {
      #expect(try await found(words == .null) == [1])
      #expect(try await found(words == nil) == [2, 3, 4, 5, 6, 7, 8, 9])
    }
    #expect(try await found(Self.note.jsonKind() == nil) == Array(1...9))
    try database.run("UPDATE everything SET note = 'null' WHERE medium < 3")
    #expect(try await found(Self.note.jsonKind() == .null) == [1, 2])
    for kinds in [Everything.Columns.words.jsonKind(), Self.tags.jsonKind()] {
      let groups = try await store.read(Everything.self).grouped(by: kinds).aggregate(.count)
      #expect(groups.map { $0.key?.rawValue ?? "" } == ["array", "null", "object", "string"])
      #expect(groups.map(\.value) == [1, 1, 6, 1])
    }
    #expect(
      try await store.read(Everything.self).where(Everything.Columns.words.jsonKind("n") == .number).count() == 6)
    #expect(
      try await store.read(Everything.self).where(Everything.Columns.words.jsonKind("b") == .boolean).count() == 2)
  }

  @Test(arguments: Engine.allCases)
  func valuesAreSortedSelectedAndCounted(engine: Engine) async throws {
    let (database, store) = try await filled(engine)
    let (all, number) = (store.read(Everything.self), Everything.Columns.medium)
    func numbers(_ request: RowRequest<Everything>) async throws -> [Int32] { try await request.select(number).all() }
    for (n, a) in [
      (Everything.Columns.words.json("n", as: Int.self), Everything.Columns.words.json("a", as: String.self)),
      (Self.tags.json("n", as: Int.self), Self.tags.json("a", as: String.self)),
    ] {
      // NULL is the least value; texts sort by their code points.
      let (up, down) = (all.order(by: n.ascending, number.ascending), all.order(by: n.descending, number.ascending))
      #expect(try await numbers(up) == [4, 5, 6, 7, 9, 8, 3, 2, 1])
      #expect(try await numbers(down) == [1, 2, 3, 8, 4, 5, 6, 7, 9])
      #expect(try await numbers(all.where(a != nil).order(by: a.ascending)) == [8, 2, 1, 7])
      let values = try await all.order(by: number.ascending).select(n, a).all()
      #expect(
        values.map(\.0)
          == [9_007_199_254_740_993, 9_007_199_254_740_992, 5, nil, nil, nil, nil, Int.min, nil])
      #expect(values.map(\.1) == ["x", "X", nil, nil, nil, nil, "é", "", nil])
      #expect(
        try await all.order(by: a.descending).select(a).distinct().all() == ["é", "x", "X", "", nil])
      let (greatest, least, count) = try await all.aggregate(.max(n), .min(a), .count(distinct: n))
      #expect(greatest == 9_007_199_254_740_993 && least == "" && count == 4)
      let groups = try await all.grouped(by: a).aggregate(.count, .max(n))
      #expect(groups.map(\.key) == [nil, "", "X", "x", "é"] && groups.map(\.value.0) == [5, 1, 1, 1, 1])
    }
    for words in [
      Everything.Columns.words.json("o", as: [String: [JSONPart]].self),
      Self.tags.json("o", as: [String: [JSONPart]].self),
    ] {
      let objects = try await all.order(by: number.ascending).select(words).all()
      #expect(objects[0]?["a.b"]?.map(\.text) == ["10", "deep"] && objects.dropFirst().allSatisfy { $0 == nil })
    }
    let decimals = try await all.order(by: number.ascending).select(
      Everything.Columns.words.json("n", as: Decimal.self)
    ).all()
    #expect(decimals[0] == Decimal(string: "9007199254740993") && decimals[8] == 1.5 && decimals[3] == nil)
    var streamed: [Double?] = []
    for try await value in all.order(by: number.ascending).select(Self.tags.json("d", as: Double.self)).rows {
      streamed.append(value)
    }
    #expect(streamed == [0.1, 2, 1e-7, nil, nil, nil, -0.5, 12_345_678_901_234_567_168, nil])
    #expect(try database.rows("SELECT count(*) FROM everything") == ["9"])
  }

  @Test(arguments: Engine.allCases)
  func nothingOfAPathIsSQL(engine: Engine) async throws {
    let (database, store) = try await filled(engine)
    let all = store.read(Everything.self)
    for text in [
      "a') OR 1=1 --", "'; DROP TABLE everything; --", "$", "$.a", "a\"", "\"", "\\", "*", "#-1", "a' ->> 'b", "?1",
      "$1", "",
    ] {
      for column in [
        Everything.Columns.words.json(.init(member: text), as: String.self),
        Self.tags.json("o", .init(member: text), as: String.self),
      ] {
        #expect(try await all.where(column != nil).count() == 0)
        #expect(try await all.where(column == text).count() == 0)
        let values: [String?] = try await all.order(by: column.ascending).select(column).all()
        #expect(values.allSatisfy { $0 == nil })
        #expect(try await all.grouped(by: column).aggregate(.count).map(\.value) == [9])
      }
      #expect(
        try await all.where(Everything.Columns.words.json("a", as: String.self) == text).count() == (text == "" ? 1 : 0)
      )
    }
    #expect(try database.rows("SELECT count(*) FROM everything") == ["9"])
    let nul = Everything.Columns.words.json("a\0b", as: String.self)
    #expect(await failure { try await all.where(nul == "x").all() }?.code == .conditionRefused)
    let plain = FeatureColumn(\Everything.text, "text").json("a", as: String.self)
    let error = await failure { try await all.where(plain == "x").all() }
    #expect(error?.message == #"there is no `text["a"]` of `everything`: its column holds no JSON"#)
    #expect(await failure { try await all.select(plain).all() }?.code == .conditionRefused)
    let whole = Everything.Columns.words.json("o", as: [String: Int].self)
    #expect(await failure { try await all.where(whole == ["a": 1]).all() }?.code == .conditionRefused)
    #expect(await failure { try await all.select(whole).distinct().all() }?.code == .conditionRefused)
    let injected = FeatureColumn(\Everything.words, "words\" --").json("a", as: String.self)
    #expect(await failure { try await all.where(injected == "x").all() }?.code == .unknownColumn)
  }
}

/// A number, or the only member of an object.
private struct JSONPart: Decodable, Sendable, Equatable {
  var text: String

  init(from decoder: any Decoder) throws {
    if let number = try? decoder.singleValueContainer().decode(Int.self) {
      text = "\(number)"
    } else {
      text = try decoder.singleValueContainer().decode([String: String].self).values.joined()
    }
  }
}

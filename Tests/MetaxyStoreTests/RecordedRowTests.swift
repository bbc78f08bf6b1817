import Foundation
import Metaxy
import MetaxyErrors
import MetaxyStore
import MetaxyTestSupport
import Testing

/// Rows since Metaxy 0.1. The hashes are those that Metaxy 0.1.11 computes for the same rows.
@Suite(.timed, .oneAfterAnother) struct RecordedRowTests {
  private static let base = Recorded.feature("a", Base.self, fields: [Recorded.field("x")])
  private static let derived = Recorded.feature(
    "b", Derived.self,
    fields: [
      Recorded.field("x", [RegisteredParent("a", fields: ["x"])]),
      Recorded.field("z", [RegisteredParent("a", fields: ["x"])]),
    ], dependencies: [RegisteredDependency("a", on: ["id"])])

  private func writeBase(_ store: MetadataStore) async throws {
    try await store.write([Base(id: "1"), Base(id: "2")]) { ["x": "x\($0.id)"] }
  }

  @Test(arguments: Engine.allCases)
  func systemColumnsAreThoseOfTheWrite(engine: Engine) async throws {
    let database = try RecordedDatabase(engine, ["a": ["id"]])
    let store = try await database.store([Self.base], nil)
    #expect(store.hashAlgorithm == .xxhash32)
    let before = Date()
    try await store.write([Base(id: "1")], materializationID: "run-7") { _ in ["x": "x1"] }
    #expect(
      try database.rows(
        """
        SELECT metaxy_provenance_by_field, metaxy_provenance, metaxy_feature_version, metaxy_project_version,
          metaxy_data_version_by_field, metaxy_data_version, metaxy_materialization_id, metaxy_deleted_at,
          metaxy_created_at = metaxy_updated_at, id FROM a
        """) == [
          #"{"x": "x1"}|41867905|a-1|p1|{"x": "x1"}|41867905|run-7||"# + (engine == .sqlite ? "1" : "t") + "|1"
        ])
    let row = try #require(try await store.read(Base.self).first())
    #expect(row.value == Base(id: "1") && row.dataVersion == ["x": "x1"] && row.featureVersion == "a-1")
    #expect(row.snapshotVersion == nil && row.featureSpecVersion == nil)
    let record = try #require(row.record)
    #expect(record.provenance == ["x": "x1"] && record.provenanceHash == "41867905")
    #expect(record.dataVersionHash == "41867905" && record.projectVersion == "p1")
    #expect(record.materializationID == "run-7")
    #expect(record.createdAt == record.updatedAt)
    let written = try #require(record.updatedAt.flatMap(Self.date))
    #expect((before.addingTimeInterval(-1)...Date()).contains(written))
  }

  @Test(arguments: Engine.allCases)
  func derivedRowsHaveTheProvenanceOfTheirParents(engine: Engine) async throws {
    let database = try RecordedDatabase(engine, ["a": ["id"], "b": ["id"], "c": ["id"]])
    let last = Recorded.feature(
      "c", Last.self,
      fields: [
        Recorded.field("x", [RegisteredParent("b", fields: ["x"])]),
        Recorded.field("z", [RegisteredParent("b", fields: ["z"])]),
      ], dependencies: [RegisteredDependency("b", on: ["id"])])
    let store = try await database.store([Self.base, Self.derived, last])
    try await writeBase(store)
    // A program's own data versions for one row of the two; children use them.
    try await store.write([Derived(id: "1"), Derived(id: "2")]) { $0.id == "1" ? ["x": "hand-x", "z": "hand-z"] : [:] }
    let columns =
      "metaxy_provenance_by_field, metaxy_provenance, metaxy_data_version_by_field, metaxy_data_version"
    #expect(
      try database.rows("SELECT \(columns) FROM b ORDER BY id") == [
        #"{"x": "7e57dbe1", "z": "9ad3add3"}|e33cc00d|{"x": "hand-x", "z": "hand-z"}|ca2b187e"#,
        #"{"x": "658fdb19", "z": "faddd82f"}|dab57cf8|{"x": "658fdb19", "z": "faddd82f"}|dab57cf8"#,
      ])
    try await store.write([Last(id: "1"), Last(id: "2")])
    #expect(
      try database.rows("SELECT metaxy_provenance_by_field, metaxy_provenance FROM c ORDER BY id") == [
        #"{"x": "bdbe3e47", "z": "e8fe2919"}|2d7aaa43"#, #"{"x": "c81e2d78", "z": "cab48fc9"}|e61ba56d"#,
      ])
    // The latest row of the parent counts, and not one that is deleted.
    try await store.write([Base(id: "1")]) { _ in ["x": "x2"] }
    try await store.write([Derived(id: "1")])
    let row = try #require(try await store.read(Derived.self).where(.id("1")).first())
    #expect(row.record?.provenanceHash == "dab57cf8")
    try database.run(
      """
      INSERT INTO a SELECT metaxy_provenance_by_field, metaxy_provenance, metaxy_feature_version,
        metaxy_project_version, metaxy_data_version_by_field, metaxy_data_version, metaxy_created_at, NULL,
        metaxy_updated_at, '2999-01-01 00:00:00.000000', id FROM a WHERE id = '2'
      """)
    let error = await failure { try await store.write([Derived(id: "2")]) }
    #expect(error?.code == .rowRefused)
    #expect(error?.message.contains("its parent `a` with `id` `2` has no row of its current version `a-1`") == true)
  }

  @Test(arguments: Engine.allCases)
  func groupsAreJoinedInTheOrderOfTheirIDs(engine: Engine) async throws {
    let database = try RecordedDatabase(engine, ["a": ["g", "n"], "b": ["g"]])
    let pieces = Recorded.feature("a", Piece.self, ids: ["g", "n"], fields: [Recorded.field("x")])
    let whole = Recorded.feature(
      "b", Whole.self, ids: ["g"], fields: [Recorded.field("x", [RegisteredParent("a", fields: ["x"])])],
      dependencies: [RegisteredDependency("a", on: ["g"], isAggregated: true)])
    let store = try await database.store([pieces, whole])
    // By code point, not by the collation of the database.
    let rows = ["a", "10", "\u{e9}", "2", "Z"].map { Piece(g: "G", n: $0) } + [Piece(g: "H", n: "1")]
    try await store.write(rows) { ["x": "x\($0.n)"] }
    try await store.write([Whole(g: "G"), Whole(g: "H")])
    #expect(
      try database.rows("SELECT metaxy_provenance_by_field, metaxy_provenance FROM b ORDER BY g") == [
        #"{"x": "83d00275"}|1e4a4d1c"#, #"{"x": "c87b2e92"}|996899d4"#,
      ])
  }

  @Test(arguments: Engine.allCases)
  func anOptionalParentMayBeMissing(engine: Engine) async throws {
    let database = try RecordedDatabase(engine, ["a": ["id"], "o": ["id"], "b": ["id"]])
    let extra = Recorded.feature("o", Extra.self, fields: [Recorded.field("x"), Recorded.field("y")])
    let derived = Recorded.feature(
      "b", Derived.self,
      fields: [
        Recorded.field("x", [RegisteredParent("a", fields: ["x"]), RegisteredParent("o", fields: ["x"])]),
        Recorded.field("z", [RegisteredParent("a", fields: ["x"]), RegisteredParent("o", fields: ["x", "y"])]),
      ],
      dependencies: [RegisteredDependency("a", on: ["id"]), RegisteredDependency("o", on: ["id"], isOptional: true)])
    let store = try await database.store([Self.base, derived, extra])
    try await writeBase(store)
    try await store.write([Extra(id: "2")]) { _ in ["x": "ox", "y": "oy"] }
    try await store.write([Derived(id: "1"), Derived(id: "2")])
    #expect(
      try database.rows("SELECT metaxy_provenance_by_field, metaxy_provenance FROM b ORDER BY id") == [
        #"{"x": "ba8bbc26", "z": "5338139e"}|5fd4f134"#, #"{"x": "779ab0da", "z": "1c74be81"}|823e5d38"#,
      ])
    let error = await failure { try await store.write([Derived(id: "3")]) }
    #expect(error?.message.contains("its parent `a` with `id` `3` has no row") == true)
  }

  /// The columns of a parent have other names in its table, and the order of the parents is not that of declaration.
  @Test(arguments: Engine.allCases)
  func parentsAreFoundUnderTheirFormerNames(engine: Engine) async throws {
    let database = try RecordedDatabase(engine, ["a": ["g", "n"], "b": ["id"]])
    let base = Recorded.feature("a", Piece.self, ids: ["g", "n"], fields: [Recorded.field("x")])
    let derived = Recorded.feature(
      "b", Derived.self, fields: [Recorded.field("x", [RegisteredParent("a", fields: ["x"])])],
      dependencies: [RegisteredDependency("a", on: ["id"], upstreamColumns: ["n"])])
    let store = try await database.store([base, derived])
    try await store.write([Piece(g: "G", n: "2")]) { _ in ["x": "x2"] }
    try await store.write([Derived(id: "2")])
    #expect(try database.rows("SELECT metaxy_provenance FROM b") == ["b3d0839c"])
    // Of several rows that are found, the needed fields must agree.
    try await store.write([Piece(g: "H", n: "2")]) { _ in ["x": "x3"] }
    let error = await failure { try await store.write([Derived(id: "2")]) }
    #expect(error?.message.contains("has several rows, and their data versions differ") == true)
  }

  @Test(arguments: Engine.allCases)
  func rowsThatDoNotMeetAFilterAreNoParents(engine: Engine) async throws {
    let database = try RecordedDatabase(engine, ["a": ["id"], "b": ["id"]])
    try database.run(
      "ALTER TABLE a ADD COLUMN w INTEGER; ALTER TABLE a ADD COLUMN flag BOOLEAN; ALTER TABLE a ADD COLUMN t VARCHAR")
    func found(_ filter: String) async throws -> [String] {
      let derived = Recorded.feature(
        "b", Derived.self, fields: [Recorded.field("x", [RegisteredParent("a", fields: ["x"])])],
        dependencies: [
          RegisteredDependency("a", on: ["id"], isOptional: true, filters: [filter], rename: ["w": "weight"])
        ])
      let store = try await database.store([Self.base, derived])
      try database.run("DELETE FROM b")
      try await store.write(["1", "2", "3"].map { Derived(id: $0) })
      await store.close()
      // Without a parent the text ends after the name of its field.
      let none = HashAlgorithm.md5.hash("x|__metaxy_initial__|a.x|").prefix(8)
      return try database.rows("SELECT id, metaxy_provenance_by_field FROM b ORDER BY id")
        .filter { !$0.contains(none) }.map { String($0.prefix(1)) }
    }
    let store = try await database.store([Self.base])
    try await store.write(["1", "2", "3"].map { Base(id: $0) }) { ["x": "x\($0.id)"] }
    try database.run(
      """
      UPDATE a SET w = 1, flag = TRUE, t = 'a' WHERE id = '1';
      UPDATE a SET w = 2, flag = FALSE, t = 'B' WHERE id = '2';
      UPDATE a SET t = 'it''s' WHERE id = '3'
      """)
    for (filter, ids) in [
      ("weight > 1", ["2"]), ("weight <> 1", ["2"]), ("NOT weight > 1", ["1"]), ("weight = NULL", ["3"]),
      ("weight IS NOT NULL and weight <= 2", ["1", "2"]), ("weight IN (1, -5) OR t = 'it''s'", ["1", "3"]),
      ("weight NOT IN (1)", ["2"]), ("flag = true", ["1"]), ("NOT flag", ["2"]), ("weight != NULL", ["1", "2"]),
      ("(id = '1' OR id = '2') AND \"weight\" >= 1.5", ["2"]), ("t < 'a'", ["2"]),
    ] {
      #expect(try await found(filter) == ids, "\(filter)")
    }
  }

  @Test(arguments: Engine.allCases)
  func theGraphMustBeRecorded(engine: Engine) async throws {
    let database = try RecordedDatabase(engine, ["a": ["id"]], project: nil)
    let store = try await database.store([Self.base])
    #expect(await failure { try await writeBase(store) }?.code == .snapshotNotRecorded)
    try database.record("p1", at: "2026-11-22 10:00:00")
    try await writeBase(store)
    try database.record("p2", at: "2026-11-22 11:00:00")
    let error = await failure { try await writeBase(store) }
    #expect(error?.code == .snapshotDiffers)
    #expect(error?.message.contains("built for the project version `p1`, but `p2` is the latest one recorded") == true)
  }

  @Test func whatCannotBeServedIsRefused() async throws {
    let database = try RecordedDatabase(.sqlite, ["a": ["id"], "b": ["id"], "o": ["id"]])
    func filtered(_ filter: String) -> RegisteredFeature {
      Recorded.feature(
        "b", Derived.self, fields: [Recorded.field("x", [RegisteredParent("a", fields: ["x"])])],
        dependencies: [RegisteredDependency("a", on: ["id"], filters: [filter])])
    }
    let colliding = Recorded.feature("o", Extra.self, fields: [Recorded.field("p/q"), Recorded.field("p_q")])
    let store = try await database.store([Self.base, colliding])
    try await writeBase(store)
    for (filter, reason) in [
      ("w > 1", "there is no column `w`"), ("lower(id) = 'a'", "it calls the function `lower`"),
      ("id LIKE 'a%'", "`LIKE` is not part of"), ("id BETWEEN '1' AND '2'", "`BETWEEN` is not part of"),
      ("id = '1", "a quote is not closed"), ("id =", "it ends where a value"), ("id = '1' id", "`id` is not part of"),
      ("id = '1'; DROP TABLE a", "`;` is not part of"), ("(id = '1'", "it ends too early"),
    ] {
      let store = try await database.store([Self.base, filtered(filter)])
      let error = await failure { try await store.write([Derived(id: "1")]) }
      #expect(error?.code == .featureNotServed && error?.message.contains(reason) == true, "\(error?.message ?? "")")
    }
    let member = await failure { try await store.write([Extra(id: "1")]) { _ in ["p/q": "1", "p_q": "2"] } }
    #expect(member?.code == .featureNotServed && member?.message.contains("`p/q`, `p_q`") == true)
    #expect(await failure { try await store.write([Base(id: "1")]) }?.code == .dataVersionsNeeded)
    // A hash of another algorithm: MD5 has letters.
    let other = try await database.store([Self.base, Self.derived], .wyhash)
    let algorithm = await failure { try await other.write([Derived(id: "1")]) }
    #expect(algorithm?.message.contains("hashed by another algorithm than `wyhash`") == true)
    for error in [
      await failure { try await store.write([Base(id: "1")], .replacing) { _ in ["x": "x1"] } },
      await failure { try await other.resolveUpdate(Derived.self).all() },
      await failure { try await store.resolveUpdate(samples: [Base(id: "1")]) { _ in ["x": "x1"] } },
      await failure { try await store.read(Base.self).delete() },
    ] {
      #expect(error?.code == .unsupportedGeneration, "\(error?.message ?? "")")
    }
    // The first releases know neither the algorithm nor the run.
    let seed = try await MetadataStore.open(
      url: database.url, registry: .test(), hashAlgorithm: .md5, requiresRecordedSnapshot: false)
    let run = await failure {
      try await seed.write([Crop(sampleId: "1", width: 1)], materializationID: "run")
    }
    #expect(run?.code == .unsupportedGeneration)
  }

  /// Metaxy's readings of the same rows, with their options.
  @Test(arguments: Engine.allCases)
  func readingTakesTheLatestRows(engine: Engine) async throws {
    let database = try RecordedDatabase(engine, ["a": ["id"]])
    try database.run("ALTER TABLE a ADD COLUMN n VARCHAR")
    let feature = RegisteredFeature(
      "a", type: Numbered.self, project: "pipeline", table: "a", idColumns: ["id"],
      columns: ["id", "n"].map { RegisteredColumn($0, codingKey: $0, type: .string, isNullable: $0 == "n") },
      fields: [Recorded.field("x")], featureVersion: "current", specVersion: "s")
    let store = try await database.store([feature])
    let cases = try Self.reads()
    #expect(cases.count == 9)
    for example in cases {
      try database.run("DELETE FROM a")
      for row in example.rows { try database.run(Self.insertion(row)) }
      for reading in example.reads {
        // Deletions are never read here.
        guard reading.options["include_soft_deleted"] == nil else { continue }
        let version: VersionChoice = reading.options["with_feature_history"] == nil ? .current : .allVersions
        let request = store.read(Numbered.self, history: reading.options["with_sample_history"] != nil).version(version)
        let read = try await request.all()
        #expect(read.compactMap { Int($0.n ?? "") }.sorted() == reading.rows, "\(example.name) \(reading.options)")
        #expect(try await request.count() == reading.rows.count)
      }
    }
  }

  private struct Example: Decodable {
    struct Row: Decodable {
      var n: Int
      var id: String
      var created: String?
      var updated: String?
      var deleted: String?
      var feature_version: String?
    }
    struct Reading: Decodable {
      var options: [String: Bool]
      var rows: [Int]
    }
    var name: String
    var rows: [Row]
    var reads: [Reading]
  }

  private struct Goldens: Decodable { var reads: [Example] }

  private static func reads() throws -> [Example] {
    let data = try Data(contentsOf: URL(filePath: "\(Repository.fixtures)/metaxy-0.1-rows.json"))
    return try JSONDecoder().decode(Goldens.self, from: data).reads
  }

  private static func insertion(_ row: Example.Row) -> String {
    func text(_ value: String?) -> String { value.map { "'\($0)'" } ?? "NULL" }
    return """
      INSERT INTO a (metaxy_created_at, metaxy_updated_at, metaxy_deleted_at, metaxy_feature_version, id, n)
      VALUES (\(text(row.created)), \(text(row.updated)), \(text(row.deleted)), \(text(row.feature_version)),
        '\(row.id)', '\(row.n)')
      """
  }

  private static func date(_ text: String) -> Date? {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(identifier: "UTC")
    formatter.dateFormat = "yyyy-MM-dd HH:mm:ss.SSSSSS"
    return formatter.date(from: text)
  }
}

@Feature("a", idColumns: ["id"])
struct Numbered: Equatable {
  var id: String
  var n: String?
}

extension RowCondition where Root == Derived {
  static func id(_ id: String) -> RowCondition { FeatureColumn(\Derived.id, "id") == id }
}

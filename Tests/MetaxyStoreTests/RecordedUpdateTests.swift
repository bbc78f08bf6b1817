import Foundation
import Metaxy
import MetaxyErrors
import MetaxyStore
import MetaxyTestSupport
import Testing

/// Updates and deletions since Metaxy 0.1: the sets are those that Metaxy 0.1.11 finds after the same steps.
@Suite(.timed, .oneAfterAnother) struct RecordedUpdateTests {
  /// Options that the store does not have.
  private static let foreign: Set = ["staleness", "skip_comparison"]

  @Test func theRecordingIsComplete() {
    #expect(RecordedSequence.all.count == 17)
    #expect(Set(RecordedSequence.all.map(\.name)).isSuperset(of: Self.foreign))
  }

  @Test(arguments: Engine.allCases, RecordedSequence.all.filter { !foreign.contains($0.name) })
  func setsAreThoseOfMetaxy(engine: Engine, sequence: RecordedSequence) async throws {
    var player = try Player(engine, sequence)
    for (number, step) in sequence.steps.enumerated() { try await player.play(step, number) }
  }
}

/// Does the steps of a sequence.
private struct Player {
  let database: RecordedDatabase
  let name: String
  private var definitions = 0
  private var store: MetadataStore?

  init(_ engine: Engine, _ sequence: RecordedSequence) throws {
    name = sequence.name
    let tables: [String: [String]] =
      switch sequence.name {
      case "aggregation_group": ["a": ["g", "n"], "b": ["g"]]
      case "expansion_rows": ["a": ["id"], "b": ["id", "n"]]
      default: ["a": ["id"], "b": ["id"], "o": ["id"]]
      }
    database = try RecordedDatabase(engine, tables)
  }

  /// The features after so many definitions.
  private func features() -> [RegisteredFeature] {
    let isSecond = definitions == 2
    let parent = isSecond && name == "parent_code_version"
    let x = RegisteredParent("a", fields: ["x"])
    switch name {
    case "aggregation_group":
      return [
        Recorded.feature("a", Piece.self, ids: ["g", "n"], fields: [Recorded.field("x")]),
        Recorded.feature(
          "b", Whole.self, ids: ["g"], fields: [Recorded.field("x", [x])],
          dependencies: [RegisteredDependency("a", on: ["g"], isAggregated: true)]),
      ]
    case "expansion_rows":
      return [
        Recorded.feature("a", Base.self, fields: [Recorded.field("x")]),
        Recorded.feature(
          "b", Part.self, ids: ["id", "n"], fields: [Recorded.field("x", [x])],
          dependencies: [RegisteredDependency("a", on: ["id"])]),
      ]
    case "optional_arrives":
      return [
        Recorded.feature("a", Base.self, fields: [Recorded.field("x")]),
        Recorded.feature(
          "b", Derived.self, fields: [Recorded.field("x", [x, RegisteredParent("o", fields: ["x"])])],
          dependencies: [
            RegisteredDependency("a", on: ["id"]), RegisteredDependency("o", on: ["id"], isOptional: true),
          ]),
        Recorded.feature("o", Extra.self, fields: [Recorded.field("x")]),
      ]
    default:
      let fields = name == "other_field_changed" ? ["x", "y"] : ["x"]
      return [
        Recorded.feature(
          "a", Base.self,
          fields: fields.map { Recorded.field(FieldKey($0), code: parent ? "2" : "__metaxy_initial__") },
          version: parent ? "2" : "1"),
        Recorded.feature(
          "b", Derived.self,
          fields: [Recorded.field("x", [x], code: isSecond && !parent ? "2" : "__metaxy_initial__")],
          dependencies: [RegisteredDependency("a", on: ["id"])], version: isSecond ? "2" : "1"),
      ]
    }
  }

  mutating func play(_ step: RecordedSequence.Step, _ number: Int) async throws {
    let comment: Comment = "\(name), step \(number)"
    if step.define != nil {
      definitions += 1
      store = try await database.store(features())
    } else if let key = step.write {
      try await write(key, step.rows ?? [])
    } else if let key = step.delete {
      try await delete(key, try #require(step.where), step.soft == true)
    } else if let sql = step.sql {
      try database.run(sql)
    } else if let key = step.read {
      // A deleted row is never read here.
      guard step.options?["include_soft_deleted"] == nil else { return }
      #expect(try await read(key, step.options ?? [:]) == step.ids, comment)
    } else if let key = step.resolve {
      let found = try await resolve(key, step.samples)
      let (count, expected) = (name == "aggregation_group" ? 1 : 2, [step.new, step.stale, step.orphaned])
      for (found, expected) in zip(found.sets, expected) {
        // A group is one sample here, and one of each of its rows there.
        let ids = Set(try #require(expected).map { Array($0.prefix(count)) })
        #expect(Set(found) == ids && found.count == ids.count, comment)
      }
      if step.written != nil { try await found.write() }
    } else {
      Issue.record("an unknown step")
    }
  }

  private func write(_ key: String, _ rows: [RecordedSequence.Row]) async throws {
    switch key {
    case "a" where name == "aggregation_group": try await write(Piece.self, rows)
    case "a": try await write(Base.self, rows)
    default: try await write(Extra.self, rows)
    }
  }

  private func write<Root: TextRow>(_ type: Root.Type, _ rows: [RecordedSequence.Row]) async throws {
    for row in rows {
      let hashes = Dictionary(uniqueKeysWithValues: row.hashes.map { (FieldKey($0), $1) })
      try await open().write([Root(row.values)]) { _ in hashes }
      // Here the data versions of a root are what it is given.
      guard let version = row.dataVersions?["x"] else { continue }
      try database.run("UPDATE a SET metaxy_data_version_by_field = '{\"x\": \"\(version)\"}'")
    }
  }

  private func open() throws -> MetadataStore { try #require(store) }

  private func delete(_ key: String, _ condition: [String: String], _ isSoft: Bool) async throws {
    switch (key, name) {
    case ("a", "aggregation_group"): try await delete(Piece.self, condition, isSoft)
    case ("a", _): try await delete(Base.self, condition, isSoft)
    case (_, "expansion_rows"): try await delete(Part.self, condition, isSoft)
    default: try await delete(Derived.self, condition, isSoft)
    }
  }

  private func delete<Root: TextRow>(
    _ type: Root.Type, _ condition: [String: String], _ isSoft: Bool
  ) async throws {
    var request = try open().read(type)
    for column in type.columns {
      if let value = condition[column.name] { request = request.where(column.column == value) }
    }
    #expect(try await request.delete(isSoft ? .soft : .hard) > 0)
  }

  private func read(_ key: String, _ options: [String: RecordedSequence.Option]) async throws -> [[String]] {
    let history = options["with_sample_history"] != nil
    let version: VersionChoice = options["with_feature_history"] == nil ? .current : .allVersions
    let store = try open()
    let ids =
      key == "a"
      ? try await store.read(Base.self, history: history).version(version).all().map(\.id)
      : try await store.read(Derived.self, history: history).version(version).all().map(\.id)
    return ids.sorted().map { [$0] }
  }

  private func resolve(_ key: String, _ samples: [RecordedSequence.Row]?) async throws -> Found {
    if let samples { return try await resolve(given: samples) }
    return switch name {
    case "aggregation_group": try await resolve(Whole.self)
    case "expansion_rows": try await resolve(Part.self, multiplied: true)
    default: try await resolve(Derived.self)
    }
  }

  private struct Found {
    /// The new, changed and orphaned samples, by their ID columns.
    let sets: [[[String]]]
    /// Writes the new and the changed ones.
    let write: () async throws -> Void
  }

  private func resolve<Root: TextRow>(_ type: Root.Type, multiplied: Bool = false) async throws -> Found {
    let store = try open()
    var sets: [SampleChange: [[String: String]]] = [:]
    for try await sample in store.resolveUpdate(type).samples {
      var values: [String: String] = [:]
      for column in type.columns { values[column.name] = try? sample.id.value(of: column.column) }
      sets[sample.change, default: []].append(values)
    }
    let rows = ((sets[.new] ?? []) + (sets[.changed] ?? [])).flatMap { values in
      multiplied
        ? ["0", "1"].map { number in Root(values.merging(["n": number]) { $1 }) } : [Root(values)]
    }
    let ordered = [SampleChange.new, .changed, .orphaned].map { change in
      (sets[change] ?? []).map { values in type.columns.compactMap { values[$0.name] } }
    }
    return Found(sets: ordered) { try await store.write(rows) }
  }

  private func resolve(given samples: [RecordedSequence.Row]) async throws -> Found {
    let store = try open()
    let hashes = Dictionary(uniqueKeysWithValues: samples.map { ($0.values["id"] ?? "", $0.hashes["x"] ?? "") })
    let given: @Sendable (Base) -> [FieldKey: String] = { ["x": hashes[$0.id] ?? ""] }
    let update = try await store.resolveUpdate(samples: samples.map { Base($0.values) }, dataVersions: given)
    let column = FeatureColumn(\Base.id, "id")
    return Found(
      sets: [
        update.new.map { [$0.id] }, update.changed.map { [$0.id] },
        try update.orphaned.map { [try $0.value(of: column)] },
      ]
    ) { try await store.write(update.new + update.changed, dataVersions: given) }
  }
}

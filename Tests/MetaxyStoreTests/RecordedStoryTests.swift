import Foundation
import Metaxy
import MetaxyErrors
import MetaxyStore
import MetaxyTestSupport
import Testing

/// A pipeline of two levels: one percent of the samples changes, one percent leaves.
@Suite(.timed, .oneAfterAnother) struct RecordedStoryTests {
  private static let features = [
    Recorded.feature("a", Base.self, fields: [Recorded.field("x")]),
    Recorded.feature(
      "b", Derived.self, fields: [Recorded.field("x", [RegisteredParent("a", fields: ["x"])])],
      dependencies: [RegisteredDependency("a", on: ["id"])]),
    Recorded.feature(
      "c", Last.self, fields: [Recorded.field("x", [RegisteredParent("b", fields: ["x"])])],
      dependencies: [RegisteredDependency("b", on: ["id"])]),
  ]

  private func sets<Root: TextRow>(_ type: Root.Type, _ store: MetadataStore) async throws -> [SampleChange: Set<
    String
  >] {
    var sets: [SampleChange: Set<String>] = [:]
    for try await sample in store.resolveUpdate(type).samples {
      sets[sample.change, default: []].insert(try sample.id.value(of: type.columns[0].column))
    }
    return sets
  }

  /// Deletes what an update finds orphaned, softly.
  private func deleteOrphans<Root: Feature>(of type: Root.Type, _ store: MetadataStore) async throws -> Int {
    let orphans = try await store.resolveUpdate(type).all().filter { $0.change == .orphaned }
    return try await store.delete(orphans.map(\.id), .soft)
  }

  @Test(arguments: Engine.allCases)
  func whatChangesIsFoundDownstream(engine: Engine) async throws {
    let database = try RecordedDatabase(engine, ["a": ["id"], "b": ["id"], "c": ["id"]])
    for table in ["a", "b", "c"] {
      try database.run("CREATE INDEX \(table)_ids ON \(table) (id, metaxy_feature_version)")
    }
    let store = try await database.store(Self.features, nil)
    let count = TestSize.count(1000, long: 100_000)
    let start = ContinuousClock.now
    let ids = (0..<count).map { "s\($0)" }
    try await store.write(ids.map { Base(id: $0) }) { ["x": "first-\($0.id)"] }
    #expect(try await sets(Derived.self, store) == [.new: Set(ids)])
    try await store.write(ids.map { Derived(id: $0) })
    try await store.write(ids.map { Last(id: $0) })
    #expect(try await sets(Last.self, store) == [:])

    let changed = stride(from: 0, to: count, by: 100).map { "s\($0)" }
    let gone = stride(from: 50, to: count, by: 100).map { "s\($0)" }
    let (old, left) = (Set(changed), Set(gone))
    let samples = ids.filter { !left.contains($0) }.map { Base(id: $0) }
    let given: @Sendable (Base) -> [FieldKey: String] = {
      ["x": (old.contains($0.id) ? "second-" : "first-") + $0.id]
    }
    let update = try await store.resolveUpdate(samples: samples, dataVersions: given)
    #expect(update.new.isEmpty && update.changed.map(\.id) == changed)
    #expect(try await store.write(samples, .unlessUnchanged, dataVersions: given) == changed.count)
    #expect(try await store.delete(update.orphaned, .soft) == gone.count)

    // Exactly these, level by level.
    let expected: [SampleChange: Set<String>] = [.changed: old, .orphaned: left]
    #expect(try await sets(Derived.self, store) == expected)
    #expect(try await sets(Last.self, store) == [:])
    try await store.write(changed.map { Derived(id: $0) })
    #expect(try await deleteOrphans(of: Derived.self, store) == gone.count)
    #expect(try await sets(Last.self, store) == expected)
    try await store.write(changed.map { Last(id: $0) })
    #expect(try await deleteOrphans(of: Last.self, store) == gone.count)
    #expect(try await sets(Derived.self, store) == [:])
    #expect(try await sets(Last.self, store) == [:])

    #expect(try await store.read(Last.self).count() == count - gone.count)
    #expect(try await store.read(Last.self, history: true).count() == count + changed.count)
    #expect(try await Set(store.read(Last.self).all().map(\.id)) == Set(ids).subtracting(left))
    let status = try await store.status().flatMap(\.versions)
    #expect(status.map(\.samples) == Array(repeating: count - gone.count, count: 3))
    #expect(status.map(\.rows) == Array(repeating: count + changed.count + gone.count, count: 3))
    if TestSize.isLong { print("\(engine): \(count) samples in \(ContinuousClock.now - start)") }
  }
}

extension Last: TextRow {
  init(_ values: [String: String]) { self.init(id: values["id"] ?? "") }
  static var columns: [(name: String, column: FeatureColumn<Last, String>, path: KeyPath<Last, String>)] {
    [("id", FeatureColumn(\Last.id, "id"), \.id)]
  }
}

import Foundation
import Metaxy
import MetaxyStore
import MetaxyTestSupport
import Testing

/// One pipeline of two levels, run by Metaxy on its tables and by the store on its own: both find the same samples.
struct StoryTests {
  @Test func bothSidesFindTheSameSamples() async throws {
    let count = TestSize.count(500, long: 20_000)
    let theirs = try EmptyDatabase(on: .postgresql)
    let found = try MetaxyPython.answer(
      of: "metaxy_story_01.py", [theirs.url, "\(count)"], in: try MetaxyPython.directory())

    let ours = try EmptyDatabase(on: .postgresql)
    for table in ["a", "b", "c"] { try ours.rows("CREATE TABLE \(table) (\(Self.columns), id VARCHAR NOT NULL)") }
    let store = try await MetadataStore.open(url: ours.url, registry: Self.registry, requiresRecordedSnapshot: false)
    let ids = (0..<count).map { "s\($0)" }
    try await store.write(ids.map { Ingested(id: $0) }) { ["x": "first-\($0.id)"] }
    try await store.write(ids.map { Scored(id: $0) })
    try await store.write(ids.map { Ranked(id: $0) })
    let changed = stride(from: 0, to: count, by: 100).map { "s\($0)" }
    try await store.write(changed.map { Ingested(id: $0) }) { ["x": "second-\($0.id)"] }
    let gone = stride(from: 50, to: count, by: 100).map { "s\($0)" }
    try await store.read(Ingested.self).where(FeatureColumn(\Ingested.id, "id").isIn(gone)).delete(.soft)

    let scores = try await follow(Scored.self, FeatureColumn(\Scored.id, "id"), store) { Scored(id: $0) }
    #expect(scores == found["b"] as? [String: [String]])
    let ranks = try await follow(Ranked.self, FeatureColumn(\Ranked.id, "id"), store) { Ranked(id: $0) }
    #expect(ranks == found["c"] as? [String: [String]])
    let nothing: [String: [String]] = ["new": [], "changed": [], "orphaned": []]
    #expect(found["after"] as? [[String: [String]]] == [nothing, nothing])
    #expect(try await follow(Scored.self, FeatureColumn(\Scored.id, "id"), store) { Scored(id: $0) } == nothing)
    #expect(try await follow(Ranked.self, FeatureColumn(\Ranked.id, "id"), store) { Ranked(id: $0) } == nothing)

    // The same rows are left, computed to the same hashes.
    let rows = try await store.read(Ranked.self).all()
    let hashes = Dictionary(uniqueKeysWithValues: rows.map { ($0.id, $0.record?.provenanceHash ?? "") })
    #expect(hashes.count == count - gone.count && hashes == found["hashes"] as? [String: String])
    #expect(try await store.read(Ranked.self, history: true).count() == found["history"] as? Int)
    await store.close()
  }

  /// Writes what is new and changed, deletes what is orphaned, and returns the three sets.
  private func follow<Root: Feature>(
    _ type: Root.Type, _ column: FeatureColumn<Root, String>, _ store: MetadataStore, _ row: (String) -> Root
  ) async throws -> [String: [String]] {
    let update = try await store.resolveUpdate(type).all()
    func ids(_ change: SampleChange) throws -> [String] {
      try update.filter { $0.change == change }.map { try $0.id.value(of: column) }.sorted()
    }
    let sets = ["new": try ids(.new), "changed": try ids(.changed), "orphaned": try ids(.orphaned)]
    try await store.write(((sets["new"] ?? []) + (sets["changed"] ?? [])).map(row))
    try await store.delete(update.filter { $0.change == .orphaned }.map(\.id), .soft)
    return sets
  }

  private static let columns = """
    metaxy_provenance_by_field JSON, metaxy_provenance VARCHAR, metaxy_feature_version VARCHAR,
    metaxy_project_version VARCHAR, metaxy_data_version_by_field JSON, metaxy_data_version VARCHAR,
    metaxy_created_at TIMESTAMPTZ, metaxy_materialization_id VARCHAR, metaxy_updated_at TIMESTAMPTZ,
    metaxy_deleted_at TIMESTAMPTZ
    """

  private static func feature(
    _ key: FeatureKey, _ type: any Feature.Type, of parent: FeatureKey? = nil
  ) -> RegisteredFeature {
    RegisteredFeature(
      key, type: type, project: "samples", table: "\(key)", idColumns: ["id"],
      columns: [RegisteredColumn("id", codingKey: "id", type: .string)],
      fields: [
        RegisteredField(
          "x", codeVersion: parent == nil ? "__metaxy_initial__" : "1",
          parents: parent.map { [RegisteredParent($0, fields: ["x"])] } ?? [])
      ],
      dependencies: parent.map { [RegisteredDependency($0, on: ["id"])] } ?? [], featureVersion: "1", specVersion: "1")
  }

  private static let registry = FeatureRegistry(
    project: "samples", projectVersion: "1", hashTruncationLength: 8,
    features: [
      feature("a", Ingested.self), feature("b", Scored.self, of: "a"), feature("c", Ranked.self, of: "b"),
    ])
}

@Feature("a", idColumns: ["id"])
struct Ingested: Equatable {
  var id: String
}

@Feature("b", idColumns: ["id"])
struct Scored: Equatable {
  var id: String
}

@Feature("c", idColumns: ["id"])
struct Ranked: Equatable {
  var id: String
}

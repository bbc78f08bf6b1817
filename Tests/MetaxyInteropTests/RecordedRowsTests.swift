import Foundation
import MetaxyFiles
import MetaxyStore
import MetaxyTestSupport
import ProgramFeaturesSince01
import Testing

/// Rows since Metaxy 0.1, written and read by both sides, where Metaxy has a store: on PostgreSQL.
struct RecordedRowsTests {
  /// - Parameter prefix: the `table_prefix` of the store, on both sides.
  @Test(arguments: ["", "dev_"])
  func rowsOfEachSideAreThoseOfTheOther(prefix: String) async throws {
    let project = try Project(prefix: prefix)
    let store = try await MetadataStore.open("dev", registry: .samples, directory: project.path)
    try await store.write(["1", "2"].map { Sample(id: $0, path: "/\($0)") }, materializationID: "swift") { sample in
      ["x": "x\(sample.id)", "y": "y\(sample.id)"]
    }
    try await store.write([Score(id: "1", value: 1), Score(id: "2", value: nil)])

    let ours = try project.python("read")
    #expect(ours["update"] as? [String: Int] == ["new": 0, "stale": 0, "orphaned": 0])
    let samples = try #require(ours["a"] as? [NSDictionary])
    #expect(samples.map { $0["path"] as? String } == ["/1", "/2"])
    #expect(samples.map { $0["metaxy_materialization_id"] as? String } == ["swift", "swift"])
    let scores = try #require(ours["b"] as? [NSDictionary])
    #expect(scores.map { $0["metaxy_provenance"] as? String } == ["21090451", "16730598"])
    #expect(
      scores.map { $0["metaxy_data_version_by_field"] as? [String: String] } == [
        ["x": "19520171", "y": "13059620"], ["x": "27966743", "y": "35525153"],
      ])

    // Metaxy finds one row stale and one new, and writes both.
    let theirs = try project.python("write")
    #expect(theirs["update"] as? [String: Int] == ["new": 0, "stale": 0, "orphaned": 0])
    let read = try await store.read(Score.self).order(by: Score.Columns.id.ascending).all()
    #expect(read.map(\.id) == ["1", "2", "3"] && read.map(\.value.value) == [0.5, nil, 0.5])
    let expected = try #require(theirs["b"] as? [NSDictionary])
    for (row, score) in zip(read, expected) {
      let provenance = try #require(score["metaxy_provenance_by_field"] as? [String: String])
      #expect(row.record?.provenance == ["x": try #require(provenance["x"]), "y": try #require(provenance["y"])])
      #expect(row.record?.provenanceHash == score["metaxy_provenance"] as? String)
      #expect(row.record?.updatedAt?.prefix(10) == (score["metaxy_updated_at"] as? String)?.prefix(10))
    }
    let latest = try #require(try await store.read(Sample.self).where(Sample.Columns.id == "1").first())
    #expect(latest.record?.provenance == ["x": "other", "y": "y1"] && latest.record?.materializationID == "python")

    // The same rows from here are as good as Metaxy's own.
    try await store.write(["1", "2", "3"].map { Score(id: $0, value: 2) })
    let again = try project.python("read")
    #expect(again["update"] as? [String: Int] == ["new": 0, "stale": 0, "orphaned": 0])
    #expect((again["b"] as? [NSDictionary])?.map { $0["value"] as? Double } == [2, 2, 2])

    // What Metaxy deletes is not there.
    _ = try project.python("delete")
    #expect(try await store.read(Score.self).order(by: Score.Columns.id.ascending).all().map(\.id) == ["1", "3"])
    try await store.write([Score(id: "2", value: 3)])
    #expect((try project.python("read")["b"] as? [NSDictionary])?.map { $0["value"] as? Double } == [2, 3, 2])
    await store.close()

    // Both record the graph in one table, and leave none beside those of the prefix.
    let pushed = try project.python("push")
    #expect(pushed["projects"] as? [String] == ["samples"])
    #expect((pushed["versions"] as? [String])?.contains(FeatureRegistry.samples.snapshotVersion) == true)
    let tables = try project.tables()
    #expect(tables.contains("\(prefix)a") && tables.contains("\(prefix)metaxy_system__feature_versions"))
    #expect(tables.allSatisfy { $0.hasPrefix(prefix) || $0.hasPrefix("alembic_version") })
  }
}

/// A project of generation 0.1, and a database that the built command migrated for it.
private final class Project {
  var path: String { project.path }
  private let database: EmptyDatabase
  private let project: BuiltProject

  private let prefix: String

  init(prefix: String) throws {
    self.prefix = prefix
    database = try EmptyDatabase(on: .postgresql)
    project = try BuiltProject(
      """
      project = "samples"
      store = "dev"
      entrypoints = ["Features"]
      [ext.sqlmodel]
      enable = true
      [ext.migrations]
      generation = "0.1"
      registry = "Features/FeatureRegistry.swift"
      [ext.migrations.stores.dev]
      url = "\(database.url)"
      table_prefix = "\(prefix)"

      """)
    let sources = "\(Repository.root)/Tests/ProgramFeatures/Since01"
    for name in ["Features.swift", "FeatureRegistry.swift"] {
      try project.write(try Files.text(at: "\(sources)/\(name)"), to: "Features/\(name)")
    }
    for command in [
      "init", "-c .metaxy/alembic-system revision --autogenerate", "-c .metaxy/alembic-system upgrade",
      "revision --autogenerate", "upgrade", "graph push", "check",
    ] {
      let run = try project.run(command)
      try #require(run.status == 0, "\(command): \(run.output)\(run.errors)")
    }
  }

  /// Returns what Metaxy's store reports after a job.
  func python(_ job: String) throws -> NSDictionary {
    try MetaxyPython.answer(
      of: "metaxy_rows_01.py", [job, database.url, prefix], in: URL(fileURLWithPath: project.path))
  }

  /// The names of the tables of the database.
  func tables() throws -> [String] {
    try database.rows(
      "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1")
  }
}

import Metaxy
import MetaxyErrors
import MetaxyStore
import MetaxyTestSupport
import ProgramFeaturesSince01
import Testing

/// A program of generation 0.1, with the command beside it. The hashes are those of Metaxy 0.1.11 for the same rows.
@Suite(.timed) struct Since01Tests {
  private func project(on engine: Engine, settings: String = "") throws -> ProgramProject {
    let project = try ProgramProject(
      on: engine, named: "samples", migrations: "generation = \"0.1\"", settings: settings)
    try project.takeFeatures(of: "Since01")
    return project
  }

  @Test(arguments: Engine.allCases)
  func rowsAreWrittenToMigratedTables(_ engine: Engine) async throws {
    let project = try project(on: engine)
    try project.run(
      "-q init", "-q -c .metaxy/alembic-system revision --autogenerate", "-q -c .metaxy/alembic-system upgrade",
      "-q revision --autogenerate", "-q upgrade")
    // The committed registry is that of the features, too.
    #expect(try project.run("check") == "in sync: the database is what the definitions ask for\n")
    let store = try await MetadataStore.open("dev", registry: .samples, directory: project.path)
    let samples = ["1", "2"].map { Sample(id: $0, path: "/\($0)") }
    func write() async throws {
      try await store.write(samples) { sample in ["x": "x\(sample.id)", "y": "y\(sample.id)"] }
    }
    #expect(await code { try await write() } == "snapshot_not_recorded")
    try project.run("-q graph push")
    try await write()
    try await store.write(samples.map { Score(id: $0.id, value: 0.5) })
    #expect(
      try project.query("SELECT metaxy_provenance_by_field, metaxy_provenance, value FROM b ORDER BY id") == [
        #"{"x": "19520171", "y": "13059620"}|21090451|0.5"#, #"{"x": "27966743", "y": "35525153"}|16730598|0.5"#,
      ])
    let pairs = try await store.read(Score.self).joined(with: Sample.self).where(Sample.Columns.path == "/2").all()
    #expect(pairs.map(\.0.value.id) == ["2"] && pairs.map(\.1.record?.provenanceHash) == ["41625289"])
    var streamed: [String] = []
    for try await row in store.read(Sample.self).rows { streamed.append(row.id) }
    #expect(streamed.sorted() == ["1", "2"])
    await store.close()
    // The settings of another generation are not those of the program.
    try project.run("-q check")
    try project.use("[ext.migrations]\ngeneration = \"0.1\"", "[ext.migrations]\ngeneration = \"seed\"")
    #expect(
      await code { _ = try await MetadataStore.open("dev", registry: .samples, directory: project.path) }
        == "unsupported_generation")
  }

  @Test(arguments: Engine.allCases)
  func missingTablesAreCreated(_ engine: Engine) async throws {
    let project = try project(on: engine, settings: "auto_create_tables = true")
    try project.run("-q generate", "-q init")
    let plain = FeatureRegistry.samples
    let registry = FeatureRegistry(
      project: plain.project, projectVersion: plain.snapshotVersion, hashTruncationLength: plain.hashTruncationLength,
      definitions: try project.definitions(), features: plain.features)
    let store = try await MetadataStore.open("dev", registry: registry, directory: project.path)
    try await store.write([Sample(id: "1", path: "/")]) { _ in ["x": "x1", "y": "y1"] }
    #expect(try await store.read(Sample.self).count() == 1)
    await store.close()
    #expect(try project.run("check").hasPrefix("in sync: the database is what the definitions ask for\n"))
  }

  private func code(_ body: () async throws -> Void) async -> String? {
    do {
      try await body()
      return nil
    } catch {
      return (error as? MetaxyError)?.code.rawValue ?? "\(error)"
    }
  }
}

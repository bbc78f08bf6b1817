import Metaxy
import MetaxyErrors
import MetaxyStore
import MetaxyTestSupport
import ProgramFeaturesBefore
import Testing

/// A store of development, whose missing tables the program creates.
@Suite(.timed) struct TableCreationTests {
  private func project(on engine: Engine) throws -> ProgramProject {
    let project = try ProgramProject(on: engine, settings: "auto_create_tables = true")
    try project.takeFeatures(of: "Before")
    try project.run("-q generate", "-q init")
    return project
  }

  /// The registry of the features with what `metaxy generate` wrote of their tables.
  private func registry(of project: ProgramProject) throws -> FeatureRegistry {
    let plain = FeatureRegistry.clips
    let definitions: String = try #require(try project.definitions())
    return FeatureRegistry(
      project: plain.project, snapshotVersion: plain.snapshotVersion, hashTruncationLength: plain.hashTruncationLength,
      definitions: definitions, features: plain.features)
  }

  @Test(arguments: Engine.allCases)
  func createdTablesLeaveNothingForARevision(_ engine: Engine) async throws {
    let project = try project(on: engine)
    let registry = try registry(of: project)
    let path = project.path
    // Two programs at once: one creates the tables, the other finds them.
    async let first = MetadataStore.open("dev", registry: registry, directory: path)
    async let second = MetadataStore.open("dev", registry: registry, directory: path)
    let stores = try await [first, second]
    for store in stores {
      #expect(try await store.write([BeforeProgram.clips[1]]) { ["frames": "f\($0.clipId)"] } == 1)
    }
    #expect(try await stores[0].read(Clip.self, history: true).count() == 2)
    for store in stores { await store.close() }
    #expect(try project.run("check").hasPrefix("in sync: the database is what the definitions ask for\n"))
    #expect(try project.run("revision --autogenerate") == "no changes detected, no file written\n")
    // A third one finds them, and the rows in them.
    let third = try await MetadataStore.open("dev", registry: registry, directory: project.path)
    #expect(try await third.read(Clip.self, history: true).count() == 2)
    await third.close()
  }

  /// Tables that refer to each other, in a schema of their own where the engine has any.
  @Test(arguments: Engine.allCases)
  func whatTablesNeedIsCreatedWithThem(_ engine: Engine) async throws {
    let project = try ProgramProject(on: engine, settings: "auto_create_tables = true")
    let schema = engine == .postgresql ? ", schema: \"media\"" : ""
    try project.write(
      """
      import Metaxy
      @Feature(
        "a/left", idColumns: ["id"], unique: [.unique("id")],
        foreignKeys: [.foreignKey(["right"], references: "b__right", ["id"])]\(schema))
      struct Left { var id: String; @Column(index: true) var right: String?; var kind: Kind }
      enum Kind: String, Codable { case still, moving }
      @Feature(
        "b/right", idColumns: ["id"], unique: [.unique("id")],
        foreignKeys: [.foreignKey(["left"], references: "a__left", ["id"])], checks: [.check("id <> 'it''s'")]\(schema))
      struct Right {
        var id: String
        var left: String?
        @Column(default: "\\\"") var quoted: String
      }
      """)
    try project.run("-q generate", "-q init")
    let registry = try registry(of: project)
    let store = try await MetadataStore.open("dev", registry: registry, directory: project.path)
    await store.close()
    #expect(try project.run("check").hasPrefix("in sync: the database is what the definitions ask for\n"))
  }

  /// Its rows are a revision's to bring along.
  @Test(arguments: Engine.allCases)
  func aTableUnderItsFormerNameIsNotMissing(_ engine: Engine) async throws {
    let project = try ProgramProject(on: engine, settings: "auto_create_tables = true")
    try project.write(
      "import Metaxy\n@Feature(\"new\", idColumns: [\"id\"], renamedFrom: \"old\") struct New { var id: Int }")
    try project.run("-q generate")
    try project.query("CREATE TABLE old (id BIGINT)")
    let registry = try registry(of: project)
    await (try MetadataStore.open("dev", registry: registry, directory: project.path)).close()
    #expect(throws: (any Error).self) { try project.query("SELECT * FROM new") }
  }

  @Test(arguments: Engine.allCases)
  func aTableThatIsThereIsNotTouched(_ engine: Engine) async throws {
    let project = try project(on: engine)
    try project.query("CREATE TABLE clip (clip_id BIGINT)")
    try project.query("INSERT INTO clip VALUES (7)")
    let store = try await MetadataStore.open("dev", registry: try registry(of: project), directory: project.path)
    await store.close()
    #expect(try project.query("SELECT * FROM clip") == ["7"])
    #expect(try project.query("SELECT count(*) FROM clip__face") == ["0"])
  }

  @Test func aSnapshotThatIsRecordedIsStillAskedFor() async throws {
    let project = try project(on: .sqlite)
    try project.run("-q -c .metaxy/alembic-system revision --autogenerate", "-q -c .metaxy/alembic-system upgrade")
    let store = try await MetadataStore.open("dev", registry: try registry(of: project), directory: project.path)
    #expect(try await store.write([BeforeProgram.clips[1]]) { _ in ["frames": "f"] } == 1)
    try project.query(
      """
      INSERT INTO "metaxy-system__feature_versions" (
        project, feature_key, feature_version, feature_spec_version, feature_tracking_version, recorded_at,
        feature_spec, feature_class_path, snapshot_version)
      VALUES ('clips', 'clip', 'v', 's', 't', '2026-11-22 10:00:00', '{}', 'Clip', 'another')
      """)
    do {
      try await store.write([BeforeProgram.clips[2]]) { _ in ["frames": "f"] }
      Issue.record("another snapshot was taken for the program's own")
    } catch let error as MetaxyError {
      #expect(error.code == .snapshotDiffers)
    }
    await store.close()
  }

  @Test func withoutTheSettingTheRegistryHoldsNoDefinitions() throws {
    let project = try ProgramProject(on: .sqlite)
    try project.takeFeatures(of: "Before")
    try project.run("-q generate")
    #expect(try project.definitions() == nil)
  }
}

import Foundation
import Metaxy
import MetaxyErrors
import MetaxyFileWriting
import MetaxyFiles
import MetaxyStore
import MetaxyTestSupport
import Testing

/// Stores by their names in `metaxy.toml`.
@Suite(.timed, .oneAfterAnother) struct OpeningTests {
  private func project(_ text: String) throws -> TemporaryDirectory {
    let directory = try TemporaryDirectory()
    try Files.write(text, to: "\(directory.path)/metaxy.toml")
    return directory
  }

  private func configuration(_ database: TestDatabase, _ more: String = "", sqlmodel: String = "enable = true")
    -> String
  {
    """
    project = "pipeline"
    [ext.sqlmodel]
    \(sqlmodel)
    [ext.migrations.stores.dev]
    url = "\(database.url)"
    \(more)
    """
  }

  @Test func aStoreIsOpenedByItsName() async throws {
    let database = try TestDatabase(.sqlite)
    let project = try project(configuration(database, "hash_algorithm = \"xxhash64\""))
    let store = try await MetadataStore.open("dev", registry: .test(), directory: project.path)
    #expect(store.hashAlgorithm == .xxhash64)
    try await store.write([Video.sample(1)]) { _ in ["frames": "abc123", "audio": "9f"] }
    try await store.write([Crop(sampleId: "s1", width: 1)])
    #expect(try await store.read(Crop.self).first()?.dataVersion == ["frames": "275892543675242933"])
    let error = await failure { try await MetadataStore.open("prod", registry: .test(), directory: project.path) }
    #expect(error?.code == .unknownStore)
  }

  @Test func theAlgorithmOfMetaxysOwnSectionIsRead() async throws {
    let database = try TestDatabase(.sqlite)
    let own = """
      [stores.dev]
      type = "metaxy.metadata_store.sqlite.SQLiteMetadataStore"
      [stores.dev.config]
      hash_algorithm = "sha256"
      """
    let project = try project(configuration(database, own))
    #expect(
      try await MetadataStore.open("dev", registry: .test(), directory: project.path).hashAlgorithm == .sha256)
  }

  @Test func anUnknownAlgorithmIsRefused() async throws {
    let database = try TestDatabase(.sqlite)
    let project = try project(configuration(database, "hash_algorithm = \"wyhash\""))
    let error = await failure { try await MetadataStore.open("dev", registry: .test(), directory: project.path) }
    #expect(error?.message == "store `dev` has an unknown hash algorithm `wyhash`")
  }

  /// Without system tables there is nothing to hold the program's snapshot against.
  @Test func withoutSystemTablesTheSnapshotIsNotAskedFor() async throws {
    let database = try TestDatabase(.sqlite, snapshot: nil)
    let off = try project(configuration(database, sqlmodel: "enable = true\nsystem_tables = false"))
    let store = try await MetadataStore.open("dev", registry: .test(), directory: off.path)
    #expect(try await store.write([Video.sample(1)]) { $0.given } == 1)
    let on = try project(configuration(database))
    let checked = try await MetadataStore.open("dev", registry: .test(), directory: on.path)
    let error = await failure { try await checked.write([Video.sample(2)]) { $0.given } }
    #expect(error?.code == .snapshotNotRecorded)
  }

  /// Creating tables requires definitions; in production none are created, whatever the project's setting is.
  @Test func onlyAStoreThatCreatesTablesNeedsTheirDefinitions() async throws {
    let database = try TestDatabase(.sqlite, withTables: false)
    let all = "auto_create_tables = true\n"
    for (text, creates) in [
      (configuration(database), false), (configuration(database, "auto_create_tables = true"), true),
      (all + configuration(database), true), (all + configuration(database, "auto_create_tables = false"), false),
      (all + configuration(database, "production = true"), false),
    ] {
      let project = try project(text)
      guard creates else {
        let store = try await MetadataStore.open("dev", registry: .test(), directory: project.path)
        #expect(await failure { try await store.read(Video.self).all() }?.code == .tableMissing)
        continue
      }
      let error = await failure { try await MetadataStore.open("dev", registry: .test(), directory: project.path) }
      #expect(error?.code == .noDefinitions)
      #expect(error?.hints.first?.description.contains(" generate` writes") == true)
    }
  }

  @Test func aDatabaseOpenedByItsURLCreatesTablesOnlyWhenAsked() async throws {
    let database = try TestDatabase(.sqlite, withTables: false)
    await (try MetadataStore.open(url: database.url, registry: .test())).close()
    let error = await failure {
      try await MetadataStore.open(url: database.url, registry: .test(), createsTables: true)
    }
    #expect(error?.code == .noDefinitions)
  }
}

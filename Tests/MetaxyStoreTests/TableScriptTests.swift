import MetaxyDatabase
import MetaxyErrors
import MetaxyNames
import MetaxyRegistry
import MetaxyStore
import MetaxyTestSupport
import Testing

/// The statements of a registry that creates tables, as text.
@Suite struct TableScriptTests {
  private static let script = TableScript(
    [
      .init(.schema("media"), "CREATE SCHEMA \"media\""),
      .init(.type(TableName("kind", schema: "media")), "CREATE TYPE \"media\".\"kind\" AS ENUM ('it''s', 'b\\n')"),
      .init(.table(TableName("a", schema: "media")), "CREATE TABLE \"media\".\"a\" (\n  \"n\" BIGINT\n)"),
      .init(.table("b"), "CREATE TABLE \"b\" (\n\n)"),
      .init(.table(TableName("a", schema: "media")), "ALTER TABLE \"media\".\"a\" ADD CHECK (true)"),
    ], formerNames: [TableName("a", schema: "media"): TableName("old", schema: "media")])

  @Test func whatIsWrittenIsRead() throws {
    let text = TableScript.text(of: [("postgresql", Self.script), ("sqlite", TableScript([]))])
    #expect(try TableScript(text, dialect: "postgresql") == Self.script)
    #expect(try TableScript(text, dialect: "sqlite") == TableScript([]))
    #expect(try TableScript(text, dialect: "oracle") == nil)
    #expect(Self.script.tables == [TableName("a", schema: "media"), "b"])
  }

  /// Of an older registry, which contains a record, or of one that was edited.
  @Test(arguments: [
    #"{"tables": {"video": {"columns": []}}}"#, #"{"sqlite": {}}"#, #"{"sqlite": [{"table": "a"}]}"#,
    #"{"sqlite": [{"sql": ["SELECT 1"]}]}"#,
  ])
  func otherTextsHoldNoScript(text: String) throws {
    #expect(try TableScript(text, dialect: "sqlite") == nil)
  }

  @Test func anOlderRegistryMustBeGeneratedAgain() async throws {
    let database = try TestDatabase(.sqlite, withTables: false)
    let plain = FeatureRegistry.test()
    let registry = FeatureRegistry(
      project: plain.project, snapshotVersion: plain.snapshotVersion, hashTruncationLength: nil,
      definitions: #"{"tables": {}}"#, features: plain.features)
    do {
      _ = try await MetadataStore.open(url: database.url, registry: registry, createsTables: true)
      Issue.record("tables were created from another form of definitions")
    } catch let error as MetaxyError {
      #expect(error.code.rawValue == "no_definitions")
      #expect(error.hints.first?.description.contains(" generate`") == true)
    }
  }
}

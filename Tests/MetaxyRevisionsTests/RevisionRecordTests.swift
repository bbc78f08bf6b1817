import MetaxyErrors
import MetaxyFeatures
import MetaxyGraph
import MetaxyJSON
import MetaxyMigrationErrors
import MetaxyNames
import MetaxyPostgreSQL
import MetaxyRevisions
import MetaxySQL
import MetaxySQLite
import MetaxySchema
import Testing

@Suite struct RevisionRecordTests {
  private let column = Column(name: "fps", type: .double)

  @Test func theTableIsThatOfTheDefinitionWhateverItsCapitalsInTheDatabase() throws {
    let desired = Table(name: "video", columns: [column])
    let record = RevisionRecord(
      of: [.addColumn(.init(table: "Video", column: column)), .dropTable(.init(Table(name: "Clip")))],
      desired: Schema([desired]),
      rules: SQLiteDialect())
    #expect(record.tables == ["video": desired, "Clip": nil])

    var schema = Schema([Table(name: "Video"), Table(name: "CLIP"), Table(name: "other")])
    record.fold(into: &schema, rules: SQLiteDialect())
    #expect(schema == Schema([desired, Table(name: "other")]))
  }

  @Test func aRenamedTableGoesAndComes() {
    let desired = Table(name: "video", columns: [column])
    let record = RevisionRecord(
      of: [.renameTable(.init("clip", to: "video"))], desired: Schema([desired]), rules: SQLiteDialect())
    var schema = Schema([Table(name: "clip", columns: [column])])
    record.fold(into: &schema, rules: SQLiteDialect())
    #expect(schema == Schema([desired]))
    let capitals = RevisionRecord(
      of: [.renameTable(.init("Video", to: "video"))], desired: Schema([desired]), rules: SQLiteDialect())
    #expect(capitals.tables == ["video": desired])
  }

  @Test func versionsOfFeaturesAreReadAsTheyWereWritten() throws {
    var record = RevisionRecord(tables: ["video": nil])
    // Keys are the same when their scalars are: `é` as one and as two are different features.
    record.features = FeatureVersionChange.changes(
      from: ["video": "aa", "gone": "bb", "same": "cc", "e\u{301}": "dd"],
      to: ["video": "ee", "same": "cc", "video/crop": "ff", "\u{E9}": "dd"])
    #expect(
      record.features == [
        "video": .init(from: "aa", to: "ee"), "gone": .init(from: "bb", to: nil),
        "video/crop": .init(from: nil, to: "ff"), "e\u{301}": .init(from: "dd", to: nil),
        "\u{E9}": .init(from: nil, to: "dd"),
      ])
    let text = record.text
    #expect(try RevisionRecord(json: JSONValue(parsing: text, file: "record")) == record)
    #expect(record.text == text)
  }

  @Test(arguments: [
    #"{"video": "aa"}"#, #"[{"from": null, "to": "aa"}]"#, #"[{"key": "video", "from": 1, "to": "aa"}]"#,
  ])
  func versionsThatAreNoneAreRefused(_ features: String) throws {
    let json = try JSONValue(parsing: #"{"format": 1, "tables": [], "features": \#(features)}"#, file: "record")
    #expect { try RevisionRecord(json: json) } throws: { ($0 as? MetaxyError)?.code == .malformedRecord }
  }

  @Test func theIndexesOfAMaterializedViewAreKept() {
    let old = Index(name: .given("ix_old"), elements: [IndexElement(.column("a"))])
    let new = Index(name: .given("ix_new"), elements: [IndexElement(.column("b"))], isUnique: true)
    var desired = Schema()
    desired.materializedViews["m"] = MaterializedView(name: "m", indexes: [new])
    let operations: [MigrationOperation] = [
      .dropIndex(.init(table: "m", index: old)), .createIndex(.init(table: "m", index: new)),
    ]
    let record = RevisionRecord(of: operations, desired: desired, rules: SQLiteDialect())
    var schema = Schema()
    schema.materializedViews["m"] = MaterializedView(name: "m", indexes: [old])
    #expect(schema.applying(operations).materializedViews["m"]?.indexes == [new])
    record.fold(into: &schema, rules: SQLiteDialect())
    #expect(schema.materializedViews["m"]?.indexes == [new])
    #expect(schema.tables.isEmpty && schema.materializedViews.count == 1)
  }

  @Test func capitalsTellTablesApartWhereTheEngineTellsThemApart() {
    let (capital, small) = (Table(name: "Video", columns: [column]), Table(name: "video"))
    var schema = Schema([capital])
    RevisionRecord(of: [.createTable(.init(small))], desired: Schema([capital, small]), rules: PostgreSQLDialect())
      .fold(into: &schema, rules: PostgreSQLDialect())
    #expect(schema == Schema([capital, small]))
    let removal = RevisionRecord(of: [.dropTable(.init(capital))], desired: Schema([small]), rules: PostgreSQLDialect())
    #expect(removal.tables == ["Video": nil])
    removal.fold(into: &schema, rules: PostgreSQLDialect())
    #expect(schema == Schema([small]))
  }

  @Test func driftIsNotedByDialect() throws {
    var record = RevisionRecord()
    record.drift = ["sqlite": ["add_column clip.hand"], "postgresql": ["remove_index a", "add_table b"]]
    #expect(record.text.contains(#""drift": {"#))
    let read = try RevisionRecord(json: JSONValue(parsing: record.text, file: "record"))
    #expect(read == record)
    #expect(!RevisionRecord().text.contains("drift"))
  }

  @Test(arguments: [#"["a"]"#, #"{"sqlite": "a"}"#, #"{"sqlite": [1]}"#])
  func otherDriftIsRefused(_ drift: String) throws {
    let json = try JSONValue(parsing: #"{"format": 1, "tables": [], "drift": \#(drift)}"#, file: "record")
    #expect { try RevisionRecord(json: json) } throws: { ($0 as? MetaxyError)?.code == .malformedRecord }
  }
}

import MetaxyErrors
import MetaxyFeatures
import MetaxyGraph
import MetaxyNames
import MetaxySQL
import MetaxySchema
import Testing

@Suite struct DerivationTests {
  private func derive(
    _ features: [FeatureDefinition], infersTableNames: Bool = true, reserved: Set<TableName> = []
  ) -> (desired: DesiredSchema, problems: [Diagnostic]) {
    Derivation(infersTableNames: infersTableNames, reservedTables: reserved).schema(of: features)
  }

  private func table(_ change: (inout FeatureDefinition) -> Void) throws -> Table {
    let derived = derive([.feature("video", change)])
    #expect(derived.problems == [])
    return try #require(derived.desired.schema.sorted.first)
  }

  @Test func systemColumnsComeFirstInMetaxysOrder() throws {
    let table = try table { $0.columns.append(.column("path", .string) { $0.isNullable = true }) }
    #expect(
      table.columns.map(\.name) == [
        "data_version", "feature_version", "feature_spec_version", "snapshot_version", "sample_uid", "path",
      ])
    #expect(table.columns.map(\.type) == [.json, .string, .string, .string, .string, .string])
    #expect(table.columns.map(\.isNullable) == [true, true, true, true, false, true])
    #expect(table.primaryKey == nil)
  }

  /// The prefix of a store is in front of the tables of features, of explicit and of former names, and of no other table.
  @Test func prefixIsInFrontOfEveryTableOfAFeature() throws {
    let features = [
      FeatureDefinition.feature("video") {
        $0.columns.append(.column("size", .integer) { $0.isIndexed = true })
        $0.primaryKey = ["sample_uid"]
        $0.tableRenamedFrom = "clip"
      },
      .feature("crop") {
        $0.table = "Crops"
        $0.columns.append(.column("video", .string) { $0.references = .column("sample_uid", of: "video") })
        $0.columns.append(.column("user", .string) { $0.references = .column("id", of: "users") })
      },
    ]
    let derivation = Derivation(infersTableNames: true, reservedTables: [], prefix: "dev_")
    let desired = derivation.schema(of: features).desired
    let video = try #require(desired.schema["dev_video"])
    let crop = try #require(desired.schema["dev_Crops"])
    #expect(video.indexes.map(\.name.text) == ["ix_dev_video_size"])
    #expect(video.primaryKey?.name?.text == "pk_dev_video")
    #expect(desired.renames.tables == ["dev_video": "dev_clip"])
    #expect(crop.foreignKeys.map(\.table) == ["dev_video", "users"])
    #expect(derivation.tableName(of: features[1]) == "dev_Crops")
    #expect(derivation.replacing(prefix: "").tableName(of: features[1]) == "Crops")
  }

  /// The names of SQLAlchemy 2.1 for Metaxy's definitions with a prefix, from `CREATE INDEX` for PostgreSQL.
  @Test func systemTablesHaveThePrefixInEveryName() throws {
    let tables = SystemTables.schema(.release01, prefix: "staging_")
    let versions = try #require(tables["staging_metaxy_system__feature_versions"])
    #expect(Set(versions.indexes.map(\.name.text)) == Set(Self.staging))
    #expect(tables["staging_metaxy_system__events"] != nil)
    #expect(SystemTables.generation(of: "staging_metaxy_system__events") == .release01)
    #expect(SystemTables.isSystem("staging_metaxy_system__events", prefix: "staging_"))
    #expect(!SystemTables.isSystem("staging_metaxy_system__events", prefix: ""))
    #expect(SystemTables.isSystem("_metaxy_new_dev_metaxy-system__feature_versions", prefix: "dev_"))
  }

  private static let staging = [
    "idx_staging_metaxy_system__feature_versions_lookup",
    "ix_staging_metaxy_system__feature_versions_feature_key",
    "ix_staging_metaxy_system__feature_versions_metaxy_featu_cb2f",
    "ix_staging_metaxy_system__feature_versions_metaxy_proje_ede0",
    "ix_staging_metaxy_system__feature_versions_project",
    "ix_staging_metaxy_system__feature_versions_recorded_at",
  ]
  @Test func withoutAKeyTheIDColumnsAndTheVersionAreIndexed() throws {
    #expect(
      try table { _ in }.indexes == [
        Index(name: .derived("ix_video_sample_uid_feature_version"), elements: ["sample_uid", "feature_version"])
      ])
    let declared = try table {
      $0.indexes = [.index(on: ["sample_uid", "feature_version"], unique: true, name: "mine")]
    }
    #expect(
      declared.indexes == [
        Index(name: .given("mine"), elements: ["sample_uid", "feature_version"], isUnique: true)
      ])
    let unique = try table { $0.unique = [.unique("sample_uid", "feature_version")] }
    #expect(unique.indexes == [])
    let reversed = try table { $0.unique = [.unique("feature_version", "sample_uid")] }
    #expect(reversed.indexes.map(\.name.text) == ["ix_video_sample_uid_feature_version"])
    let keyed = try table { $0.primaryKey = ["sample_uid", "feature_version"] }
    #expect(keyed.indexes == [])
    #expect(keyed.primaryKey == PrimaryKey(name: .derived("pk_video"), columns: ["sample_uid", "feature_version"]))
  }

  @Test func columnsOfKeysAndIDsAreNotNullInWords() throws {
    let table = try table {
      $0.idColumns = ["a", "B"]
      $0.columns = ["a", "b", "c", "d"].map { .column($0, .string) { $0.isNullable = true } }
      $0.primaryKey = ["a", "feature_version", "C"]
    }
    #expect(table.columns.filter { !$0.isNullable }.map(\.name) == ["feature_version", "a", "b", "c"])
  }

  @Test func aColumnOfItsOwnKeyIsThePrimaryKey() throws {
    let table = try table {
      $0.columns.append(
        .column("n", .integer) {
          $0.isPrimaryKey = true; $0.isNullable = true
        })
    }
    #expect(table.primaryKey?.columns == ["n"])
    #expect(table.column("n")?.isNullable == false)
  }

  @Test func aUniqueColumnHasAConstraintAndAnIndexedOneAUniqueIndex() throws {
    let table = try table {
      $0.columns += [
        .column("u", .string) { $0.isUnique = true }, .column("i", .string) { $0.isIndexed = true },
        .column("both", .string) {
          $0.isUnique = true; $0.isIndexed = true
        },
      ]
      $0.unique = [.unique("u", "i"), .unique("i", name: "mine")]
    }
    #expect(
      table.uniques == [
        UniqueConstraint(name: .derived("uq_video_u"), columns: ["u"]),
        UniqueConstraint(name: .derived("uq_video_u_i"), columns: ["u", "i"]),
        UniqueConstraint(name: .given("mine"), columns: ["i"]),
      ])
    #expect(
      table.indexes.dropFirst() == [
        Index(name: .derived("ix_video_i"), elements: ["i"]),
        Index(name: .derived("ix_video_both"), elements: ["both"], isUnique: true),
      ])
  }

  @Test func anEnumerationIsCheckedWhereItsColumnIs() throws {
    let table = try table {
      $0.columns.append(.column("state", .varchar(6)) { $0.enumeration = ["new", "it's", "\"x\""] })
      $0.checks = [.check("state <> ''"), .check("1 = 1", name: "always")]
    }
    #expect(
      table.checks == [
        CheckConstraint(
          name: .derived("ck_video_state"), expression: "\"state\" IN ('new', 'it''s', '\"x\"')", column: "state"),
        CheckConstraint(name: .derived("ck_video_\(ObjectNames.hash(of: "state <> ''"))"), expression: "state <> ''"),
        CheckConstraint(name: .given("always"), expression: "1 = 1"),
      ])
  }

  @Test func referencesOfColumnsStandWithThem() throws {
    let table = try table {
      $0.columns.append(
        .column("up", .string) { $0.references = .column("id", of: "parent", onDelete: .cascade) })
      $0.foreignKeys = [.foreignKey(["up", "sample_uid"], references: "other", ["a", "b"], name: "mine")]
    }
    #expect(
      table.foreignKeys == [
        ForeignKey(
          name: .derived("fk_video_up_parent"), columns: ["up"], table: "parent", referencedColumns: ["id"],
          onDelete: .cascade, column: "up"),
        ForeignKey(
          name: .given("mine"), columns: ["up", "sample_uid"], table: "other", referencedColumns: ["a", "b"]),
      ])
  }

  @Test func everythingThatAColumnSaysIsKept() throws {
    let column = ColumnDefinition.column("c", .numeric(12, 3)) {
      $0.isNullable = true
      $0.defaultValue = .currentTimestamp
      $0.generated = .virtual("1")
      $0.collation = "NOCASE"
      $0.comment = "what"
      $0.initialValue = .integer("7")
    }
    #expect(
      try table { $0.columns.append(column) }.column("c")
        == Column(
          name: "c", type: .numeric(12, 3), defaultValue: .currentTimestamp, generated: .virtual("1"),
          collation: "NOCASE", comment: "what", backfill: .integer("7")))
  }

  @Test func tablesAreNamedAfterKeysOrAsSQLModelDoes() {
    let feature = FeatureDefinition.feature("video/crop", type: "Crops.VideoCrop")
    #expect(derive([feature]).desired.schema.sorted.map(\.name) == ["video__crop"])
    #expect(derive([feature], infersTableNames: false).desired.schema.sorted.map(\.name) == ["videocrop"])
    let named = FeatureDefinition.feature("video/crop") { $0.table = "Mine" }
    #expect(derive([named], infersTableNames: false).desired.schema.sorted.map(\.name) == ["Mine"])
  }

  @Test(arguments: [
    ("metaxy-system__events", "Metaxy's own tables"), ("Metaxy-System__x", "Metaxy's own tables"),
    ("sqlite_master", "SQLite's own tables"), ("SQLITE_x", "SQLite's own tables"),
    ("alembic_version", "version table or a log"), ("Alembic_Version_Log", "version table or a log"),
    ("", "is empty"), (String(repeating: "t", count: 64), "has 64 bytes"),
  ])
  func tableNamesThatCannotWorkAreRefused(name: String, reason: String) {
    let problems = derive(
      [.feature("video") { $0.table = name }], reserved: ["alembic_version", "alembic_version_log"]
    ).problems
    #expect(problems.count == 1)
    #expect(problems.first?.message.contains(reason) == true)
    #expect(problems.first?.location.line == 1)
  }

  @Test func twoFeaturesWithOneTableAreRefusedAndBothEndsAreShown() {
    let problems = derive([.feature("a_/b", line: 3), .feature("a/_b", line: 9)]).problems
    #expect(problems.count == 1)
    #expect(problems.first?.location.line == 9)
    #expect(problems.first?.notes.first?.location?.line == 3)
    #expect(derive([.feature("video"), .feature("x", line: 2) { $0.table = "VIDEO" }]).problems.count == 1)
  }

  @Test func anIndexMayHaveNeitherTheNameOfAnotherNorOfATable() {
    func feature(_ key: String, line: Int, index: String) -> FeatureDefinition {
      .feature(key, line: line) { $0.indexes = [.index(on: ["sample_uid"], name: index)] }
    }
    let twice = derive([feature("a", line: 1, index: "i"), feature("b", line: 2, index: "I")]).problems
    #expect(twice.count == 1)
    #expect(twice.first?.location.line == 2)
    let ofTable = derive([feature("a", line: 1, index: "B"), feature("b", line: 2, index: "j")]).problems
    #expect(ofTable.count == 1)
    #expect(ofTable.first?.location.line == 1)
    #expect(ofTable.first?.message.contains("the table `b`") == true)
  }

  /// In PostgreSQL, each schema has one namespace for names.
  @Test func namesakesInOtherSchemasShareNothing() {
    func feature(_ key: String, schema: String?) -> FeatureDefinition {
      .feature(key, line: key == "a" ? 1 : 2) {
        $0.table = "video"
        $0.schema = schema
      }
    }
    #expect(derive([feature("a", schema: nil), feature("b", schema: "media")]).problems.isEmpty)
    #expect(!derive([feature("a", schema: "media"), feature("b", schema: "Media")]).problems.isEmpty)
  }

  @Test func systemTablesHaveTheColumnsThatAMetaxyProcessWrites() {
    #expect(
      SystemTables.schema(.seed)["metaxy-system__feature_versions"]?.columns.map(\.name) == [
        "project", "feature_key", "feature_version", "feature_spec_version", "feature_tracking_version", "recorded_at",
        "feature_spec", "feature_class_path", "snapshot_version",
      ])
    #expect(
      SystemTables.schema(.seed)["metaxy-system__migration_events"]?.columns.map(\.name) == [
        "project", "migration_id", "event_type", "timestamp", "feature_key", "rows_affected", "error_message",
      ])
    for table in SystemTables.schema(.seed).sorted {
      // The same feature may be pushed again under the same snapshot.
      #expect(table.primaryKey == nil && table.uniques == [] && !table.indexes.contains(where: \.isUnique))
    }
  }

  @Test func aChangeKnowsItsPlaceInTheSources() {
    let desired = derive([.feature("video", line: 5) { $0.columns.append(.column("fps", .double)) }]).desired
    let column = Column(name: "fps", type: .double)
    #expect(desired.source(of: .addColumn(.init(table: "video", column: column)))?.line == 2)
    #expect(
      desired.source(of: .dropColumn(.init(table: "video", column: Column(name: "gone", type: .double))))?.line == 5)
    #expect(desired.source(of: .dropTable(.init(Table(name: "other")))) == nil)
  }
}

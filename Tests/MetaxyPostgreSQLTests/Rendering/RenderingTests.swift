import MetaxyFeatures
import MetaxyNames
import MetaxyPostgreSQL
import MetaxyRuntime
import MetaxySQL
import MetaxySchema
import MetaxyTestSupport
import Testing

/// The words of operations, as PostgreSQL's reference spells them. https://www.postgresql.org/docs/15/sql-commands.html
@Suite(.timed) struct RenderingTests {
  private let dialect = PostgreSQLDialect()

  private func sections(_ operations: [MigrationOperation], on tables: [Table] = []) throws -> [[String]] {
    try dialect.sections(for: operations, on: RenamedSchema(Schema(tables))).map { section in
      (section.runsInTransaction ? [] : ["outside transactions"]) + section.statements.map(\.sql)
    }
  }

  private let video = Table(
    name: "video", columns: [Column(name: "id", type: .bigint, isNullable: false), Column(name: "path", type: .string)])

  @Test func aTableIsMadeWithAllThatBelongsToIt() throws {
    var table = Table(
      name: TableName("Shot list", schema: "film"),
      columns: [
        Column(name: "id", type: .bigint, isNullable: false),
        Column(name: "n", type: .integer, isNullable: false),
        Column(
          name: "twice", type: .integer, generated: .stored("n * 2"), comment: "it's \\n twice"),
        Column(name: "title", type: .varchar(40), defaultValue: "o'clock", collation: "C"),
      ],
      primaryKey: PrimaryKey(name: .given("pk_shot"), columns: ["id"]),
      checks: [CheckConstraint(name: .given("ck_n"), expression: "n > 0")], comment: "shots")
    table.columns[0].identity = Identity(.always, options: SequenceOptions(start: 10, increment: 5))
    table.columns[1].identity = Identity(.serial)
    table.options = [.unlogged]
    table.storage = ["fillfactor": "70"]
    #expect(
      try sections([.createTable(.init(table))]) == [
        [
          """
          CREATE UNLOGGED TABLE "film"."Shot list" (
            "id" BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY (INCREMENT BY 5 START WITH 10),
            "n" SERIAL NOT NULL,
            "twice" INTEGER GENERATED ALWAYS AS (n * 2) STORED,
            "title" VARCHAR(40) COLLATE "C" DEFAULT 'o''clock',
            CONSTRAINT "pk_shot" PRIMARY KEY ("id"),
            CONSTRAINT "ck_n" CHECK (n > 0)
          ) WITH (fillfactor = 70)
          """,
          #"COMMENT ON TABLE "film"."Shot list" IS 'shots'"#,
          #"COMMENT ON COLUMN "film"."Shot list"."twice" IS 'it''s \n twice'"#,
        ]
      ])
  }

  @Test func aSerialColumnThatIsNoUsualOneIsASequenceAndADefault() throws {
    var column = Column(name: "n", type: .integer, isNullable: false)
    column.identity = Identity(.serial, sequence: "ticket", options: SequenceOptions(start: 7))
    #expect(
      try sections([.addColumn(.init(table: "video", column: column))], on: [video]) == [
        [
          #"CREATE SEQUENCE "ticket" AS INTEGER START WITH 7"#,
          #"ALTER TABLE "video" ADD COLUMN "n" INTEGER NOT NULL DEFAULT nextval('"ticket"'::regclass)"#,
          #"ALTER SEQUENCE "ticket" OWNED BY "video"."n""#,
        ]
      ])
  }

  @Test func partitionsSayOnlyWhatDiffersFromTheirTable() throws {
    var log = Table(name: "log", columns: [Column(name: "day", type: .date), Column(name: "n", type: .integer)])
    log.partitioning = "RANGE (day)"
    var year = Table(
      name: "log_2026", columns: [log.columns[0], Column(name: "n", type: .integer, defaultValue: 5)],
      checks: [CheckConstraint(name: .given("ck"), expression: "n < 9")])
    year.partition = Partition(of: "log", bound: "FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')")
    #expect(
      try sections([.createTable(.init(log)), .createTable(.init(year))]) == [
        [
          """
          CREATE TABLE "log" (
            "day" DATE,
            "n" INTEGER
          ) PARTITION BY RANGE (day)
          """,
          """
          CREATE TABLE "log_2026" PARTITION OF "log" (
            "n" WITH OPTIONS DEFAULT 5,
            CONSTRAINT "ck" CHECK (n < 9)
          ) FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
          """,
        ]
      ])
  }

  @Test func indexesOfTablesThatExistAreBuiltBesideOtherWork() throws {
    let index = Index(name: .given("ix"), elements: ["path", .expression("lower(path)", descending: true)])
    #expect(
      try sections([.createIndex(.init(table: "video", index: index))], on: [video]) == [
        [
          "outside transactions",
          #"CREATE INDEX CONCURRENTLY "ix" ON "video" ("path", (lower(path)) DESC)"#,
        ]
      ])
    #expect(
      try sections([.dropIndex(.init(table: "video", index: index))], on: [video]) == [
        ["outside transactions", #"DROP INDEX CONCURRENTLY "ix""#]
      ])
  }

  @Test func indexesOfNewTablesAreBuiltAtOnce() throws {
    let index = Index(name: .given("ix"), elements: ["path"])
    let statements = try sections([.createTable(.init(video)), .createIndex(.init(table: "video", index: index))])
    #expect(statements.count == 1)
    #expect(statements.first?.last == #"CREATE INDEX "ix" ON "video" ("path")"#)
  }

  @Test func withoutTheOnlineFormsAllIsDoneAtOnce() throws {
    let unique = UniqueConstraint(name: .given("uq"), columns: ["path"])
    let sections = try PostgreSQLDialect(isOnline: false).sections(
      for: [.addConstraint(.init(table: "video", constraint: .unique(unique)))], on: RenamedSchema(Schema([video])))
    #expect(
      sections.map { $0.statements.map(\.sql) } == [
        [#"ALTER TABLE "video" ADD CONSTRAINT "uq" UNIQUE ("path")"#]
      ])
  }

  @Test func aUniqueConstraintTakesTheIndexThatWasBuilt() throws {
    var unique = UniqueConstraint(name: .given("uq"), columns: ["path"])
    unique.deferral = .initiallyDeferred
    #expect(
      try sections([.addConstraint(.init(table: "video", constraint: .unique(unique)))], on: [video]) == [
        ["outside transactions", #"CREATE UNIQUE INDEX CONCURRENTLY "uq" ON "video" ("path")"#],
        [#"ALTER TABLE "video" ADD CONSTRAINT "uq" UNIQUE USING INDEX "uq" DEFERRABLE INITIALLY DEFERRED"#],
      ])
  }

  @Test func aUniqueConstraintThatChangesStaysUntilTheNewOneIsBuilt() throws {
    let old = UniqueConstraint(name: .given("uq"), columns: ["path"])
    let new = UniqueConstraint(name: .given("uq"), columns: ["path", "id"])
    let operations: [MigrationOperation] = [
      .dropConstraint(.init(table: "video", constraint: .unique(old))),
      .addConstraint(.init(table: "video", constraint: .unique(new))),
    ]
    #expect(
      try sections(operations, on: [video]) == [
        ["outside transactions", #"CREATE UNIQUE INDEX CONCURRENTLY "_metaxy_uq" ON "video" ("path", "id")"#],
        [
          #"ALTER TABLE "video" DROP CONSTRAINT "uq""#,
          #"ALTER TABLE "video" ADD CONSTRAINT "uq" UNIQUE USING INDEX "_metaxy_uq""#,
        ],
      ])
  }

  @Test func aColumnIsNeverNullOnceACheckHasLookedAtItsRows() throws {
    var new = video.columns[1]
    new.isNullable = false
    new.backfill = .initial(.string("/"))
    let change = MigrationOperation.changeColumn(
      .init(table: "video", aspect: .nullable, from: video.columns[1], to: new))
    // It ends in the 32 bits of FNV-1a of `video.path`.
    let name = #""_metaxy_not_null_cabe19cd""#
    #expect(
      try sections([change], on: [video]) == [
        [#"ALTER TABLE "video" ADD CONSTRAINT \#(name) CHECK ("path" IS NOT NULL) NOT VALID"#],
        [#"UPDATE "video" SET "path" = '/' WHERE "path" IS NULL"#],
        ["outside transactions", #"ALTER TABLE "video" VALIDATE CONSTRAINT \#(name)"#],
        [#"ALTER TABLE "video" ALTER COLUMN "path" SET NOT NULL"#, #"ALTER TABLE "video" DROP CONSTRAINT \#(name)"#],
      ])
  }

  @Test func checksAndForeignKeysAreValidatedAfterwards() throws {
    let check = CheckConstraint(name: .given("ck"), expression: "id > 0")
    let key = ForeignKey(
      name: .given("fk"), columns: ["id"], table: "other", referencedColumns: ["id"], onDelete: .cascade)
    let operations: [MigrationOperation] = [
      .addConstraint(.init(table: "video", constraint: .check(check))),
      .addConstraint(.init(table: "video", constraint: .foreignKey(key))),
    ]
    #expect(
      try sections(operations, on: [video]) == [
        [
          #"ALTER TABLE "video" ADD CONSTRAINT "ck" CHECK (id > 0) NOT VALID"#,
          #"""
          ALTER TABLE "video" ADD CONSTRAINT "fk" FOREIGN KEY ("id") REFERENCES "other" ("id") ON DELETE CASCADE NOT VALID
          """#,
        ],
        [
          "outside transactions", #"ALTER TABLE "video" VALIDATE CONSTRAINT "ck""#,
          #"ALTER TABLE "video" VALIDATE CONSTRAINT "fk""#,
        ],
      ])
  }

  @Test func whatHasNoOnlineFormIsAnnounced() throws {
    var parted = video
    parted.partitioning = "LIST (id)"
    let index = Index(name: .given("ix"), elements: ["path"])
    let exclusion = ExclusionConstraint(
      name: .given("ex"), method: "gist", elements: [.init("path", with: "&&")])
    let operations: [(MigrationOperation, Table)] = [
      (.createIndex(.init(table: "video", index: index)), parted),
      (.addConstraint(.init(table: "video", constraint: .exclusion(exclusion))), video),
    ]
    for (operation, table) in operations {
      let sections = try dialect.sections(for: [operation], on: RenamedSchema(Schema([table])))
      #expect(sections.map(\.runsInTransaction) == [true])
      let notes = sections.flatMap(\.statements).flatMap(\.notes)
      #expect(notes.contains { $0.contains("blocks writes to video") })
    }
  }

  @Test func aNewColumnGetsItsValuesWithoutBeingWritten() throws {
    let column = Column(name: "fps", type: .double, isNullable: false, backfill: .float("24.0"))
    #expect(
      try sections([.addColumn(.init(table: "video", column: column))], on: [video]) == [
        [
          #"ALTER TABLE "video" ADD COLUMN "fps" DOUBLE PRECISION NOT NULL DEFAULT 24.0"#,
          #"ALTER TABLE "video" ALTER COLUMN "fps" DROP DEFAULT"#,
        ]
      ])
  }

  @Test func aColumnForWhichNoValueIsKnownWantsAnEmptyTable() throws {
    let column = Column(name: "fps", type: .double, isNullable: false)
    let sections = try dialect.sections(
      for: [.addColumn(.init(table: "video", column: column))], on: RenamedSchema(Schema([video])))
    #expect(sections.flatMap(\.statements).map(\.emptyTable) == ["video"])
    #expect(
      sections.flatMap(\.statements).flatMap(\.notes) == [
        "fails if video has rows, which have no value for fps"
      ])
  }

  @Test func newValuesOfEnumTypesComeBeforeAllElse() throws {
    let mood = EnumType(name: "mood", values: ["sad", "glad"])
    let first = AddEnumValue("angry", at: 0, of: mood)
    let column = Column(name: "mood", type: .raw("mood"), defaultValue: "angry")
    #expect(
      try sections([
        .addEnumValue(first), .addEnumValue(.init("so-so", at: 2, of: first.new)),
        .addColumn(.init(table: "video", column: column)),
      ])
        == [
          [
            "outside transactions",
            #"ALTER TYPE "mood" ADD VALUE IF NOT EXISTS 'angry' BEFORE 'sad'"#,
            #"ALTER TYPE "mood" ADD VALUE IF NOT EXISTS 'so-so' AFTER 'sad'"#,
          ],
          [#"ALTER TABLE "video" ADD COLUMN "mood" mood DEFAULT 'angry'"#],
        ])
  }

  @Test func objectsAroundTablesAreSaidInTheirWords() throws {
    let ticket = SequenceDefinition(name: "ticket", options: SequenceOptions(start: 100))
    var faster = ticket
    faster.options = SequenceOptions(increment: 10, cycles: true)
    let operations: [MigrationOperation] = [
      .createSchema(.init("archive")), .createSequence(.init(ticket)), .changeSequence(.init(from: ticket, to: faster)),
      .createEnum(.init(EnumType(name: "mood", values: ["it's", "ok"]))), .renameEnum(.init("mood", to: "temper")),
      .changeComment(.init("ticket", .sequence, from: nil, to: "numbers")),
      .dropSequence(.init(SequenceDefinition(name: "receipt"))),
      .dropSchema(.init("archive")),
    ]
    #expect(
      try sections(operations) == [
        [
          #"CREATE SCHEMA "archive""#, #"CREATE SEQUENCE "ticket" START WITH 100"#,
          #"ALTER SEQUENCE "ticket" INCREMENT BY 10 START WITH 1 CYCLE"#,
          #"CREATE TYPE "mood" AS ENUM ('it''s', 'ok')"#, #"ALTER TYPE "mood" RENAME TO "temper""#,
          #"COMMENT ON SEQUENCE "ticket" IS 'numbers'"#, #"DROP SEQUENCE "receipt""#, #"DROP SCHEMA "archive""#,
        ]
      ])
  }

  @Test func renamesAndSettingsAreSaidInTheirWords() throws {
    let old = UniqueConstraint(name: .given("a"), columns: ["path"])
    let new = UniqueConstraint(name: .given("b"), columns: ["path"])
    let partition = Partition(of: "log", bound: "DEFAULT")
    let operations: [MigrationOperation] = [
      .renameTable(.init("clip", to: "video")), .renameColumn(.init(table: "video", from: "size", to: "path")),
      .renameConstraint(.init(table: "video", from: .unique(old), to: .unique(new))),
      .renameIndex(
        .init(
          table: TableName("video", schema: "s"), from: Index(name: .given("i"), elements: ["path"]),
          to: Index(name: .given("j"), elements: ["path"]))),
      .changeStorage(.init(table: "video", from: ["fillfactor": "70"], to: ["autovacuum_enabled": "false"])),
      .changeTableOptions(.init(table: "video", from: [], to: [.unlogged])),
      .changePartition(.init(table: "video", from: nil, to: partition)),
      .changePartition(.init(table: "video", from: partition, to: nil)),
      .changeComment(.init("video", from: "x", to: nil)),
      .changeComment(.init("video", .constraint("b"), from: nil, to: "x")),
      .dropTable(.init(video)),
    ]
    #expect(
      try sections(operations) == [
        [
          #"ALTER TABLE "clip" RENAME TO "video""#, #"ALTER TABLE "video" RENAME COLUMN "size" TO "path""#,
          #"ALTER TABLE "video" RENAME CONSTRAINT "a" TO "b""#, #"ALTER INDEX "s"."i" RENAME TO "j""#,
          #"ALTER TABLE "video" SET (autovacuum_enabled = false)"#, #"ALTER TABLE "video" RESET (fillfactor)"#,
          #"ALTER TABLE "video" SET UNLOGGED"#, #"ALTER TABLE "log" ATTACH PARTITION "video" DEFAULT"#,
          #"ALTER TABLE "log" DETACH PARTITION "video""#, #"COMMENT ON TABLE "video" IS NULL"#,
          #"COMMENT ON CONSTRAINT "b" ON "video" IS 'x'"#, #"DROP TABLE "video""#,
        ]
      ])
  }

  @Test func typesOfOtherKindsAreCast() throws {
    // https://www.postgresql.org/docs/15/catalog-pg-cast.html: what has no assignment cast needs USING.
    let cases: [(ColumnType, ColumnType, String)] = [
      (.varchar(10), .varchar(3), "VARCHAR(3)"),
      (.integer, .string, "VARCHAR"),
      (.string, .integer, #"INTEGER USING "c"::integer"#),
      (.boolean, .bigint, #"BIGINT USING "c"::integer::bigint"#),
      (.smallint, .boolean, #"BOOLEAN USING "c" <> 0"#),
      (.raw("timestamp"), .timestamp, #"TIMESTAMP WITH TIME ZONE USING "c" AT TIME ZONE 'UTC'"#),
      (.string, .binary, #"BYTEA USING convert_to("c", 'UTF8')"#),
      (.raw("integer[]"), .raw("bigint[]"), "bigint[]"),
      (.integer, .uuid, #"UUID USING "c"::text::uuid"#),
      (.raw("bit(8)"), .raw("bit(4)"), "bit(4)"),
    ]
    for (old, new, words) in cases {
      let table = Table(name: "t", columns: [Column(name: "c", type: old)])
      let change = MigrationOperation.changeColumn(
        .init(
          table: "t", aspect: .type, from: table.columns[0], to: Column(name: "c", type: new)))
      #expect(
        try sections([change], on: [table]).flatMap(\.self).last == #"ALTER TABLE "t" ALTER COLUMN "c" TYPE \#(words)"#)
    }
  }
}

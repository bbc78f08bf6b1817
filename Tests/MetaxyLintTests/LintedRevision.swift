import MetaxyErrors
import MetaxyFeatures
import MetaxyLint
import MetaxyLintRules
import MetaxyNames
import MetaxyPostgreSQL
import MetaxyRevisions
import MetaxyRuntime
import MetaxySQL
import MetaxySQLite
import MetaxySchema

/// A revision of the tables `video` and `clip`.
struct LintedRevision {
  private static func dialect(_ name: String) -> any Dialect {
    name == "sqlite" ? SQLiteDialect() : PostgreSQLDialect()
  }
  private static let lexicons: Lexicons = ["sqlite": .sqlite, "postgresql": .postgresql]

  var findings: [LintFinding]
  var codes: [String] { findings.map(\.code) }

  /// A revision that was written by hand.
  ///
  /// - Parameters:
  ///   - sql: sections, or statements of one section.
  ///   - change: the change of the schema that its record has; nil for a revision without a record.
  init(_ sql: String, on dialect: String, _ change: ((inout Schema) -> Void)? = nil) throws {
    try self.init(sql, on: [dialect], change)
  }

  init(
    _ sql: String, on names: [String], _ change: ((inout Schema) -> Void)? = nil,
    _ direction: RevisionDirection = .upgrade, measured measurements: [Int: StatementMeasurement] = [:],
    settings: LintSettings = LintSettings()
  ) throws {
    let sections = sql.hasPrefix("-- metaxy:\(direction)") ? sql : "-- metaxy:\(direction) \(names[0])\n\(sql)\n"
    let file = try RevisionFile(
      parsing: "-- a change\n--\n-- Revision: a1\n\n\(sections)", path: "a1.sql", lexicons: Self.lexicons)
    let parts = try names.map { name in
      let dialect = Self.dialect(name)
      let before = Self.schema(on: name)
      var after = before
      change?(&after)
      let operations = dialect.operations(from: RenamedSchema(before), to: after)
      var part =
        direction == .upgrade
        ? try LintedSections(
          of: file, .upgrade, for: dialect, before: before, after: change == nil ? nil : after, operations: operations)
        : try LintedSections(
          of: file, .downgrade, for: dialect, before: after, after: before, operations: operations.reverseOperations)
      part.measurements = measurements
      return part
    }
    findings = RevisionLint(parts, settings).findings
  }

  /// A revision as the dialect renders a change of the schema.
  init(rendering change: (inout Schema) -> Void, on name: String) throws {
    let dialect = Self.dialect(name)
    let before = RenamedSchema(Self.schema(on: name))
    var after = before.before.definition
    change(&after)
    let operations = dialect.operations(from: before, to: after)
    let sections = try dialect.sections(for: operations, on: before).map { section in
      RevisionSection(
        .upgrade, dialect: name, runsInTransaction: section.runsInTransaction,
        turnsForeignKeysOff: section.turnsForeignKeysOff,
        statements: section.statements.map { RevisionStatement($0.sql) })
    }
    let file = RevisionFile(path: "a1.sql", message: "a change", revision: "a1", sections: sections)
    findings =
      RevisionLint([
        try LintedSections(
          of: file, .upgrade, for: dialect, before: before.before.definition, after: after, operations: operations)
      ]).findings
  }

  /// The tables before the revision.
  static func schema(on dialect: String) -> Schema {
    var video = Table(
      name: "video",
      columns: [
        Column(name: "id", type: .bigint, isNullable: false), Column(name: "path", type: .varchar(64)),
        Column(name: "size", type: .integer, isNullable: false), Column(name: "price", type: .numeric(10, 2)),
        Column(name: "state", type: .varchar(10), isNullable: false), Column(name: "owner", type: .bigint),
        Column(name: "made", type: .timestamp),
        Column(
          name: "half", type: .integer, generated: GeneratedValue(expression: "size / 2", isStored: true)),
      ], primaryKey: PrimaryKey(name: .given("pk_video"), columns: ["id"]),
      uniques: [UniqueConstraint(name: .given("uq_video_made"), columns: ["made"])],
      checks: [
        CheckConstraint(name: .given("ck_video_state"), expression: "state IN ('new', 'done')"),
        CheckConstraint(name: .given("ck_video_size"), expression: "size > 0"),
      ], indexes: [Index(name: .given("ix_video_path"), elements: [IndexElement(.column("path"))])])
    video.options = []
    let clip = Table(
      name: "clip",
      columns: [Column(name: "id", type: .bigint, isNullable: false), Column(name: "video_id", type: .bigint)],
      primaryKey: PrimaryKey(name: .given("pk_clip"), columns: ["id"]),
      foreignKeys: [
        ForeignKey(name: .given("fk_clip_video"), columns: ["video_id"], table: "video", referencedColumns: ["id"])
      ], indexes: [Index(name: .given("ix_clip_video_id"), elements: [IndexElement(.column("video_id"))])])
    var schema = Schema([video, clip])
    if dialect == "postgresql" {
      schema.enums["mood"] = EnumType(name: "mood", values: ["sad", "ok"])
      schema["video"]?.columns += [
        Column(name: "bits", type: .raw("BIT VARYING(4)")), Column(name: "list", type: .raw("INTEGER[]")),
      ]
    }
    return schema
  }
}

extension Schema {
  /// The table `video`.
  var video: Table {
    get { self["video"] ?? Table(name: "video") }
    set { self["video"] = newValue }
  }

  mutating func change(_ column: String, _ change: (inout Column) -> Void) {
    for place in video.columns.indices where video.columns[place].name == column { change(&video.columns[place]) }
  }
}

import MetaxyErrors
import MetaxyFeatures
import MetaxyGraph
import MetaxyJSON
import MetaxyMigrationErrors
import MetaxyNames
import MetaxySQL
import MetaxySchema
import MetaxyTestSupport
import Testing

@Suite struct RecordTests {
  private struct Missing: Error {}

  private func read(_ json: String) throws -> Table { try Table(json: JSONValue(parsing: json, file: "a.json")) }

  @Test func aTableIsWrittenInThisForm() throws {
    let table = Table(
      name: TableName("crop", schema: "media"),
      columns: [
        Column(name: "id", type: .varchar(64), isNullable: false),
        Column(name: "at", type: .timestamp, defaultValue: .currentTimestamp, comment: "when"),
        Column(name: "n", type: .numeric(12, 3), defaultValue: .literal(.integer("-1")), backfill: .boolean(true)),
        Column(name: "v", type: .raw("vector(3)", sqlite: "BLOB"), generated: .stored("f(n)"), collation: "C"),
      ],
      primaryKey: PrimaryKey(name: .derived("pk_crop"), columns: ["id"]),
      uniques: [UniqueConstraint(name: .given("one"), columns: ["n", "at"])],
      checks: [CheckConstraint(expression: "n > 0", column: "n")],
      foreignKeys: [ForeignKey(columns: ["id"], table: "video", referencedColumns: ["id"], onDelete: .setNull)],
      indexes: [
        Index(
          name: .derived("i"), elements: ["id", .descending("n"), .expression("lower(id)")], isUnique: true,
          predicate: .sql("n > 0", postgresql: "n > 1"))
      ], options: [.strict], comment: "crops")
    let text = """
      {
        "name": "crop", "schema": "media",
        "columns": [
          {"name": "id", "type": "string(64)", "nullable": false},
          {"name": "at", "type": "timestamp", "nullable": true, "default": "current_timestamp", "comment": "when"},
          {"name": "n", "type": "numeric(12, 3)", "nullable": true, "default": {"literal": {"integer": "-1"}},
           "backfill": true},
          {"name": "v", "type": {"raw": {"sql": "vector(3)", "variants": {"sqlite": "BLOB"}}}, "nullable": true,
           "generated": {"expression": "f(n)", "stored": true}, "collation": "C"}
        ],
        "primary_key": {"name": "pk_crop", "columns": ["id"]},
        "uniques": [{"name": {"given": "one"}, "columns": ["n", "at"]}],
        "checks": [{"expression": "n > 0", "column": "n"}],
        "foreign_keys": [{"columns": ["id"], "table": "video", "referenced_columns": ["id"], "on_delete": "SET NULL",
                          "on_update": "NO ACTION"}],
        "indexes": [{"name": "i", "elements": ["id", {"column": "n", "descending": true}, {"expression": "lower(id)"}],
                     "unique": true, "where": {"sql": "n > 0", "variants": {"postgresql": "n > 1"}}}],
        "options": ["strict"], "comment": "crops"
      }
      """
    #expect(table.json == (try JSONValue(parsing: text, file: "a.json")))
    #expect(try read(text) == table)
  }

  @Test func theValuesOfExistingRowsAreWrittenToo() throws {
    var table = Table(name: "t", columns: [Column(name: "a", type: .integer, isNullable: false)])
    let texts: [(Backfill, String)] = [
      (.initial(.string("current_timestamp")), #""current_timestamp""#),
      (.declared(.literal(.integer("24"))), #"{"literal": {"integer": "24"}}"#),
      (.declared(.sql("b / 2", sqlite: "b")), #"{"expression": {"sql": "b / 2", "variants": {"sqlite": "b"}}}"#),
    ]
    for (backfill, text) in texts {
      table.columns[0].backfill = backfill
      guard case .array(let columns)? = table.json["columns"] else { throw Missing() }
      #expect(columns[0]["backfill"] == (try JSONValue(parsing: text, file: "a.json")))
      #expect(try Table(json: table.json) == table)
    }
    // The current time is an expression, because a text is an initial value.
    table.columns[0].backfill = .declared(.currentTimestamp)
    #expect(try Table(json: table.json).columns[0].backfill == .declared(.expression("CURRENT_TIMESTAMP")))
    table.columns[0].using = .sql("CAST(a AS int)", postgresql: "a::int")
    #expect(try Table(json: table.json).columns[0].using == table.columns[0].using)
  }

  @Test func whatOnlySomeEnginesSayOfKeysIsWrittenToo() throws {
    var column = Column(name: "a", type: .string, isNullable: false)
    column.onConflict = .ignore
    var key = ForeignKey(columns: ["a"], table: "u", referencedColumns: [], deferral: .initiallyDeferred)
    key.match = "FULL"
    let table = Table(
      name: "t", columns: [column],
      primaryKey: PrimaryKey(elements: [.descending("a")], onConflict: .replace),
      uniques: [UniqueConstraint(elements: [.column("a", collation: "NOCASE")], onConflict: .fail)], foreignKeys: [key])
    let text = """
      {
        "name": "t", "columns": [{"name": "a", "type": "string", "nullable": false, "on_conflict": "IGNORE"}],
        "primary_key": {"columns": [{"column": "a", "descending": true}], "on_conflict": "REPLACE"},
        "uniques": [{"columns": [{"column": "a", "collation": "NOCASE"}], "on_conflict": "FAIL"}],
        "foreign_keys": [{"columns": ["a"], "table": "u", "referenced_columns": [], "on_delete": "NO ACTION",
                          "on_update": "NO ACTION", "deferral": "DEFERRABLE INITIALLY DEFERRED", "match": "FULL"}]
      }
      """
    #expect(table.json == (try JSONValue(parsing: text, file: "a.json")))
    #expect(try read(text) == table)
  }

  @Test(arguments: [
    #"{"columns": []}"#, #"{"name": "t", "columns": {}}"#, #"{"name": 1, "columns": []}"#,
    #"{"name": "t", "columns": [{"name": "a", "type": "strange", "nullable": true}]}"#,
    #"{"name": "t", "columns": [{"name": "a", "type": "string(x)", "nullable": true}]}"#,
    #"{"name": "t", "columns": [{"name": "a", "type": "string", "nullable": 1}]}"#,
    #"{"name": "t", "columns": [{"name": "a", "type": "string", "nullable": true, "default": "now"}]}"#,
    #"{"name": "t", "columns": [], "options": ["fast"]}"#,
    #"{"name": "t", "columns": [], "foreign_keys": [{"columns": [], "table": "u", "on_delete": "X", "on_update": ""}]}"#,
    #"{"name": "t", "columns": [], "indexes": [{"elements": ["a"], "unique": true}]}"#, #"[]"#,
  ])
  func whatCannotBeReadIsSaid(_ json: String) {
    let error = #expect(throws: MetaxyError.self) { try read(json) }
    #expect(error?.code == .malformedRecord)
  }

  @Test func randomTablesComeBackAsTheyWere() throws {
    let seed: UInt64 = 20_261_122
    var random = RandomTable(seed: seed)
    for number in 0..<500 {
      let table = random.next()
      let text = table.json.text()
      #expect(try read(text) == table, "seed \(seed), table \(number): \(text)")
    }
  }

  @Test func settingsAreRecorded() throws {
    var table = Table(name: "w", columns: [Column(name: "t", type: .string)], primaryKey: PrimaryKey(columns: ["t"]))
    table.settings.rowSecurity = RowSecurity(isEnabled: true, isForced: true)
    table.settings.clusteredIndex = "w_pkey"
    table.settings.parents = ["p", TableName("q", schema: "s")]
    table.primaryKey?.storage = ["fillfactor": "60"]
    table.columns[0].storage = ColumnStorage(
      strategy: "external", compression: "lz4", statistics: 0, options: ["n_distinct": "5"])
    table.columns[0].isInherited = true
    for identity in [ReplicaIdentity.primaryKey, .nothing, .full, .index("i")] {
      table.settings.replicaIdentity = identity
      let read = try Table(json: table.json)
      #expect(read == table)
      #expect(read.columns[0].isInherited)
    }
    for command in RowPolicy.Command.allCases {
      table.policies = [
        RowPolicy("p", for: command, isPermissive: command == .all, to: "a, \"b c\"", using: "t > 0", comment: "x"),
        RowPolicy("q", check: "t > 1"),
      ]
      #expect(try Table(json: table.json) == table)
    }
    let plain = Table(name: "w", columns: [Column(name: "t", type: .string)])
    #expect(plain.json["settings"] == nil)
  }
}

/// Tables that use every corner of the model.
private struct RandomTable {
  private var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  mutating func next() -> Table {
    var table = Table(name: TableName(text(), schema: maybe { $0.text() }), columns: some { $0.column() })
    table.primaryKey = maybe { PrimaryKey(name: $0.name(), columns: $0.some { $0.text() }) }
    table.uniques = some { UniqueConstraint(name: $0.name(), columns: $0.some { $0.text() }) }
    table.checks = some { CheckConstraint(name: $0.name(), expression: $0.sql(), column: $0.maybe { $0.text() }) }
    table.foreignKeys = some {
      ForeignKey(
        name: $0.name(), columns: $0.some { $0.text() }, table: TableName($0.text(), schema: $0.maybe { $0.text() }),
        referencedColumns: $0.some { $0.text() }, onDelete: $0.pick([.noAction, .restrict, .cascade]),
        onUpdate: $0.pick([.setNull, .setDefault, .noAction]), column: $0.maybe { $0.text() })
    }
    table.indexes = some {
      Index(
        name: $0.name() ?? .given("i"), elements: $0.some { $0.element() }, isUnique: $0.pick([true, false]),
        predicate: $0.maybe { $0.sql() })
    }
    table.options = pick([[], [.strict], [.withoutRowID, .strict]])
    table.comment = maybe { $0.text() }
    return table
  }

  private mutating func column() -> Column {
    let values: [LiteralValue] = [
      .string(text()), .integer("-12345678901234567890"), .float("1.50"), .boolean(false), .null,
    ]
    let types: [ColumnType] = [
      .string, .varchar(7), .bigint, .integer, .smallint, .double, .real, .boolean, .timestamp, .date, .time, .numeric,
      .numeric(12, 3), .numeric(precision: 5, scale: nil), .uuid, .binary, .interval, .json, .jsonb, .raw(sql()),
    ]
    let defaults: [ColumnDefault] = [.literal(pick(values)), .currentTimestamp, .expression(sql())]
    return Column(
      name: text(), type: pick(types), isNullable: pick([true, false]), defaultValue: maybe { $0.pick(defaults) },
      generated: maybe { GeneratedValue(expression: $0.sql(), isStored: $0.pick([true, false])) },
      collation: maybe { $0.text() }, comment: maybe { $0.text() }, backfill: maybe { $0.pick(values) })
  }

  private mutating func element() -> IndexElement {
    IndexElement(
      pick([.column(text()), .expression(sql())]), isDescending: pick([true, false]), collation: maybe { $0.text() })
  }

  private mutating func sql() -> SQLExpression {
    .sql(text(), sqlite: maybe { $0.text() }, postgresql: maybe { $0.text() })
  }

  private mutating func name() -> ConstraintName? { pick([nil, .given(text()), .derived(text())]) }

  private mutating func text() -> String {
    pick(["a", "", "it's", "\"q\"", "\\", "e\u{301}", "\u{1F3AC}", "\u{0}\n\u{7f}", "string(64)", "null"])
  }

  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &random)]
  }

  private mutating func maybe<Value>(_ make: (inout RandomTable) -> Value) -> Value? {
    Bool.random(using: &random) ? make(&self) : nil
  }

  private mutating func some<Value>(_ make: (inout RandomTable) -> Value) -> [Value] {
    (0..<Int.random(in: 0...3, using: &random)).map { _ in make(&self) }
  }
}

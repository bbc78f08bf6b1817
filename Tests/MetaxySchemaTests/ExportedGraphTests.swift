import MetaxyErrors
import MetaxyFeatures
import MetaxyGraph
import MetaxyJSON
import MetaxyNames
import MetaxySQL
import MetaxySchema
import Testing

@Suite struct ExportedGraphTests {
  private func read(_ text: String) -> ExportedGraph { ExportedGraph(Array(text.utf8), file: "graph.json") }

  private func lines(_ text: String) -> [String] {
    read(text).diagnostics.map { "\($0.location.line):\($0.location.column): \($0.severity): \($0.message)" }
  }

  /// A feature with everything that `@Feature` and `@Column` support.
  static let everything: FeatureDefinition = {
    func column(_ name: String, _ type: ColumnType, _ change: (inout ColumnDefinition) -> Void = { _ in })
      -> ColumnDefinition
    {
      var column = ColumnDefinition(
        property: name, name: name, type: type, source: SourceLocation(file: "f", line: 1, column: 1))
      change(&column)
      return column
    }
    var feature = FeatureDefinition(
      key: "video/crop", typeName: "Crops.Face", source: SourceLocation(file: "f", line: 1, column: 1),
      idColumns: ["sample_id", "face"], dependencies: [], fields: [.field("frames", codeVersion: "2")],
      metadata: ["cost": 3.50], attributes: ["owner": "zo\u{EB}"], table: "faces", schema: "media",
      tableRenamedFrom: "heads", comment: "Faces.",
      columns: [
        column("sample_id", .varchar(64)) { $0.collation = "NOCASE" },
        column("face", .bigint) { $0.references = .column("id", of: "face", onDelete: .cascade, name: "fk_face") },
        column("height", .numeric(12, 3)) {
          ($0.isNullable, $0.isIndexed, $0.renamedFrom) = (true, true, "size")
          $0.initialValue = .integer("1080")
          $0.backfill = .sql("face * 2", sqlite: "face")
          $0.using = .sql("size / 2", postgresql: "size::int / 2")
        },
        column("path", .string) { ($0.isUnique, $0.comment, $0.initialValue) = (true, "Where.", .null) },
        column("made", .timestamp) { $0.defaultValue = .currentTimestamp },
        column("score", .double) {
          $0.defaultValue = .literal(.float("1e16"))
          $0.backfill = .literal(.integer("0"))
        },
        column("place", .raw("vector(3)", sqlite: "BLOB")) { $0.defaultValue = .sql("now()", sqlite: "x") },
        column("area", .bigint) { $0.generated = .virtual(.sql("height * 2", postgresql: "height + height")) },
        column("state", .string(length: 4)) { $0.enumeration = ["new", "done"] },
      ])
    feature.unique = [.unique("path", "face", name: "uq_given"), .unique("height")]
    feature.indexes = [
      .index(
        on: ["path", .descending("made"), .expression("lower(path)", descending: true)], unique: true, where: "face > 0"
      ),
      .index(on: [.column("path", collation: "NOCASE")], name: "ix_given"),
    ]
    feature.checks = [.check("height > 0", name: "tall"), .check(.sql("1", sqlite: "2"))]
    feature.foreignKeys = [.foreignKey(["path"], references: "file", ["path"], onUpdate: .restrict)]
    feature.primaryKey = ["sample_id", "face", "feature_version"]
    feature.options = [.strict]
    return feature
  }()

  private func exported(_ features: [FeatureDefinition], truncatedTo length: Int? = nil) -> String {
    ExportedGraph.json(of: features, project: "shop", truncatedTo: length, infersTableNames: true).text()
  }

  private func tables(_ features: [FeatureDefinition]) -> DesiredSchema {
    Derivation(infersTableNames: true, reservedTables: []).schema(of: features).desired
  }

  @Test func whatIsWrittenIsReadBack() throws {
    let graph = read(exported([Self.everything], truncatedTo: 12))
    #expect(graph.diagnostics.map(\.message) == [])
    #expect(graph.truncationLength?.characters == 12)
    var found = try #require(graph.definitions.first)
    #expect(found.project == "shop")
    #expect(found.source == SourceLocation(file: "graph.json", line: 5, column: 5))
    // The places and the name of the project are the file's.
    (found.source, found.places, found.project) = (Self.everything.source, Self.everything.places, nil)
    for position in found.columns.indices { found.columns[position].source = Self.everything.columns[position].source }
    #expect(found == Self.everything)
  }

  @Test func tablesAreTheSame() {
    var plain = Self.everything
    plain.key = "plain"
    (plain.table, plain.schema, plain.primaryKey, plain.tableRenamedFrom) = (nil, nil, nil, nil)
    let (before, after) = (
      tables([Self.everything, plain]), tables(read(exported([Self.everything, plain])).definitions)
    )
    #expect(after.schema == before.schema)
    #expect(after.renames.tables == before.renames.tables)
    #expect(after.renames.columns == before.renames.columns)
  }

  @Test func featureWithoutATableHasTheSystemColumns() throws {
    let graph = read(
      "{\"features\": [{\"spec\": {\"key\": [\"a\"], \"id_columns\": [\"id\"]}, \"class_path\": \"A\"}]}")
    let table = try #require(tables(graph.definitions).schema["a"])
    #expect(table.columns.map(\.name) == SystemColumn.names)
    #expect(table.indexes.map(\.elements) == [["feature_version"]])
  }

  /// Without explicit values, Metaxy's defaults apply.
  @Test func specMayLeaveOutWhatHasADefault() throws {
    let graph = read(
      "{\"features\": [{\"spec\": {\"key\": \"a/b\", \"id_columns\": [\"id\"]}, \"class_path\": \"A\"}]}")
    let spec = try #require(graph.definitions.first).spec
    #expect(
      String(decoding: spec.canonicalText, as: UTF8.self)
        == #"{"deps": null, "fields": [{"code_version": "1", "deps": "__METAXY_ALL_DEP__", "key": ["default"]}], "#
        + #""id_columns": ["id"], "key": ["a", "b"], "metadata": {}}"#)
  }

  @Test func projectOfAFeatureIsItsOwnOrTheFiles() throws {
    let spec = "\"spec\": {\"key\": [\"a\"], \"id_columns\": [\"id\"]}, \"class_path\": \"A\""
    #expect(read("{\"features\": [{\(spec)}]}").definitions.map(\.project) == [nil])
    #expect(read("{\"project\": \"p\", \"features\": [{\(spec)}]}").definitions.map(\.project) == ["p"])
    #expect(
      read("{\"project\": \"p\", \"features\": [{\(spec), \"project\": \"q\"}]}").definitions.map(\.project) == ["q"])
  }

  @Test func everyProblemIsToldWithItsPlaceAndWay() {
    let text = """
      {"projekt": "x", "features": [],
       "hash_truncation_length": 7}
      """
    #expect(
      lines(text) == [
        "1:2: error: projekt: unknown member `projekt` here; did you mean `project`, or one of `hash_truncation_length`,"
          + " `features`, `tables`, `generation`, `project_version`, `table_prefix`?"
      ])
    #expect(
      lines("{\"features\": {}, \"hash_truncation_length\": 7, \"project\": \"a/b\"}") == [
        "1:58: error: project: the project `a/b` must consist of letters, digits, `-` and single `_`",
        "1:44: error: hash_truncation_length: at least 8 characters of a hash are kept, found 7",
        "1:14: error: features: expected a list of features, found an object",
      ])
    #expect(lines("[]") == ["1:1: error: expected an object, found a list"])
    #expect(
      lines("{\"features\": [\n  {\"spec\": 1}, 2]}") == [
        "2:3: error: features[0]: the member `class_path` is missing",
        "2:16: error: features[1]: expected an object, found a number",
      ])
    #expect(lines("{\"features\": [") == ["1:15: error: expected a value"])
  }

  @Test func slipBesideTheRightMemberIsWarnedOf() {
    let spec = "{\"key\": [\"a\"], \"id_columns\": [\"i\"], \"key2\": 1, \"owner\": 2}"
    let graph = read("{\"features\": [{\"spec\": \(spec), \"class_path\": \"A\"}]}")
    #expect(
      graph.diagnostics.map { "\($0.severity): \($0.message)" }
        == ["warning: features[0].spec.key2: `key2` is taken as an attribute of the spec, beside `key`"])
    #expect(graph.definitions.first?.attributes == ["key2": 1, "owner": 2])
  }

  @Test(arguments: [
    (#"{"name": "a", "columns": []}"#, "[0].spec.id_columns: the ID column `id` of `a` is not a column of its table"),
    (
      #"{"name": "a", "columns": [{"name": "ID", "type": "string", "nullable": false}]}"#,
      "[0].spec.id_columns: the ID column `id` of `a` is not a column of its table; did you mean `ID`?"
    ),
    (
      #"{"name": "a", "columns": [{"name": "id", "type": "string", "nullable": true}]}"#,
      "[0].table.columns[0]: the ID column `id` of `a` must not be nullable"
    ),
    (
      #"{"name": "a", "columns": [{"name": "id", "type": "string", "nullable": false, "default": "current_timestamp"}]}"#,
      "[0].table.columns[0]: the ID column `id` of `a` must not be filled by the database: it has a default"
    ),
    (
      #"{"name": "a", "columns": [{"name": "id", "type": {"raw": "BIGSERIAL"}, "nullable": false}]}"#,
      "[0].table.columns[0]: the ID column `id` of `a` must not be filled by the database: `BIGSERIAL` fills itself"
    ),
    (
      #"{"name": "a", "columns": [{"name": "id", "type": "integer", "nullable": false}], "primary_key": ["id"]}"#,
      "[0].table.columns[0]: the ID column `id` of `a` must not be filled by the database: SQLite fills a lone"
        + " `INTEGER PRIMARY KEY` itself"
    ),
    (
      #"{"name": "a", "columns": [{"name": "id", "type": "strng", "nullable": false}]}"#,
      "[0].table.columns[0].type: expected a type such as `bigint`, `string(64)` or an object with `raw`, found `\"strng\"`"
    ),
    (
      #"{"name": "a", "columns": [{"name": "id", "type": "string", "nullabel": false}]}"#,
      "[0].table.columns[0].nullabel: unknown member `nullabel` here; did you mean `nullable`, or one of `name`, `type`, `primary_key`, `unique`,"
        + " `index`, `default`, `references`, `generated`, `collation`, `comment`, `renamed_from`, `initial_value`,"
        + " `enumeration`, `backfill`, `using`, `renamed_values`?"
    ),
    (
      #"{"name": "a", "columns": [{"name": "id", "type": "string", "nullable": false}], "indexes": [{"elements": ["idd"]}]}"#,
      "[0].table.indexes: `a` has no column `idd`; did you mean `id`?"
    ),
    (
      #"{"name": "a", "columns": [{"name": "id", "type": "string", "nullable": false}, {"name": "Id", "type": "string", "nullable": true}]}"#,
      "[0].table.columns[1].name: `a` has two columns with the name `Id`"
    ),
    (
      #"{"name": "a", "columns": [{"name": "id", "type": "string", "nullable": false}], "options": ["strickt"]}"#,
      "[0].table.options[0]: expected `strict`, `withoutRowID` or `unlogged`, found `strickt`"
    ),
  ])
  func tableIsRefused(table: String, message: String) {
    let spec = "{\"key\": [\"a\"], \"id_columns\": [\"id\"]}"
    let graph = read("{\"features\": [{\"spec\": \(spec), \"class_path\": \"A\", \"table\": \(table)}]}")
    #expect(graph.diagnostics.filter { $0.severity == .error }.map(\.message).first == "features\(message)")
    #expect(graph.definitions.isEmpty)
    #expect(graph.incompleteKeys == ["a"])
  }

  /// The same letter as one scalar and as two names two tables.
  @Test func tablesAreToldApartByScalars() {
    let features = ["\u{E9}", "e\u{301}"].map { key in
      FeatureDefinition(
        key: FeatureKey(key), typeName: "T", source: SourceLocation(file: key, line: 1, column: 1))
    }
    let (desired, problems) = Derivation(infersTableNames: true, reservedTables: []).schema(of: features)
    #expect(problems.map(\.message) == [])
    #expect(desired.schema.sorted.count == 2)
  }
}

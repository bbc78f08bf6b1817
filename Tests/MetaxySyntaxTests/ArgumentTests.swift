import MetaxyErrors
import MetaxyFeatures
import MetaxyGraph
import MetaxySyntax
import Testing

/// The arguments of `@Feature` and `@Column`.
@Suite struct ArgumentTests {
  private func definition(_ text: String) throws -> FeatureDefinition {
    let result = try discover(text)
    #expect(lines(result) == [])
    return try #require(result.definitions.first)
  }

  @Test func everyTableArgumentIsRead() throws {
    let definition = try definition(
      """
      @Feature(
        ["video", "crop"],
        idColumns: ["id", "frame"],
        order: "path",
        metadata: ["owner": "vision", "limits": [1, -2.50, true, nil], "deep": ["a": [:]]],
        table: "crops",
        schema: "media",
        renamedFrom: "old_crops",
        primaryKey: ["id", "frame", "feature_version"],
        unique: [.unique("id", "path", name: "uq_path"), .unique("path")],
        indexes: [
          .index(on: ["path"], unique: true, where: "path <> ''", name: "ix_path"),
          .index(on: [.column("id", collation: "NOCASE"), .descending("frame"),
            .expression(.sql("lower(path)", sqlite: "LOWER(path)"), descending: true)]),
        ],
        checks: [.check("frame > 0", name: "ck_frame"), .check(.sql("a", postgresql: "b"))],
        foreignKeys: [
          .foreignKey(["id"], references: "video", ["id"], onDelete: .cascade, onUpdate: ForeignKeyAction.restrict, name: "fk")
        ],
        options: [.strict, .withoutRowID, .unlogged]
      )
      struct Crop { var id: String; var frame: Int; var path: String }
      """)
    #expect(definition.key == ["video", "crop"])
    #expect(definition.idColumns == ["id", "frame"])
    #expect(definition.order == "path")
    #expect(
      definition.metadata
        == .object([
          .init("owner", "vision"),
          .init("limits", .array([.number("1"), .number("-2.50"), .boolean(true), .null])),
          .init("deep", .object([.init("a", .object([]))])),
        ]))
    #expect(definition.table == "crops")
    #expect(definition.schema == "media")
    #expect(definition.tableRenamedFrom == "old_crops")
    #expect(definition.primaryKey == ["id", "frame", "feature_version"])
    #expect(definition.unique == [.unique("id", "path", name: "uq_path"), .unique("path")])
    #expect(
      definition.indexes == [
        .index(on: ["path"], unique: true, where: "path <> ''", name: "ix_path"),
        .index(on: [
          .column("id", collation: "NOCASE"), .descending("frame"),
          .expression(.sql("lower(path)", sqlite: "LOWER(path)"), descending: true),
        ]),
      ])
    #expect(definition.checks == [.check("frame > 0", name: "ck_frame"), .check(.sql("a", postgresql: "b"))])
    #expect(
      definition.foreignKeys == [
        .foreignKey(["id"], references: "video", ["id"], onDelete: .cascade, onUpdate: .restrict, name: "fk")
      ])
    #expect(definition.options == [.strict, .withoutRowID, .unlogged])
  }

  @Test func everyDependencyFormIsRead() throws {
    let result = try discover(
      """
      enum Outer { @Feature("inner/key") struct Inner { var sampleUid: String } }
      @Feature("b", dependencies: [
        .feature(Outer.Inner.self), .feature("c", columns: []), .feature(.key(["d", "e"]), rename: ["x": "y"]),
        .feature(.type(MyModule.Outer.Inner.self)), FeatureDependency.feature("f"),
      ], fields: [
        .field("x", dependencies: []), .field(["y", "z"], codeVersion: "v2"),
        .field("w", dependencies: [.fields(of: "c", ["one", ["two", "three"]]), .allFields(of: Outer.Inner.self)]),
      ]) struct B { var sampleUid: String }
      """)
    #expect(lines(result) == [])
    let definition = try #require(result.definitions.last)
    #expect(
      definition.dependencies == [
        .feature("inner/key"), .feature("c", columns: []), .feature(.key(["d", "e"]), rename: ["x": "y"]),
        .feature("inner/key"), .feature("f"),
      ])
    #expect(
      definition.fields == [
        .field("x", dependencies: []), .field("y/z", codeVersion: "v2"),
        .field("w", dependencies: [.fields(of: "c", ["one", "two/three"]), .allFields(of: "inner/key")]),
      ])
  }

  @Test func everyColumnArgumentIsRead() throws {
    let column = try #require(
      definition(
        feature(
          """
          @Column(
            name: "video", type: .numeric(12, 3), primaryKey: true, unique: true, index: true, default: -1.5,
            references: .column("id", of: "videos", onDelete: .setNull, onUpdate: .noAction, name: "fk_video"),
            collation: "C", comment: "Which.", renamedFrom: "vid", backfill: .sql("a / 2", sqlite: "a"),
            using: "CAST(ref AS numeric)")
          var videoRef: Decimal
          """)
      ).columns.last)
    var expected = ColumnDefinition(
      property: "videoRef", name: "video", type: .numeric(12, 3), isPrimaryKey: true, isUnique: true,
      isIndexed: true, defaultValue: .literal(.float("-1.5")),
      references: .column("id", of: "videos", onDelete: .setNull, name: "fk_video"), collation: "C",
      comment: "Which.", renamedFrom: "vid", source: SourceLocation(file: "F.swift", line: 9, column: 5))
    expected.swift = SwiftProperty(access: .module, codingKey: "videoRef", needsFoundation: true)
    expected.backfill = .sql("a / 2", sqlite: "a")
    expected.using = "CAST(ref AS numeric)"
    #expect(column == expected)
  }

  @Test(arguments: [
    ("default: \"x\"", ColumnDefault.literal(.string("x"))), ("default: 1", .literal(.integer("1"))),
    ("default: 1.5", .literal(.float("1.5"))), ("default: -1", .literal(.integer("-1"))),
    ("default: true", .literal(.boolean(true))), ("default: .currentTimestamp", .currentTimestamp),
    ("default: .sql(\"now()\", sqlite: \"CURRENT_TIMESTAMP\")", .sql("now()", sqlite: "CURRENT_TIMESTAMP")),
    ("default: ColumnDefault.sql(\"1 + 1\")", .sql("1 + 1")),
    ("default: #\"a\\b\"#", .literal(.string("a\\b"))),
  ])
  func defaultIsRead(argument: String, value: ColumnDefault) throws {
    #expect(try definition(feature("@Column(\(argument)) var x: Int")).columns.last?.defaultValue == value)
  }

  @Test(arguments: [
    (".stored(\"a || b\")", GeneratedValue.stored("a || b")),
    (".virtual(.sql(\"a\", sqlite: \"b\"))", .virtual(.sql("a", sqlite: "b"))),
  ])
  func generatedValueIsRead(argument: String, value: GeneratedValue) throws {
    #expect(try definition(feature("@Column(generated: \(argument)) var x: String")).columns.last?.generated == value)
  }

  @Test(arguments: [
    (".string", ColumnType.string), (".text", .string), (".varchar(64)", .varchar(64)),
    (".string(length: 5)", .varchar(5)), (".bigint", .bigint), (".integer", .integer), (".smallint", .smallint),
    (".double", .double), (".real", .real), (".boolean", .boolean), (".timestamp", .timestamp), (".date", .date),
    (".time", .time), (".numeric", .numeric), (".numeric(12, 3)", .numeric(12, 3)),
    (".numeric(precision: 5, scale: 0)", .numeric(5, 0)), (".uuid", .uuid), (".binary", .binary),
    (".interval", .interval), (".json", .json), (".jsonb", .jsonb), ("ColumnType.json", .json),
    ("Metaxy.ColumnType.varchar(1)", .varchar(1)),
    (".raw(\"vector(3)\", sqlite: \"BLOB\")", .raw("vector(3)", sqlite: "BLOB")),
  ])
  func columnTypeIsRead(argument: String, type: ColumnType) throws {
    #expect(try definition(feature("@Column(type: \(argument)) var x: Thing")).columns.last?.type == type)
  }

  @Test(arguments: [
    ("▸nam: \"x\"", "`@Column` has no argument `nam:`; did you mean `name:`?"),
    ("▸\"x\"", "`@Column` takes no argument without a label here"),
    ("name: \"x\", ▸name: \"y\"", "the argument `name:` is given twice"),
    ("name: ▸\"\"", "a name must not be empty"),
    ("name: ▸columnName", "expected a string literal, found the name `columnName`: sources are read, not run"),
    ("name: ▸Names.x", "expected a string literal, found the name `Names.x`: sources are read, not run"),
    ("name: ▸\"a\\(b)\"", "expected a string literal, found an interpolated string: sources are read, not run"),
    ("name: ▸\"a\" + \"b\"", "expected a string literal, found an operator: sources are read, not run"),
    ("name: ▸make()", "expected a string literal, found a call: sources are read, not run"),
    ("name: ▸{ \"x\" }()", "expected a string literal, found a call: sources are read, not run"),
    ("name: ▸5", "expected a string literal, found a number"),
    ("type: ▸.varchr(5)", "`.varchr` is not known here; did you mean `.varchar`?"),
    ("type: ▸.geometry", "`.geometry` is not known here: expected a column type such as `.varchar(64)`"),
    ("type: ▸\"TEXT\"", "expected a column type such as `.varchar(64)`, found a string"),
    (
      "type: ▸Other.varchar(5)",
      "expected a column type such as `.varchar(64)`, found a call: sources are read, not run"
    ),
    ("type: ▸.varchar", "`.varchar` needs a length"),
    ("type: .varchar(▸0)", "a length must be at least 1"),
    ("type: .varchar(▸size)", "expected a whole number, found the name `size`: sources are read, not run"),
    ("type: ▸.json()", "`.json` takes no arguments"),
    ("type: ▸.numeric(3, 5)", "`.numeric(3, 5)` is out of range: the scale must be between 0 and the precision"),
    ("type: ▸.raw", "`.raw` needs a text"),
    ("type: .raw(▸\" \")", "the SQL is empty"),
    ("unique: ▸1", "expected `true` or `false`, found a number"),
    ("index: ▸isIndexed", "expected `true` or `false`, found the name `isIndexed`: sources are read, not run"),
    (
      "default: ▸Date()",
      "expected a literal, `.currentTimestamp` or `.sql(…)`, found a call: sources are read, not run"
    ),
    ("default: ▸.now", "`.now` is not known here: expected a literal, `.currentTimestamp` or `.sql(…)`"),
    (
      "default: ▸+1",
      "expected a literal, `.currentTimestamp` or `.sql(…)`, found an operator: sources are read, not run"
    ),
    ("references: ▸.column(\"id\")", "`.column` needs a column and its table: `.column(\"id\", of: \"video\")`"),
    (
      "references: .column(\"id\", of: \"v\", onDelete: ▸.cascad)",
      "`.cascad` is not known here; did you mean `.cascade`?"
    ),
    ("default: 1, generated: ▸.stored(\"1\")", "a generated column cannot have a default"),
  ])
  func wrongColumnArgumentIsRefused(arguments: String, message: String) throws {
    let (text, expected) = expectation(feature("@Column(\(arguments)) var x: Int"), message)
    #expect(try lines(discover(text)) == expected)
  }

  @Test(arguments: [
    ("dependencies: ▸all", "expected a list of dependencies, found the name `all`: sources are read, not run"),
    ("dependencies: [▸Video.self]", "expected `.feature(…)`, found the name `Video.self`: sources are read, not run"),
    (
      "dependencies: [.feature(▸key)]",
      "expected a type such as `Video.self`, or a key, found the name `key`: sources are read, not run"
    ),
    ("dependencies: [.feature(▸\"a//b\")]", "the key `a//b` has an empty part"),
    ("dependencies: [▸.feature()]", "`.feature` needs a feature: a type or a key"),
    ("dependencies: [.feature(\"b\", ▸column: [])]", "`.feature` has no argument `column:`; did you mean `columns:`?"),
    ("dependencies: [.feature(\"b\", rename: ▸[])]", "expected a dictionary of names, found a list"),
    ("dependencies: [.feature(\"b\", rename: [\"x\": \"y\", ▸\"x\": \"z\"])]", "the column `x` is renamed twice"),
    (
      "dependencies: [.feature(▸Vidoe.self)]", "no feature of the type `Vidoe` is in the sources; did you mean `Video`?"
    ),
    ("dependencies: [.feature(▸Point.self)]", "`Point` is not a feature"),
    ("fields: [▸.field(codeVersion: \"1\")]", "`.field` needs a key: `.field(\"frames\")`"),
    ("fields: [.field(\"x\", codeVersion: ▸1)]", "expected a string literal, found a number"),
    ("fields: [.field(▸\"x__y\")]", "the key `x__y` has `__` in the part `x__y`"),
    ("fields: [.field(▸[\"x/y\"])]", "the key `x/y` has `/` inside the part `x/y`"),
    (
      "fields: [.field(\"x\", dependencies: [▸.all])]",
      "`.all` is not known here: expected `.fields(of:_:)` or `.allFields(of:)`"
    ),
    ("metadata: [\"a\": ▸b]", "expected a JSON value of literals, found the name `b`: sources are read, not run"),
    ("metadata: [▸1: 2]", "expected a string literal, found a number"),
    ("metadata: [\"a\": 1, ▸\"a\": 2]", "the member `a` is duplicated"),
    ("options: [▸.strickt]", "`.strickt` is not known here; did you mean `.strict`?"),
    ("checks: [.check(▸\"\")]", "the SQL is empty"),
    ("checks: [▸\"x > 0\"]", "expected `.check(…)`, found a string"),
    ("indexes: [▸.index(unique: true)]", "`.index` needs columns: `.index(on: [\"path\"])`"),
    ("indexes: [.index(on: ▸[])]", "the list names no column"),
    ("indexes: [.index(on: [▸\"idd\"])]", "`a` has no column `idd`; did you mean `id`?"),
    ("indexes: [.index(on: [.descending(▸\"nothing\")])]", "`a` has no column `nothing`"),
    (
      "unique: [.unique(\"id\", ▸\"feature_versio\")]",
      "`a` has no column `feature_versio`; did you mean `feature_version`?"
    ),
    ("primaryKey: [\"feature_version\", ▸\"x\"]", "`a` has no column `x`"),
    ("primaryKey: ▸[]", "the list names no column"),
    ("foreignKeys: [.foreignKey([▸\"x\"], references: \"b\", [\"id\"])]", "`a` has no column `x`"),
    (
      "foreignKeys: [▸.foreignKey([\"id\"], references: \"b\", [\"x\", \"y\"])]",
      "`.foreignKey` names 1 columns here and 2 of `b`"
    ),
    ("options: [▸.withoutRowID]", "a table without row ids needs a primary key, and `a` has none"),
  ])
  func wrongFeatureArgumentIsRefused(arguments: String, message: String) throws {
    let others = "\n@Feature(\"video\") struct Video { var sampleUid: String }\nstruct Point {}"
    let (text, expected) = expectation(feature("", arguments: arguments) + others, message)
    #expect(try lines(discover(text)) == expected)
  }

  @Test(arguments: [
    ("▸\"\"", "the key `` has an empty part"), ("▸\"a/\"", "the key `a/` has an empty part"),
    ("▸\"a__b\"", "the key `a__b` has `__` in the part `a__b`"),
    ("▸[\"a/b\"]", "the key `a/b` has `/` inside the part `a/b`"), ("▸[]", "the key `` has no parts"),
    ("[▸part]", "expected a string literal, found the name `part`: sources are read, not run"),
    ("▸key", "expected a string literal, found the name `key`: sources are read, not run"),
    ("▸\"a\\(1)\"", "expected a string literal, found an interpolated string: sources are read, not run"),
    ("\"a\", ▸\"b\"", "`@Feature` takes no argument without a label here"),
  ])
  func wrongKeyIsRefused(key: String, message: String) throws {
    let (text, expected) = expectation("@Feature(\(key)) struct A { var sampleUid: String }", message)
    #expect(try lines(discover(text)) == expected)
  }
}

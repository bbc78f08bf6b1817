import MetaxyErrors
import MetaxyFeatures
import MetaxyGraph
import MetaxyNames
import MetaxyRegistry
import MetaxySchema
import Testing

/// The text of the file that `metaxy generate` writes.
@Suite struct RegistrySourceTests {
  private func source(
    _ features: [FeatureDefinition], project: String = "p", truncatedTo length: Int? = nil, imports: [String] = [],
    _ generation: Generation = .seed
  ) throws -> RegistrySource {
    let (graph, problems) = FeatureGraph.build(features, generation: generation)
    #expect(problems == [])
    let tables = Derivation(infersTableNames: true, reservedTables: []).schema(of: features)
    #expect(tables.problems == [])
    let known = try #require(graph)
    return RegistrySource(
      of: known, versions: known.versions(project: project, truncatedTo: length), tables: tables.desired,
      project: project, truncatedTo: length, imports: imports)
  }

  /// The lines of a file that begin with a text, without it.
  private func lines(_ text: String, beginningWith start: String) -> [String] {
    text.split(separator: "\n").map { String($0.drop { $0 == " " }) }.filter { $0.hasPrefix(start) }
      .map { String($0.dropFirst(start.count)) }
  }

  private func feature(
    _ key: FeatureKey, type: String = "Video", line: Int = 1, access: AccessLevel? = .module,
    dependencies: [FeatureDependency]? = nil, fields: [FieldSpec] = [FieldSpec(key: "default")],
    columns: [ColumnDefinition] = []
  ) -> FeatureDefinition {
    var feature = FeatureDefinition(
      key: key, typeName: type, source: SourceLocation(file: "F.swift", line: line, column: 1), idColumns: ["id"],
      dependencies: dependencies, fields: fields, columns: [column("id", type: .string)] + columns)
    feature.swift = access.map { SwiftDeclaration(access: $0) }
    return feature
  }

  private func column(
    _ property: String, name: String? = nil, type: ColumnType = .bigint, access: AccessLevel = .module,
    codingKey: String? = nil, needsFoundation: Bool = false, isNullable: Bool = false, generated: GeneratedValue? = nil
  ) -> ColumnDefinition {
    var column = ColumnDefinition(
      property: property, name: name ?? property, type: type, isNullable: isNullable, generated: generated,
      source: SourceLocation(file: "F.swift", line: 2, column: 1))
    column.swift = SwiftProperty(
      access: access, codingKey: codingKey ?? property, needsFoundation: needsFoundation)
    return column
  }

  @Test func columnsHaveTheirFormsAndCodingKeys() throws {
    let text = try source([
      feature(
        "video",
        columns: [
          column("size", isNullable: true), column("name", name: "title", type: .varchar(64), codingKey: "t"),
          column("price", type: .numeric(12, 3)), column("wide", type: .numeric(precision: 5, scale: nil)),
          column("vector", type: .raw("vector(3)", sqlite: "BLOB")),
          column("twice", type: .integer, generated: .stored("size * 2")),
        ])
    ]).text
    #expect(
      lines(text, beginningWith: "RegisteredColumn(") == [
        #""id", codingKey: "id", type: .string),"#, #""size", codingKey: "size", type: .bigint, isNullable: true),"#,
        #""title", codingKey: "t", type: .varchar(64)),"#, #""price", codingKey: "price", type: .numeric(12, 3)),"#,
        #""wide", codingKey: "wide", type: .numeric(precision: 5, scale: nil)),"#,
        #""vector", codingKey: "vector", type: .raw(SQLExpression("vector(3)", variants: ["sqlite": "BLOB"]))),"#,
        #""twice", codingKey: "twice", type: .integer, isGenerated: true),"#,
      ])
  }

  /// By the keys as lists of parts: `a/b` before `a-b`, although the text `a-b` sorts before `a/b`.
  @Test func parentsAreSortedAsListsOfParts() throws {
    let text = try source([
      feature("a-b", type: "A", line: 1), feature("a/b", type: "B", line: 2, fields: [.field("y"), .field("x/z")]),
      feature(
        "c", type: "C", line: 3, dependencies: [.feature("a-b"), .feature("a/b")],
        fields: [
          .field("all"), .field("none", dependencies: []),
          .field(
            "some", codeVersion: "2", dependencies: [.fields(of: "a/b", ["y"]), .fields(of: "a/b", ["x/z", "y"])]),
        ]),
    ]).text
    #expect(
      lines(text, beginningWith: "RegisteredField(").suffix(3) == [
        #""all", codeVersion: "1", parents: [RegisteredParent("a/b", fields: ["x/z", "y"]), RegisteredParent("a-b", fields: ["default"])]),"#,
        #""none", codeVersion: "1"),"#,
        #""some", codeVersion: "2", parents: [RegisteredParent("a/b", fields: ["x/z", "y"])]),"#,
      ])
  }

  @Test func anOrderIsWrittenWhereTheFeatureHasOne() throws {
    var ordered = feature("video", columns: [column("size")])
    let plain = try source([ordered]).text
    ordered.order = "size"
    let text = try source([ordered]).text
    #expect(lines(text, beginningWith: "order: ") == [#""size","#])
    // Nothing else changes, the versions in particular.
    #expect(text.replacing("    order: \"size\",\n", with: "") == plain)
  }

  @Test func aLevelIsTheLowestOfTypeAndProperty() throws {
    let text = try source([
      feature(
        "open", type: "Open", line: 1, access: .everywhere,
        columns: [
          column("seen", access: .everywhere), column("inner", access: .module), column("hidden", access: .file),
        ]),
      feature("inner", type: "Inner", line: 2, access: .module, columns: [column("seen", access: .everywhere)]),
      feature("shared", type: "Shared", line: 3, access: .package, columns: [column("seen", access: .everywhere)]),
    ]).text
    #expect(
      lines(text, beginningWith: "public static let ") == [
        "p: FeatureRegistry = FeatureRegistry(", #"seen = FeatureColumn(\Open.seen, "seen")"#,
      ])
    #expect(
      lines(text, beginningWith: "static let ") == [
        #"id = FeatureColumn(\Inner.id, "id")"#, #"seen = FeatureColumn(\Inner.seen, "seen")"#,
        #"id = FeatureColumn(\Open.id, "id")"#, #"inner = FeatureColumn(\Open.inner, "inner")"#,
        #"id = FeatureColumn(\Shared.id, "id")"#,
      ])
    #expect(
      lines(text, beginningWith: "package ") == [
        "enum Columns {", #"static let seen = FeatureColumn(\Shared.seen, "seen")"#,
      ])
    #expect(lines(text, beginningWith: "public import ") == ["Metaxy"])
    // Coded all the same.
    #expect(text.contains(#"RegisteredColumn("hidden", codingKey: "hidden", type: .bigint)"#))
  }

  @Test func whatIsPrivateHasNoType() throws {
    let source = try source([feature("video", access: .file, columns: [column("size")])])
    #expect(source.text.contains(#""video", type: nil, project: "p","#))
    #expect(!source.text.contains("enum Columns"))
    #expect(source.diagnostics.map(\.severity) == [.warning])
    #expect(source.diagnostics.map(\.location.line) == [1])
  }

  @Test func anExportedFeatureHasNoTypeAndItsOwnProject() throws {
    var exported = feature("raw", type: "python.Raw", access: nil)
    exported.project = "other"
    let source = try source([exported])
    #expect(source.text.contains(#""raw", type: nil, project: "other","#))
    #expect(source.diagnostics == [])
  }

  @Test func namesAndTextsAreEscaped() throws {
    let text = try source(
      [
        feature(
          ["a\"b", "c\\d"], type: "Crops.default",
          fields: [.field("e\u{301}"), .field("\u{202E}x", codeVersion: "\n1")],
          columns: [column("default"), column("a b", name: "a\"b"), column("größe"), column("init")])
      ]
    ).text
    #expect(lines(text, beginningWith: #""a\"b/c\\d""#) == [#", type: Crops.`default`.self, project: "p","#])
    #expect(
      lines(text, beginningWith: "RegisteredField(") == [
        #""e\u{301}", codeVersion: "1"),"#, #""\u{202e}x", codeVersion: "\n1"),"#,
      ])
    #expect(
      lines(text, beginningWith: "static let ").dropFirst(2).prefix(4) == [
        #"`default` = FeatureColumn(\Crops.`default`.`default`, "default")"#,
        #"`a b` = FeatureColumn(\Crops.`default`.`a b`, "a\"b")"#,
        #"größe = FeatureColumn(\Crops.`default`.größe, "größe")"#,
        #"`init` = FeatureColumn(\Crops.`default`.`init`, "init")"#,
      ])
  }

  @Test(arguments: [
    ("video_pipeline", "videoPipeline"), ("Video-Pipeline", "videoPipeline"), ("3d", "_3d"), ("default", "`default`"),
    ("-", "features"), ("a_1b", "a1b"),
  ])
  func theRegistryIsCalledAfterTheProject(_ project: String, name: String) throws {
    let text = try source([], project: project).text
    #expect(lines(text, beginningWith: "static let ") == ["\(name): FeatureRegistry = FeatureRegistry("])
    #expect(text.contains("snapshotVersion: \"empty\""))
  }

  @Test func importsAreThoseThatAreAskedForAndFoundationWhereATypeIsOfIt() throws {
    let plain = try source([feature("video")], imports: ["Words", "Audio", "Words"]).text
    #expect(lines(plain, beginningWith: "import ") == ["Audio", "Metaxy", "Words"])
    let dated = try source([
      feature("video", access: .everywhere, columns: [column("at", access: .everywhere, needsFoundation: true)])
    ]).text
    #expect(lines(dated, beginningWith: "public import ") == ["Metaxy", "FoundationEssentials", "Foundation"])
    let hidden = try source([feature("video", columns: [column("at", access: .file, needsFoundation: true)])]).text
    #expect(!hidden.contains("Foundation"))
  }

  @Test func theLengthOfHashesIsToldAndKept() throws {
    let text = try source([feature("video")], truncatedTo: 12).text
    #expect(lines(text, beginningWith: "hashTruncationLength: ") == ["12,"])
    #expect(lines(text, beginningWith: "featureVersion: ").map(\.utf8.count) == [12 + 3])
    #expect(lines(text, beginningWith: "specVersion: ").map(\.utf8.count) == [64 + 3])
  }

  @Test func sinceMetaxy01DependenciesAreRegistered() throws {
    var group = FeatureDependency(feature: "a/b", rename: ["id": "a_id", "n": "m"])
    group.lineage = .aggregation(on: ["m"])
    group.isOptional = true
    group.filters = ["size > 1"]
    var rows = FeatureDependency(feature: "a-b")
    rows.lineage = .expansion(on: ["id"], pattern: nil)
    var features = [
      feature(
        "a/b", type: "A", line: 1, fields: [.field("x/z"), .field("x-y")], columns: [column("n"), column("size")]),
      feature("a-b", type: "B", line: 2, fields: [.field("y")]),
      feature(
        "c", type: "C", line: 3, dependencies: [.feature("a/b", rename: ["id": "a_id"])],
        fields: [.field("x/z", dependencies: [])]),
      feature("d", type: "D", line: 4, dependencies: [group, rows], fields: [.field("all")]),
    ]
    for position in features.indices { features[position].generation = .release01 }
    let text = try source(features, truncatedTo: 8, .release01).text
    #expect(lines(text, beginningWith: "projectVersion: ").map(\.utf8.count) == [8 + 3])
    #expect(lines(text, beginningWith: "specVersion: ").map(\.utf8.count) == Array(repeating: 8 + 3, count: 4))
    #expect(lines(text, beginningWith: "definitionVersion: ").map(\.utf8.count) == Array(repeating: 8 + 3, count: 4))
    // `a-b.y` is before `a/b.…`, and `a/b.x-y` before `a/b.x/z`: by their texts.
    #expect(
      lines(text, beginningWith: "RegisteredField(").suffix(2) == [
        #""x/z", codeVersion: "1", parents: [RegisteredParent("a/b", fields: ["x/z"])]),"#,
        #""all", codeVersion: "1", parents: [RegisteredParent("a-b", fields: ["y"]), RegisteredParent("a/b", fields: ["x-y", "x/z"])]),"#,
      ])
    #expect(
      lines(text, beginningWith: "RegisteredDependency(") == [
        #""a/b", on: ["a_id"], upstreamColumns: ["id"]),"#,
        #""a/b", on: ["m"], upstreamColumns: ["n"], isAggregated: true, isOptional: true, filters: ["size > 1"], rename: ["id": "a_id", "n": "m"]),"#,
        #""a-b", on: ["id"]),"#,
      ])
  }

  @Test func keysThatLookAlikeAsNamesHaveMembersOfTheirOwn() throws {
    let text = try source([feature("a-b", type: "A", line: 1), feature("a_b", type: "B", line: 2)]).text
    #expect(
      lines(text, beginningWith: "private static let ") == [
        "feature_a_b: RegisteredFeature = RegisteredFeature(", "feature_a_b_2: RegisteredFeature = RegisteredFeature(",
      ])
  }

  @Test func aTypeColumnsOfTheFeaturesOwnIsInTheWay() throws {
    var taken = feature("video")
    taken.swift?.hasColumnsType = true
    #expect(try source([taken]).diagnostics.map(\.severity) == [.error])
  }
}

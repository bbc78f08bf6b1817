import Foundation
import MetaxyErrors
import MetaxyFeatures
import MetaxyJSON
import MetaxyNames
import MetaxySchema
import MetaxyTestSupport
import Testing

/// The published JSON schema of exported graphs accepts what the command writes, and has the members that it reads.
struct ExportedGraphSchemaTests {
  private func schema() throws -> JSONSchema {
    let text = try String(contentsOfFile: Repository.path("docs/exported-graph.schema.json"), encoding: .utf8)
    return JSONSchema(root: try JSONValue(parsing: text, file: "schema"))
  }

  private func problems(_ text: String) throws -> [String] {
    let schema = try schema()
    return schema.problems(of: try JSONValue(parsing: text, file: "graph"), by: schema.root)
  }

  @Test(arguments: [nil, 12]) func whatIsWrittenIsValid(length: Int?) throws {
    let graph = ExportedGraph.json(
      of: [ExportedGraphTests.everything], project: "shop", truncatedTo: length, infersTableNames: true)
    #expect(try problems(graph.text()) == [])
    let graph01 = """
      {"generation": "0.1", "project_version": "0123abcd", "tables": [{"name": "t", "statements": {"sqlite": ["CREATE"]}}],
       "features": [
        {"spec": {"key": "a", "id_columns": ["i"], "deps": ["b", {"feature": "c", "optional": true}], "fields": ["x", {}]},
         "class_path": "m.A", "source": {"file": "m.py", "line": 3}, "table": {"declared": true, "name": "t"},
         "definition_version": "0123abcd", "feature_schema": {"title": "A"}},
        {"spec": {"key": "b", "id_columns": ["i"]}, "external": true, "field_versions": {"x": "1"}, "table": false}]}
      """
    #expect(try problems(graph01) == [])
    #expect(
      try problems(#"{"features": [{"spec": {"key": "a/b", "id_columns": ["id"]}, "class_path": "A", "table": null}]}"#)
        == [])
  }

  @Test(arguments: [
    (#"{"features": [], "hash_truncation_length": 7}"#, "hash_truncation_length: 7 is less than 8"),
    (#"{"features": [], "projekt": "p"}"#, "projekt: unknown"),
    (#"{"features": [{"class_path": "A"}]}"#, "features[0]: `spec` is missing"),
    (#"{"features": [{"spec": {"key": ["a"], "id_columns": []}, "class_path": "A"}]}"#, "features[0].spec: none fits"),
    (#"{"features": [{"spec": {"key": "a", "id_columns": ["i"]}, "table": true}]}"#, "features[0].table: none fits"),
    (
      #"{"features": [{"spec": {"key": ["a"], "id_columns": ["i"]}, "class_path": "A", "table": {"name": "a","#
        + #" "columns": [{"name": "i", "type": "strng", "nullable": false}]}}]}"#, "features[0].table: none fits"
    ),
  ])
  func otherTextsAreNot(text: String, problem: String) throws { #expect(try problems(text) == [problem]) }

  /// Each kind of object with a member that none has, and the schema's name of the kind.
  private static let objects: [(kind: String, text: String)] = {
    func spec(_ members: String) -> String {
      "{\"features\": [{\"spec\": {\"key\": [\"a\"], \"id_columns\": [\"i\"], \(members)}, \"class_path\": \"A\"}]}"
    }
    func table(_ members: String) -> String {
      "{\"features\": [{\"spec\": {\"key\": [\"a\"], \"id_columns\": [\"i\"]}, \"class_path\": \"A\", \"table\": {\(members)}}]}"
    }
    func column(_ member: String) -> String { table("\"columns\": [{\(member)}], \"name\": \"a\"") }
    let named = "\"name\": \"a\", \"columns\": []"
    let other = "\"zzzzzz\": 1"
    return [
      ("", "{\"features\": [], \(other)}"), ("feature", "{\"features\": [{\(other)}]}"),
      (
        "source",
        "{\"features\": [{\"spec\": {\"key\": [\"a\"], \"id_columns\": [\"i\"]}, \"class_path\": \"A\", \"source\": {\(other)}}]}"
      ),
      ("declaration", table("\"declared\": true, \(other)")),
      ("declaredTable", "{\"features\": [], \"tables\": [{\(other)}]}"),
      ("spec01", "{\"features\": [{\"spec\": {\(other)}, \"class_path\": \"A\"}]}"),
      ("dependency01", spec("\"deps\": [{\(other)}]")), ("field01", spec("\"fields\": [{\(other)}]")),
      ("dependency", spec("\"deps\": [{\(other)}]")), ("field", spec("\"fields\": [{\(other)}]")),
      (
        "fieldDependency", spec("\"fields\": [{\"key\": [\"f\"], \"code_version\": \"1\", \"deps\": [{\(other)}]}]")
      ),
      ("table", table(other)), ("column", column(other)),
      ("reference", column("\"name\": \"i\", \"type\": \"string\", \"nullable\": false, \"references\": {\(other)}")),
      ("generated", column("\"name\": \"i\", \"type\": \"string\", \"nullable\": false, \"generated\": {\(other)}")),
      ("unique", table("\(named), \"uniques\": [{\(other)}]")), ("check", table("\(named), \"checks\": [{\(other)}]")),
      ("foreignKey", table("\(named), \"foreign_keys\": [{\(other)}]")),
      ("index", table("\(named), \"indexes\": [{\(other)}]")),
      ("indexElement", table("\(named), \"indexes\": [{\"elements\": [{\(other)}]}]")),
    ]
  }()

  @Test(arguments: objects.map(\.kind)) func membersAreThoseThatAreRead(kind: String) throws {
    let text = try #require(Self.objects.first { $0.kind == kind }?.text)
    // A feature has the members of both generations.
    let generations: [Generation] =
      kind == "feature" ? [.seed, .release01] : [kind.hasSuffix("01") ? .release01 : .seed]
    let read = try generations.flatMap { generation in
      let messages = ExportedGraph(Array(text.utf8), file: "graph.json", generation).diagnostics.map(\.message)
      let message = try #require(messages.first { $0.contains("unknown member `zzzzzz`") }, "\(messages)")
      let list = try #require(message.split(separator: "the members are ").last)
      return list.split(separator: ", ").map { $0.filter { $0 != "`" } }
    }
    let schema = try schema()
    let definition = kind.isEmpty ? schema.root : try #require(schema.root["$defs"]?[kind])
    let object = definition["anyOf"]?.elements.last ?? definition
    #expect(object["additionalProperties"] == false)
    #expect(Set(try #require(object["properties"]).names) == Set(read))
  }

  @Test func everyClosedObjectIsCompared() throws {
    let definitions = try #require(try schema().root["$defs"])
    let closed = definitions.names.filter { name in
      let definition = definitions[name]
      return (definition?["anyOf"]?.elements.last ?? definition)?["additionalProperties"] == false
    }
    #expect(Set(closed) == Set(Self.objects.map(\.kind).filter { !$0.isEmpty }))
  }
}

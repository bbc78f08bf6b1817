import MetaxyErrors
import MetaxyFeatures
import MetaxyGraph
import MetaxyHashing
import MetaxyJSON
import MetaxyNames
import MetaxySchema
import MetaxyTestSupport
import Testing

/// Forms of specs and keys as Metaxy 0.1 reads them.
@Suite(.timed) struct SpecForm01Tests {
  /// The fields that are listed twice are refused with the graph, not by the reader.
  private static let refusedByGraph: Set = ["duplicate_field", "duplicate_field_parts"]

  @Test func formsAreThere() {
    #expect(Goldens01.specForms.count == 53)
    #expect(Self.keys.count == 52)
  }

  @Test(arguments: Goldens01.specForms)
  func specIsReadAsMetaxyDoes(form: JSONValue) throws {
    let export = Self.export(form["input"] ?? .null)
    guard form["ok"] == .boolean(true) else {
      let graph = FeatureGraph.build(export.definitions, generation: .release01).graph
      #expect(Self.refusedByGraph.contains(form.text("name")) ? graph == nil : export.definitions.isEmpty)
      return
    }
    let definition = try #require(export.definitions.first, "\(export.diagnostics)")
    #expect(definition.spec.storedText == form["spec"]?.storedText)
    let version = Hexadecimal.text(of: SHA256.hash(definition.spec.canonicalText)).prefix(8)
    #expect(String(version) == form.text("feature_spec_version"))
  }

  /// The forms whose Python is JSON, too.
  private static let keys: [(form: JSONValue, argument: JSONValue)] = Goldens01.keyForms.compactMap { form in
    let expression = form.text("expr")
    guard let open = expression.firstIndex(of: "("), expression.hasSuffix(")"),
      let value = try? JSONValue(parsing: String(expression[expression.index(after: open)...].dropLast()), file: "key")
    else { return nil }
    return (form, value)
  }

  @Test(arguments: keys.indices)
  func keyIsReadAsMetaxyDoes(position: Int) throws {
    let (form, argument) = Self.keys[position]
    let isField = form.text("expr").hasPrefix("FieldKey")
    let field = JSONValue.object([.init("key", argument)])
    let export = Self.export(
      .object([
        .init("key", isField ? "a" : argument), .init("id_columns", ["id"]),
        .init("fields", isField ? .array([field]) : ["x"]),
      ]))
    guard form["ok"] == .boolean(true) else {
      #expect(export.definitions.isEmpty)
      return
    }
    let definition = try #require(export.definitions.first, "\(export.diagnostics)")
    let parts = (form["parts"]?.elements ?? []).map(\.string)
    if isField {
      let key = try #require(definition.fields.first?.key)
      #expect(key.parts == parts)
      #expect(key.memberName == form.text("struct_key"))
      #expect(key.text == form.text("to_string"))
    } else {
      #expect(definition.key.parts == parts)
      #expect(definition.key.text == form.text("to_string"))
      #expect(definition.key.tableName(.release01) == form.text("table_name"))
    }
  }

  private static func export(_ spec: JSONValue) -> ExportedGraph {
    let graph = JSONValue.object([
      .init("generation", "0.1"),
      .init("features", .array([.object([.init("spec", spec), .init("class_path", "a.A")])])),
    ])
    return ExportedGraph(bytes(graph.text()), file: "graph.json", .release01)
  }
}

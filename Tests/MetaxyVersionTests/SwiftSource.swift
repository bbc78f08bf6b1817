import MetaxyFeatures
import MetaxyGraph

/// Specs as equivalent Swift source.
enum SwiftSource {
  /// Why Swift cannot express a graph; nil where it can.
  static func unable(of vector: Goldens.Vector) -> String? {
    for feature in vector.features {
      let ids = feature.spec["id_columns"] ?? .null
      if ids.string != nil { return "ID columns are a list, never a text" }
      if Set(ids.elements).count < ids.elements.count { return "an ID column is named once" }
      if feature.text("table_name").hasPrefix("metaxy-system__") { return "the table is Metaxy's own" }
    }
    return nil
  }

  static func text(of vector: Goldens.Vector) -> String {
    "import Metaxy\n\n"
      + vector.features.enumerated().map { position, feature in
        declaration(feature.spec, named: "T\(position)", columns: columns(of: feature, in: vector))
      }.joined(separator: "\n")
  }

  /// The columns that a feature must have: its ID columns, and what others take of it.
  private static func columns(of feature: Goldens.Feature, in vector: Goldens.Vector) -> [String] {
    let ids = (feature.spec["id_columns"]?.elements ?? []).compactMap(\.string)
    let dependencies = vector.features.flatMap { $0.spec["deps"]?.elements ?? [] }
    let taken = dependencies.filter { $0["feature"] == feature.spec["key"] }.flatMap { dependency in
      (dependency["columns"]?.elements ?? []).compactMap(\.string)
        + (dependency["rename"]?.members ?? []).map(\.name)
    }
    var columns: [String] = []
    for column in ids + taken where !columns.contains(column) { columns.append(column) }
    return columns
  }

  private static func declaration(_ spec: JSONValue, named name: String, columns: [String]) -> String {
    var arguments = [list(spec["key"]), "idColumns: \(list(spec["id_columns"]))"]
    if case .array(let dependencies) = spec["deps"] {
      arguments.append("dependencies: [\(dependencies.map(dependency).joined(separator: ", "))]")
    }
    arguments.append("fields: [\((spec["fields"]?.elements ?? []).map(field).joined(separator: ", "))]")
    if let metadata = spec["metadata"], metadata != .object([]) { arguments.append("metadata: \(literal(metadata))") }
    let own = ["key", "deps", "fields", "metadata", "id_columns"]
    let attributes = spec.members.filter { !own.contains($0.name) }
    if !attributes.isEmpty { arguments.append("attributes: \(literal(.object(attributes)))") }
    let properties = columns.enumerated().map { "  @Column(name: \(literal(.string($1)))) var p\($0): String\n" }
    return "@Feature(\(arguments.joined(separator: ", ")))\nstruct \(name): Feature {\n\(properties.joined())}\n"
  }

  private static func dependency(_ json: JSONValue) -> String {
    var text = ".feature(.key(\(list(json["feature"])))"
    if case .array = json["columns"] { text += ", columns: \(list(json["columns"]))" }
    if case .object = json["rename"] { text += ", rename: \(literal(json["rename"] ?? .null))" }
    return text + ")"
  }

  private static func field(_ json: JSONValue) -> String {
    var text = ".field(\(list(json["key"])), codeVersion: \(literal(json["code_version"] ?? .null))"
    if case .array(let dependencies) = json["deps"] {
      let written = dependencies.map { dependency in
        let feature = ".key(\(list(dependency["feature"])))"
        guard case .array(let fields) = dependency["fields"] else { return ".allFields(of: \(feature))" }
        return ".fields(of: \(feature), [\(fields.map(list).joined(separator: ", "))])"
      }
      text += ", dependencies: [\(written.joined(separator: ", "))]"
    }
    return text + ")"
  }

  private static func list(_ json: JSONValue?) -> String { literal(json ?? .null) }

  /// A JSON value as a Swift literal.
  static func literal(_ json: JSONValue) -> String {
    switch json {
    case .null: "nil"
    case .boolean(let value): value ? "true" : "false"
    case .number(let digits): digits
    case .string(let text): "\"" + text.unicodeScalars.map(escaped).joined() + "\""
    case .array(let elements): "[" + elements.map(literal).joined(separator: ", ") + "]"
    case .object(let members):
      members.isEmpty
        ? "[:]"
        : "[" + members.map { literal(.string($0.name)) + ": " + literal($0.value) }.joined(separator: ", ") + "]"
    }
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    let isPlain = scalar.isASCII && scalar.value >= 0x20 && scalar != "\"" && scalar != "\\" && scalar.value != 0x7F
    return isPlain ? String(scalar) : "\\u{\(String(scalar.value, radix: 16))}"
  }
}

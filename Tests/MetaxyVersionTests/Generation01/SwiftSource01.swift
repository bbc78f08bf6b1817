import MetaxyFeatures

/// Specs of generation 0.1 as equivalent Swift source.
enum SwiftSource01 {
  /// Why Swift cannot express a graph; nil where it can.
  static func unable(of vector: Goldens01.Vector) -> String? {
    if vector.features.contains(where: { $0.text("project") != "shop" }) {
      return "features have the configured project"
    }
    let keys = vector.features.map { $0.text("table_name") }
    if Set(keys).count < keys.count { return "features share a table" }
    for spec in vector.features.compactMap({ $0["spec"] }) {
      let ids = (spec["id_columns"]?.elements ?? []).compactMap(\.string)
      if Set(ids).count < ids.count { return "an ID column is named once" }
      if spec["description"]?.string?.isEmpty ?? false { return "an empty comment is none" }
      if spec["description"]?.string?.contains("\n ") ?? false { return "comments have no indentation" }
    }
    return nil
  }

  static func text(of vector: Goldens01.Vector) -> String {
    "import Metaxy\n\n"
      + vector.features.compactMap { $0["spec"] }.enumerated().map { position, spec in
        declaration(spec, named: "T\(position)")
      }.joined(separator: "\n")
  }

  private static func declaration(_ spec: JSONValue, named name: String) -> String {
    var arguments = [
      SwiftSource.literal(spec["key"] ?? .null), "idColumns: \(SwiftSource.literal(spec["id_columns"] ?? .null))",
    ]
    let dependencies = spec["deps"]?.elements ?? []
    if !dependencies.isEmpty {
      arguments.append("dependencies: [\(dependencies.map(dependency).joined(separator: ", "))]")
    }
    arguments.append("fields: [\((spec["fields"]?.elements ?? []).map(field).joined(separator: ", "))]")
    if let metadata = spec["metadata"], metadata != .object([]) {
      arguments.append("metadata: \(SwiftSource.literal(metadata))")
    }
    let properties = (spec["id_columns"]?.elements ?? []).enumerated().map { position, id in
      "  @Column(name: \(SwiftSource.literal(id))) var p\(position): String\n"
    }
    let comment = spec["description"]?.string.map { text in
      text.split(separator: "\n", omittingEmptySubsequences: false).map { "/// \($0)\n" }.joined()
    }
    return
      "\(comment ?? "")@Feature(\(arguments.joined(separator: ", ")))\nstruct \(name): Feature {\n\(properties.joined())}\n"
  }

  private static func dependency(_ dependency: JSONValue) -> String {
    var text = ".feature(\(SwiftSource.literal(dependency["feature"] ?? .null))"
    let renames = dependency["rename"]?.members ?? []
    // Selected columns have their former names in Swift.
    if let columns = dependency["select"], columns != .null {
      let former = columns.elements.map { column in
        renames.first { $0.value == column }.map { JSONValue.string($0.name) } ?? column
      }
      text += ", columns: \(SwiftSource.literal(.array(former)))"
    }
    if dependency["rename"] != .null { text += ", rename: \(SwiftSource.literal(.object(renames)))" }
    if let mapping = dependency["fields_mapping"]?["mapping"].flatMap(fieldsMapping) {
      text += ", fieldsMapping: \(mapping)"
    }
    if let filters = dependency["sql_filters"], filters != .null {
      text += ", filters: \(SwiftSource.literal(filters))"
    }
    if let lineage = dependency["lineage"]?["relationship"].flatMap(lineage) { text += ", lineage: \(lineage)" }
    if dependency["optional"] == .boolean(true) { text += ", optional: true" }
    return text + ")"
  }

  private static func fieldsMapping(_ mapping: JSONValue) -> String? {
    switch mapping["type"]?.string {
    case "all": return ".all"
    case "none": return ".none"
    case "specific": return ".specific(\(SwiftSource.literal(mapping["mapping"] ?? .null)))"
    default:
      var arguments: [String] = []
      if mapping["match_suffix"] == .boolean(true) { arguments.append("matchesSuffix: true") }
      if let excluded = mapping["exclude_fields"], excluded != [] {
        arguments.append("excluding: \(SwiftSource.literal(excluded))")
      }
      return arguments.isEmpty ? nil : ".sameName(\(arguments.joined(separator: ", ")))"
    }
  }

  private static func lineage(_ relation: JSONValue) -> String? {
    let columns = SwiftSource.literal(relation["on"] ?? .null)
    switch relation["type"]?.string {
    case "N:1": return ".aggregation(on: \(columns))"
    case "1:N":
      return ".expansion(on: \(columns), pattern: \(SwiftSource.literal(relation["id_generation_pattern"] ?? .null)))"
    default: return nil
    }
  }

  private static func field(_ field: JSONValue) -> String {
    var text = ".field(\(SwiftSource.literal(field["key"] ?? .null))"
    if let version = field["code_version"], version != "__metaxy_initial__" {
      text += ", codeVersion: \(SwiftSource.literal(version))"
    }
    if field["deps"]?.string != nil { text += ", dependencies: .all" }
    let dependencies = field["deps"]?.elements ?? []
    if !dependencies.isEmpty {
      text += ", dependencies: [\(dependencies.map(fieldDependency).joined(separator: ", "))]"
    }
    return text + ")"
  }

  private static func fieldDependency(_ dependency: JSONValue) -> String {
    let feature = SwiftSource.literal(dependency["feature"] ?? .null)
    guard case .array(let fields) = dependency["fields"] else { return ".allFields(of: \(feature))" }
    return ".fields(of: \(feature), \(SwiftSource.literal(.array(fields))))"
  }
}

import MetaxyErrors
import MetaxyFeatures
internal import MetaxyGraph
internal import MetaxyJSON
internal import MetaxyNames

/// One feature of an exported graph.
extension ExportReader {
  private static let members = ["spec", "class_path", "project", "table"]
  /// The members that only a graph of generation 0.1 has.
  private static let members01 = ["definition_version", "feature_schema", "external", "field_versions"]

  func feature(_ node: JSONNode, project: String?, _ generation: Generation) -> FeatureDefinition? {
    let before = diagnostics.count
    let known = Self.members + ["source"] + (generation == .seed ? [] : Self.members01)
    guard isObject(node, known: known, required: ["spec"]), let spec = node["spec"],
      let typeName = typeName(of: node, generation)
    else { return nil }
    // What is declared in another file is reported there.
    origin = optional("source", of: node, self.source)
    defer { origin = nil }
    guard var definition = definition(spec, typeName: typeName, source: place(of: node), generation) else { return nil }
    definition.project = node["project"].map { self.project($0) } ?? project
    if let table = node["table"], !table.isNull, !readDeclaration(table, into: &definition) {
      readTable(table, idColumns: spec["id_columns"], into: &definition)
    }
    if generation == .release01 { readDetails01(node, into: &definition) }
    return diagnostics[before...].contains { $0.severity == .error } ? nil : definition
  }

  /// Reads the class path; an external feature of generation 0.1 may have none.
  private func typeName(of node: JSONNode, _ generation: Generation) -> String? {
    if generation == .release01, case .scalar(.boolean(true)) = node["external"]?.content,
      node["class_path"]?.isNull ?? true
    {
      return ""
    }
    guard has(["class_path"], in: node) else { return nil }
    return node["class_path"].flatMap(name)
  }

  /// Reads a project's name, with the same rule as in the configuration.
  func project(_ node: JSONNode) -> String? {
    guard let name = name(node) else { return nil }
    if let problem = ProjectRules.problem(ofName: name) {
      report("the project `\(name)` \(problem)", at: node)
      return nil
    }
    return name
  }

  private func readDetails01(_ node: JSONNode, into definition: inout FeatureDefinition) {
    definition.details01.definitionVersion = optional("definition_version", of: node, name)
    if let node = node["feature_schema"], !node.isNull {
      if case .object = node.content {
        definition.details01.schema = node.value
      } else {
        refuse(node, expected: "an object")
      }
    }
    definition.details01.isExternal = optional("external", of: node, flag) ?? false
    guard let versions = node["field_versions"], !versions.isNull else { return }
    guard definition.details01.isExternal else {
      report("only an external feature has `field_versions`", at: versions)
      return
    }
    guard case .object(let members) = versions.content else {
      refuse(versions, expected: "an object of fields and versions")
      return
    }
    for member in members {
      definition.details01.fieldVersions[FieldKey(member.name)] = text(member.node)
    }
  }
}

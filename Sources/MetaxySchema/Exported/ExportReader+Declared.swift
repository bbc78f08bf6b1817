import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyGraph
internal import MetaxyJSON
internal import MetaxyNames

/// The tables of exported graphs that are declared by statements.
extension ExportReader {
  func declaredTable(_ node: JSONNode) -> DeclaredTable? {
    let known = ["name", "schema", "class_path", "source", "columns", "statements", "refused"]
    guard isObject(node, known: known, required: ["name", "statements"]), let name = node["name"].flatMap(name)
    else { return nil }
    var table = DeclaredTable(
      name: TableName(name, schema: optional("schema", of: node, self.name)),
      classPath: optional("class_path", of: node, self.name), source: place(of: node))
    if let source = optional("source", of: node, source) { table.source = source }
    table.columns = node["columns"].map { members($0, source) } ?? [:]
    table.statements = node["statements"].map { members($0) { list($0, of: "statements", text) } } ?? [:]
    table.refused = node["refused"].map { members($0, text) } ?? [:]
    return table
  }

  /// Reads the table of a feature that has none, or one of the declared ones; returns false for every other form.
  func readDeclaration(_ node: JSONNode, into feature: inout FeatureDefinition) -> Bool {
    if case .scalar(.boolean(false)) = node.content {
      feature.definesTable = false
      return true
    }
    guard node["declared"] != nil else { return false }
    guard isObject(node, known: ["declared", "name", "schema"], required: ["name"]),
      let name = node["name"].flatMap(name)
    else { return true }
    feature.definesTable = false
    feature.table = name
    feature.schema = optional("schema", of: node, self.name)
    return true
  }

  /// Reads a place in another file: `{"file": "shop.py", "line": 4}`.
  func source(_ node: JSONNode) -> SourceLocation? {
    guard isObject(node, known: ["file", "line"], required: ["file", "line"]), let file = node["file"].flatMap(name),
      let line = node["line"].flatMap(integer)
    else { return nil }
    return SourceLocation(file: file, line: line, column: 1)
  }

  private func members<Value>(_ node: JSONNode, _ read: (JSONNode) -> Value?) -> [String: Value] {
    guard case .object(let members) = node.content else {
      refuse(node, expected: "an object")
      return [:]
    }
    let read = members.compactMap { member in read(member.node).map { (member.name, $0) } }
    return Dictionary(read) { first, _ in first }
  }
}

import MetaxyErrors
import MetaxyFeatures
internal import MetaxyGraph
internal import MetaxyJSON

/// The tables of exported features: the arguments of `@Feature` and `@Column`, with the same names.
extension ExportReader {
  private static let members = [
    "name", "schema", "renamed_from", "comment", "columns", "primary_key", "uniques", "checks", "foreign_keys",
    "indexes",
    "options",
  ]

  func readTable(_ node: JSONNode, idColumns: JSONNode?, into feature: inout FeatureDefinition) {
    guard isObject(node, known: Self.members, required: ["name", "columns"]) else { return }
    feature.table = node["name"].flatMap(name)
    feature.schema = optional("schema", of: node, name)
    feature.tableRenamedFrom = optional("renamed_from", of: node, name)
    feature.comment = optional("comment", of: node, text)
    feature.columns = node["columns"].flatMap { list($0, of: "columns", column) } ?? []
    feature.primaryKey = optional("primary_key", of: node, names)
    feature.unique = optional("uniques", of: node) { list($0, of: "uniques", unique) } ?? []
    feature.checks = optional("checks", of: node) { list($0, of: "checks", check) } ?? []
    feature.foreignKeys = optional("foreign_keys", of: node) { list($0, of: "foreign keys", foreignKey) } ?? []
    feature.indexes = optional("indexes", of: node) { list($0, of: "indexes", index) } ?? []
    feature.options = optional("options", of: node) { list($0, of: "options", option) } ?? []
    reviewTable(of: feature, node, idColumns: idColumns)
  }

  /// Reads a member that may be missing or null.
  func optional<Value>(_ name: String, of node: JSONNode, _ read: (JSONNode) -> Value?) -> Value? {
    node[name].flatMap { $0.isNull ? nil : read($0) }
  }

  /// Reads a value in the format of revision records.
  func recorded<Value>(
    _ node: JSONNode, expected: String, _ read: (JSONValue) throws(MetaxyError) -> Value
  ) -> Value? {
    do {
      return try read(node.value)
    } catch {
      report("expected \(expected), found `\(node.value.text(indented: false))`", at: node)
      return nil
    }
  }

  func expression(_ node: JSONNode) -> SQLExpression? {
    recorded(node, expected: "SQL, as a text or an object of `sql` and `variants`") { json throws(MetaxyError) in
      try SQLExpression(json: json)
    }
  }

  private func unique(_ node: JSONNode) -> UniqueAttribute? {
    guard isObject(node, known: ["columns", "name"], required: ["columns"]),
      let columns = node["columns"].flatMap(names)
    else { return nil }
    return UniqueAttribute(columns: columns, name: optional("name", of: node, name))
  }

  private func check(_ node: JSONNode) -> CheckAttribute? {
    guard isObject(node, known: ["expression", "name"], required: ["expression"]),
      let expression = node["expression"].flatMap(expression)
    else { return nil }
    return CheckAttribute(expression: expression, name: optional("name", of: node, name))
  }

  private func foreignKey(_ node: JSONNode) -> ForeignKeyAttribute? {
    let required = ["columns", "table", "referenced_columns"]
    guard isObject(node, known: required + ["on_delete", "on_update", "name"], required: required),
      let columns = node["columns"].flatMap(names), let table = node["table"].flatMap(name),
      let referenced = node["referenced_columns"].flatMap(names)
    else { return nil }
    return ForeignKeyAttribute(
      columns: columns, table: table, referencedColumns: referenced,
      onDelete: optional("on_delete", of: node, action) ?? .noAction,
      onUpdate: optional("on_update", of: node, action) ?? .noAction, name: optional("name", of: node, name))
  }

  func action(_ node: JSONNode) -> ForeignKeyAction? {
    guard let text = text(node) else { return nil }
    if let action = ForeignKeyAction(rawValue: text) { return action }
    report("expected an action such as `CASCADE`, found `\(text)`", at: node)
    return nil
  }

  private func index(_ node: JSONNode) -> IndexAttribute? {
    guard isObject(node, known: ["elements", "unique", "where", "name"], required: ["elements"]),
      let elements = node["elements"].flatMap({ list($0, of: "columns and expressions", indexElement) })
    else { return nil }
    return IndexAttribute(
      elements: elements, isUnique: optional("unique", of: node, flag) ?? false,
      predicate: optional("where", of: node, expression), name: optional("name", of: node, name))
  }

  private func indexElement(_ node: JSONNode) -> IndexElement? {
    if case .object = node.content {
      guard isObject(node, known: ["column", "expression", "descending", "collation"], required: []) else { return nil }
    }
    return recorded(node, expected: "a column, or an object with `column` or `expression`") {
      json throws(MetaxyError) in
      try IndexElement(json: json)
    }
  }

  private func option(_ node: JSONNode) -> TableOption? {
    guard let text = text(node) else { return nil }
    if let option = TableOption(rawValue: text) { return option }
    report("expected `strict`, `withoutRowID` or `unlogged`, found `\(text)`", at: node)
    return nil
  }
}

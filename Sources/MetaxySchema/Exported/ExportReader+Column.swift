import MetaxyErrors
import MetaxyFeatures
internal import MetaxyGraph
internal import MetaxyJSON

/// The columns of exported features.
extension ExportReader {
  private static let members = [
    "name", "type", "nullable", "primary_key", "unique", "index", "default", "references", "generated", "collation",
    "comment", "renamed_from", "initial_value", "enumeration",
    "backfill", "using", "renamed_values",
  ]

  func column(_ node: JSONNode) -> ColumnDefinition? {
    guard isObject(node, known: Self.members, required: ["name", "type", "nullable"]),
      let name = node["name"].flatMap(name), let type = node["type"].flatMap(type),
      let isNullable = node["nullable"].flatMap(flag)
    else { return nil }
    var column = ColumnDefinition(
      property: name, name: name, type: type,
      enumeration: optional("enumeration", of: node) { list($0, of: "texts", text) }, isNullable: isNullable,
      isPrimaryKey: optional("primary_key", of: node, flag) ?? false,
      isUnique: optional("unique", of: node, flag) ?? false, isIndexed: optional("index", of: node, flag) ?? false,
      defaultValue: optional("default", of: node, defaultValue),
      references: optional("references", of: node, reference), generated: optional("generated", of: node, generated),
      collation: optional("collation", of: node, self.name), comment: optional("comment", of: node, text),
      renamedFrom: optional("renamed_from", of: node, self.name),
      initialValue: node["initial_value"].flatMap(literal), source: place(of: node))
    column.backfill = optional("backfill", of: node, defaultValue)
    column.using = optional("using", of: node, expression)
    column.renamedValues = optional("renamed_values", of: node) { renamedValues($0, of: column) } ?? [:]
    return column
  }

  /// Reads an object of former values with the present ones.
  private func renamedValues(_ node: JSONNode, of column: ColumnDefinition) -> [String: String]? {
    guard case .object(let members) = node.content, let values = column.enumeration else {
      refuse(node, expected: "an object of former and present values, beside `enumeration`")
      return nil
    }
    var former: [String: String] = [:]
    for member in members {
      guard let new = text(member.node) else { continue }
      guard values.contains(new), !values.contains(member.name), former[new] == nil else {
        refuse(member.node, expected: "a value of `enumeration` that no other one becomes, for one that is not in it")
        continue
      }
      former[new] = member.name
    }
    return former
  }

  private func type(_ node: JSONNode) -> ColumnType? {
    recorded(node, expected: "a type such as `bigint`, `string(64)` or an object with `raw`") {
      json throws(MetaxyError) in
      try ColumnType(json: json)
    }
  }

  private func defaultValue(_ node: JSONNode) -> ColumnDefault? {
    recorded(node, expected: "`current_timestamp`, or an object with `literal` or `expression`") {
      json throws(MetaxyError) in
      try ColumnDefault(json: json)
    }
  }

  private func literal(_ node: JSONNode) -> LiteralValue? {
    recorded(node, expected: "a text, a truth value, null, or an object with `integer` or `float`") {
      json throws(MetaxyError) in
      try LiteralValue(json: json)
    }
  }

  private func generated(_ node: JSONNode) -> GeneratedValue? {
    guard isObject(node, known: ["expression", "stored"], required: ["expression", "stored"]),
      let expression = node["expression"].flatMap(expression), let isStored = node["stored"].flatMap(flag)
    else { return nil }
    return GeneratedValue(expression: expression, isStored: isStored)
  }

  private func reference(_ node: JSONNode) -> ColumnReference? {
    guard isObject(node, known: ["table", "column", "on_delete", "on_update", "name"], required: ["table", "column"]),
      let table = node["table"].flatMap(name), let column = node["column"].flatMap(name)
    else { return nil }
    return ColumnReference(
      table: table, column: column, onDelete: optional("on_delete", of: node, action) ?? .noAction,
      onUpdate: optional("on_update", of: node, action) ?? .noAction, name: optional("name", of: node, name))
  }
}

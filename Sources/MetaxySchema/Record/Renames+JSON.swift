package import MetaxyErrors
package import MetaxyFeatures
internal import MetaxyNames

extension Renames {
  /// The renames in the format of records; nil if there are none.
  package var json: JSONValue? {
    guard self != Renames(caseSensitiveTables: caseSensitiveTables) else { return nil }
    let ofColumns = columns.sorted { $0.key < $1.key }.map { Self.json(of: $1, in: $0, "table") }
    let ofValues = values.sorted { $0.key < $1.key }.flatMap { table, columns in
      columns.sorted { $0.key < $1.key }.map { Self.json(of: $1, in: table, "table", [("column", .string($0))]) }
    }
    let ofEnums = enumValues.sorted { $0.key < $1.key }.map { Self.json(of: $1, in: $0, "enum") }
    return .members([
      ("tables", .list(Self.list(tables))), ("columns", .list(ofColumns)), ("enums", .list(Self.list(enums))),
      ("values", .list(ofValues)), ("enum_values", .list(ofEnums)),
    ])
  }

  /// - Throws: `malformed_record`.
  package init(json: JSONValue) throws(MetaxyError) {
    let reader = RecordReader(json, "renames")
    self.init(tables: try Self.names(reader, "tables"))
    enums = try Self.names(reader, "enums")
    let ofColumns = try reader.list("columns") { json throws(MetaxyError) in
      let reader = RecordReader(json, "columns")
      let table = TableName(try reader.text("table"), schema: try reader.optionalText("schema"))
      return (table, try Self.formerNames(reader))
    }
    columns = Dictionary(ofColumns) { _, last in last }
    for json in try reader.list("values", { json throws(MetaxyError) in json }) {
      let element = RecordReader(json, "values")
      let table = TableName(try element.text("table"), schema: try element.optionalText("schema"))
      values[table, default: [:]][try element.text("column")] = try Self.formerNames(element)
    }
    for json in try reader.list("enum_values", { json throws(MetaxyError) in json }) {
      let element = RecordReader(json, "enum_values")
      let name = TableName(try element.text("enum"), schema: try element.optionalText("schema"))
      enumValues[name] = try Self.formerNames(element)
    }
  }

  private static func formerNames(_ reader: RecordReader) throws(MetaxyError) -> [String: String] {
    Dictionary(try reader.named("from").map { ($0.name, $0.text) }) { _, last in last }
  }

  private static func json(
    of names: [String: String], in object: TableName, _ kind: String, _ part: [(String, JSONValue?)] = []
  ) -> JSONValue {
    let sorted = names.sorted { $0.key < $1.key }.map { ($0.key, JSONValue?.some(.string($0.value))) }
    return .members(
      [(kind, .string(object.name)), ("schema", object.schema.map(JSONValue.string))] + part
        + [("from", .members(sorted))])
  }

  private static func list(_ names: [TableName: String]) -> [JSONValue] {
    names.sorted { $0.key < $1.key }.map { name, former in
      .members([
        ("name", .string(name.name)), ("schema", name.schema.map(JSONValue.string)), ("from", .string(former)),
      ])
    }
  }

  private static func names(_ reader: RecordReader, _ key: String) throws(MetaxyError) -> [TableName: String] {
    let names = try reader.list(key) { json throws(MetaxyError) in
      let reader = RecordReader(json, key)
      return (
        TableName(try reader.text("name"), schema: try reader.optionalText("schema")), try reader.text("from")
      )
    }
    return Dictionary(names) { _, last in last }
  }
}

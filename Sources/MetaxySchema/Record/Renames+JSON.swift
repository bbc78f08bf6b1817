package import MetaxyErrors
package import MetaxyFeatures
internal import MetaxyNames

extension Renames {
  /// The renames in the format of records; nil if there are none.
  package var json: JSONValue? {
    guard !(tables.isEmpty && columns.isEmpty && enums.isEmpty) else { return nil }
    let ofColumns = columns.sorted { $0.key < $1.key }.map { table, names in
      let sorted = names.sorted { $0.key < $1.key }.map { ($0.key, JSONValue?.some(.string($0.value))) }
      return JSONValue.members([
        ("table", .string(table.name)), ("schema", table.schema.map(JSONValue.string)), ("from", .members(sorted)),
      ])
    }
    return .members([
      ("tables", .list(Self.list(tables))), ("columns", .list(ofColumns)), ("enums", .list(Self.list(enums))),
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
      return (table, Dictionary(try reader.named("from").map { ($0.name, $0.text) }) { _, last in last })
    }
    columns = Dictionary(ofColumns) { _, last in last }
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

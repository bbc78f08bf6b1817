package import MetaxyErrors
package import MetaxyFeatures
internal import MetaxyNames

// The objects that tables depend on, in the format of records.

extension EnumType {
  package var json: JSONValue {
    .members([
      ("name", .string(name.name)), ("schema", name.schema.map(JSONValue.string)), ("values", .texts(values)),
      ("comment", comment.map(JSONValue.string)),
    ])
  }

  package init(json: JSONValue) throws(MetaxyError) {
    let reader = RecordReader(json, "enum")
    self.init(
      name: TableName(try reader.text("name"), schema: try reader.optionalText("schema")),
      values: try reader.texts("values"), comment: try reader.optionalText("comment"))
  }
}

extension MaterializedView {
  package var json: JSONValue {
    .members([
      ("name", .string(name.name)), ("schema", name.schema.map(JSONValue.string)),
      ("indexes", .array(indexes.map(\.json))),
    ])
  }

  package init(json: JSONValue) throws(MetaxyError) {
    let reader = RecordReader(json, "view")
    self.init(
      name: TableName(try reader.text("name"), schema: try reader.optionalText("schema")),
      indexes: try reader.list("indexes") { json throws(MetaxyError) in try Index(json: json) })
  }
}

extension SequenceDefinition {
  package var json: JSONValue {
    .members([
      ("name", .string(name.name)), ("schema", name.schema.map(JSONValue.string)), ("type", type.json),
      ("options", options.json), ("unlogged", isUnlogged ? .boolean(true) : nil), ("owner", owner?.json),
      ("comment", comment.map(JSONValue.string)), ("undeclared", isUndeclared ? .boolean(true) : nil),
    ])
  }

  package init(json: JSONValue) throws(MetaxyError) {
    let reader = RecordReader(json, "sequence")
    self.init(
      name: TableName(try reader.text("name"), schema: try reader.optionalText("schema")),
      type: try ColumnType(json: reader.required("type")),
      options: try SequenceOptions(json: reader.required("options")),
      owner: try reader.optional("owner") { json throws(MetaxyError) in try Owner(json: json) },
      comment: try reader.optionalText("comment"))
    isUnlogged = try reader.optionalFlag("unlogged")
    isUndeclared = try reader.optionalFlag("undeclared")
  }
}

extension SequenceDefinition.Owner {
  fileprivate var json: JSONValue {
    .members([
      ("table", .string(table.name)), ("schema", table.schema.map(JSONValue.string)), ("column", .string(column)),
    ])
  }

  fileprivate init(json: JSONValue) throws(MetaxyError) {
    let reader = RecordReader(json, "owner")
    self.init(
      table: TableName(try reader.text("table"), schema: try reader.optionalText("schema")),
      column: try reader.text("column"))
  }
}

extension SequenceOptions {
  var json: JSONValue {
    .members([
      ("start", start.json), ("increment", increment.json), ("minimum", minimum.json), ("maximum", maximum.json),
      ("cache", cache.json), ("cycles", cycles ? .boolean(true) : nil),
    ])
  }

  init(json: JSONValue) throws(MetaxyError) {
    let reader = RecordReader(json, "options")
    self.init(
      start: try reader.integer("start"), increment: try reader.integer("increment"),
      minimum: try reader.integer("minimum"), maximum: try reader.integer("maximum"),
      cache: try reader.integer("cache"), cycles: try reader.optionalFlag("cycles"))
  }
}

extension Int? {
  fileprivate var json: JSONValue? { map { .number(String($0)) } }
}

extension Identity {
  var json: JSONValue {
    .members([
      ("kind", .string(kind.rawValue)), ("sequence", sequence.map { .string($0.name) }),
      ("schema", sequence?.schema.map(JSONValue.string)), ("options", options.json),
    ])
  }

  init(json: JSONValue) throws(MetaxyError) {
    let reader = RecordReader(json, "numbering")
    let kind = try reader.text("kind")
    let schema = try reader.optionalText("schema")
    self.init(
      try reader.known(Kind(rawValue: kind), kind),
      sequence: try reader.optionalText("sequence").map { TableName($0, schema: schema) },
      options: try SequenceOptions(json: reader.required("options")))
  }
}

extension Partition {
  var json: JSONValue {
    .members([
      ("of", .string(parent.name)), ("schema", parent.schema.map(JSONValue.string)), ("bound", .string(bound)),
    ])
  }

  init(json: JSONValue) throws(MetaxyError) {
    let reader = RecordReader(json, "partition")
    self.init(
      of: TableName(try reader.text("of"), schema: try reader.optionalText("schema")),
      bound: try reader.text("bound"))
  }
}

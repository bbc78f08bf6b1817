import MetaxyErrors
import MetaxyFeatures

extension ConstraintName {
  /// A name that was given stands alone; a derived one says so.
  var json: JSONValue { isGiven ? .members([("given", .string(text))]) : .string(text) }

  init(json: JSONValue) throws(MetaxyError) {
    if case .string(let text) = json {
      self = .derived(text)
    } else {
      self = .given(try RecordReader(json, "name").text("given"))
    }
  }
}

extension PrimaryKey {
  var json: JSONValue {
    .members([
      ("name", name?.json), ("columns", .array(elements.map(\.json))),
      ("self_numbering", isSelfNumbering ? .boolean(true) : nil), ("on_conflict", onConflict?.json),
    ])
  }

  init(json: JSONValue) throws(MetaxyError) {
    let reader = RecordReader(json, "primary_key")
    self.init(
      name: try reader.name(),
      elements: try reader.list("columns") { json throws(MetaxyError) in try IndexElement(json: json) },
      isSelfNumbering: try reader.optionalFlag("self_numbering"), onConflict: try reader.conflictResolution())
  }
}

extension UniqueConstraint {
  var json: JSONValue {
    .members([
      ("name", name?.json), ("columns", .array(elements.map(\.json))), ("on_conflict", onConflict?.json),
    ])
  }

  init(json: JSONValue) throws(MetaxyError) {
    let reader = RecordReader(json, "uniques")
    self.init(
      name: try reader.name(),
      elements: try reader.list("columns") { json throws(MetaxyError) in try IndexElement(json: json) },
      onConflict: try reader.conflictResolution())
  }
}

extension CheckConstraint {
  var json: JSONValue {
    .members([
      ("name", name?.json), ("expression", expression.json), ("column", column.map(JSONValue.string)),
    ])
  }

  init(json: JSONValue) throws(MetaxyError) {
    let reader = RecordReader(json, "checks")
    self.init(
      name: try reader.name(), expression: try SQLExpression(json: reader.required("expression")),
      column: try reader.optionalText("column"))
  }
}

extension ForeignKey {
  var json: JSONValue {
    .members([
      ("name", name?.json), ("columns", .texts(columns)), ("table", .string(table.name)),
      ("schema", table.schema.map(JSONValue.string)), ("referenced_columns", .texts(referencedColumns)),
      ("on_delete", .string(onDelete.rawValue)), ("on_update", .string(onUpdate.rawValue)),
      ("deferral", deferral == .notDeferrable ? nil : .string(deferral.rawValue)),
      ("match", match.map(JSONValue.string)), ("column", column.map(JSONValue.string)),
    ])
  }

  init(json: JSONValue) throws(MetaxyError) {
    let reader = RecordReader(json, "foreign_keys")
    let deferral = try reader.optionalText("deferral") ?? ForeignKeyDeferral.notDeferrable.rawValue
    let onDelete = try reader.text("on_delete")
    let onUpdate = try reader.text("on_update")
    self.init(
      name: try reader.name(), columns: try reader.texts("columns"),
      table: TableName(try reader.text("table"), schema: try reader.optionalText("schema")),
      referencedColumns: try reader.texts("referenced_columns"),
      onDelete: try reader.known(ForeignKeyAction(rawValue: onDelete), onDelete),
      onUpdate: try reader.known(ForeignKeyAction(rawValue: onUpdate), onUpdate),
      deferral: try reader.known(ForeignKeyDeferral(rawValue: deferral), deferral),
      column: try reader.optionalText("column"))
    match = try reader.optionalText("match")
  }
}

extension ConflictResolution {
  var json: JSONValue { .string(rawValue) }
}

extension RecordReader {
  func conflictResolution() throws(MetaxyError) -> ConflictResolution? {
    guard let text = try optionalText("on_conflict") else { return nil }
    return try known(ConflictResolution(rawValue: text), text)
  }
}

extension Index {
  var json: JSONValue {
    .members([
      ("name", name.json), ("elements", .array(elements.map(\.json))), ("unique", .boolean(isUnique)),
      ("where", predicate?.json),
    ])
  }

  init(json: JSONValue) throws(MetaxyError) {
    let reader = RecordReader(json, "indexes")
    self.init(
      name: try ConstraintName(json: reader.required("name")),
      elements: try reader.list("elements") { json throws(MetaxyError) in try IndexElement(json: json) },
      isUnique: try reader.flag("unique"),
      predicate: try reader.optional("where") { json throws(MetaxyError) in try SQLExpression(json: json) })
  }
}

extension IndexElement {
  /// A plain column is its name.
  var json: JSONValue {
    if case .column(let name) = term, !isDescending, collation == nil { return .string(name) }
    let term: (String, JSONValue?) =
      switch self.term {
      case .column(let name): ("column", .string(name))
      case .expression(let expression): ("expression", expression.json)
      }
    return .members([
      term, ("descending", isDescending ? .boolean(true) : nil), ("collation", collation.map(JSONValue.string)),
    ])
  }

  init(json: JSONValue) throws(MetaxyError) {
    if case .string(let column) = json {
      self.init(.column(column))
      return
    }
    let reader = RecordReader(json, "elements")
    let term: Term =
      if let column = try reader.optionalText("column") {
        .column(column)
      } else {
        .expression(try SQLExpression(json: reader.required("expression")))
      }
    self.init(
      term, isDescending: try reader.optionalFlag("descending"), collation: try reader.optionalText("collation"))
  }
}

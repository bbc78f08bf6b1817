import MetaxyErrors
import MetaxyFeatures
internal import MetaxyNames

extension ConstraintName {
  /// An explicit name is an object, a generated one a string.
  var json: JSONValue { isExplicit ? .members([("given", .string(text))]) : .string(text) }

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
      ("self_numbering", isAutoincrement ? .boolean(true) : nil), ("on_conflict", onConflict?.json),
      ("deferral", deferral.json), ("includes", .list(includes)), ("storage", .storage(storage)),
      ("comment", comment.map(JSONValue.string)),
    ])
  }

  init(json: JSONValue) throws(MetaxyError) {
    let reader = RecordReader(json, "primary_key")
    self.init(
      name: try reader.name(),
      elements: try reader.list("columns") { json throws(MetaxyError) in try IndexElement(json: json) },
      isAutoincrement: try reader.optionalFlag("self_numbering"), onConflict: try reader.conflictResolution())
    deferral = try reader.deferral()
    includes = try reader.texts("includes")
    storage = try reader.storage()
    comment = try reader.optionalText("comment")
  }
}

extension UniqueConstraint {
  var json: JSONValue {
    .members([
      ("name", name?.json), ("columns", .array(elements.map(\.json))), ("on_conflict", onConflict?.json),
      ("deferral", deferral.json), ("includes", .list(includes)),
      ("nulls_equal", nullsAreEqual ? .boolean(true) : nil), ("storage", .storage(storage)),
      ("comment", comment.map(JSONValue.string)),
    ])
  }

  init(json: JSONValue) throws(MetaxyError) {
    let reader = RecordReader(json, "uniques")
    self.init(
      name: try reader.name(),
      elements: try reader.list("columns") { json throws(MetaxyError) in try IndexElement(json: json) },
      onConflict: try reader.conflictResolution())
    deferral = try reader.deferral()
    includes = try reader.texts("includes")
    nullsAreEqual = try reader.optionalFlag("nulls_equal")
    storage = try reader.storage()
    comment = try reader.optionalText("comment")
  }
}

extension CheckConstraint {
  var json: JSONValue {
    .members([
      ("name", name?.json), ("expression", expression.json), ("column", column.map(JSONValue.string)),
      ("not_valid", isValidated ? nil : .boolean(true)), ("no_inherit", isInherited ? nil : .boolean(true)),
      ("comment", comment.map(JSONValue.string)),
    ])
  }

  init(json: JSONValue) throws(MetaxyError) {
    let reader = RecordReader(json, "checks")
    self.init(
      name: try reader.name(), expression: try SQLExpression(json: reader.required("expression")),
      column: try reader.optionalText("column"))
    isValidated = try !reader.optionalFlag("not_valid")
    isInherited = try !reader.optionalFlag("no_inherit")
    comment = try reader.optionalText("comment")
  }
}

extension ForeignKey {
  var json: JSONValue {
    .members([
      ("name", name?.json), ("columns", .texts(columns)), ("table", .string(table.name)),
      ("schema", table.schema.map(JSONValue.string)), ("referenced_columns", .texts(referencedColumns)),
      ("on_delete", .string(onDelete.rawValue)), ("on_update", .string(onUpdate.rawValue)),
      ("deferral", deferral.json), ("match", match.map(JSONValue.string)), ("column", column.map(JSONValue.string)),
      ("not_valid", isValidated ? nil : .boolean(true)), ("set_on_delete", .list(columnsSetOnDelete)),
      ("comment", comment.map(JSONValue.string)),
    ])
  }

  init(json: JSONValue) throws(MetaxyError) {
    let reader = RecordReader(json, "foreign_keys")
    let onDelete = try reader.text("on_delete")
    let onUpdate = try reader.text("on_update")
    self.init(
      name: try reader.name(), columns: try reader.texts("columns"),
      table: TableName(try reader.text("table"), schema: try reader.optionalText("schema")),
      referencedColumns: try reader.texts("referenced_columns"),
      onDelete: try reader.known(ForeignKeyAction(rawValue: onDelete), onDelete),
      onUpdate: try reader.known(ForeignKeyAction(rawValue: onUpdate), onUpdate),
      deferral: try reader.deferral(),
      column: try reader.optionalText("column"))
    match = try reader.optionalText("match")
    isValidated = try !reader.optionalFlag("not_valid")
    columnsSetOnDelete = try reader.texts("set_on_delete")
    comment = try reader.optionalText("comment")
  }
}

extension ConflictResolution {
  var json: JSONValue { .string(rawValue) }
}

extension ConstraintDeferral {
  /// The deferral; nil for the default.
  fileprivate var json: JSONValue? { self == .notDeferrable ? nil : .string(rawValue) }
}

extension RecordReader {
  fileprivate func deferral() throws(MetaxyError) -> ConstraintDeferral {
    guard let text = try optionalText("deferral") else { return .notDeferrable }
    return try known(ConstraintDeferral(rawValue: text), text)
  }

  func conflictResolution() throws(MetaxyError) -> ConflictResolution? {
    guard let text = try optionalText("on_conflict") else { return nil }
    return try known(ConflictResolution(rawValue: text), text)
  }
}

extension Index {
  var json: JSONValue {
    .members([
      ("name", name.json), ("elements", .array(elements.map(\.json))), ("unique", .boolean(isUnique)),
      ("where", predicate?.json), ("method", method.map(JSONValue.string)), ("includes", .list(includes)),
      ("nulls_equal", nullsAreEqual ? .boolean(true) : nil), ("storage", .storage(storage)),
      ("comment", comment.map(JSONValue.string)),
    ])
  }

  init(json: JSONValue) throws(MetaxyError) {
    let reader = RecordReader(json, "indexes")
    self.init(
      name: try ConstraintName(json: reader.required("name")),
      elements: try reader.list("elements") { json throws(MetaxyError) in try IndexElement(json: json) },
      isUnique: try reader.flag("unique"),
      predicate: try reader.optional("where") { json throws(MetaxyError) in try SQLExpression(json: json) })
    method = try reader.optionalText("method")
    includes = try reader.texts("includes")
    nullsAreEqual = try reader.optionalFlag("nulls_equal")
    storage = try reader.storage()
    comment = try reader.optionalText("comment")
  }
}

extension IndexElement {
  /// A column is its name.
  var json: JSONValue {
    if case .column(let name) = term, self == IndexElement(.column(name)) { return .string(name) }
    let term: (String, JSONValue?) =
      switch self.term {
      case .column(let name): ("column", .string(name))
      case .expression(let expression): ("expression", expression.json)
      }
    return .members([
      term, ("descending", isDescending ? .boolean(true) : nil), ("collation", collation.map(JSONValue.string)),
      ("nulls_first", nullsFirst.map(JSONValue.boolean)), ("operator_class", operatorClass.map(JSONValue.string)),
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
      term, isDescending: try reader.optionalFlag("descending"), collation: try reader.optionalText("collation"),
      nullsFirst: try reader.optional("nulls_first") { _ throws(MetaxyError) in try reader.flag("nulls_first") },
      operatorClass: try reader.optionalText("operator_class"))
  }
}

extension ExclusionConstraint {
  var json: JSONValue {
    .members([
      ("name", name?.json), ("method", .string(method)), ("elements", .array(elements.map(\.json))),
      ("where", predicate?.json), ("includes", .list(includes)), ("deferral", deferral.json),
      ("storage", .storage(storage)), ("comment", comment.map(JSONValue.string)),
    ])
  }

  init(json: JSONValue) throws(MetaxyError) {
    let reader = RecordReader(json, "exclusions")
    self.init(
      name: try reader.name(), method: try reader.text("method"),
      elements: try reader.list("elements") { json throws(MetaxyError) in try Element(json: json) },
      predicate: try reader.optional("where") { json throws(MetaxyError) in try SQLExpression(json: json) })
    includes = try reader.texts("includes")
    deferral = try reader.deferral()
    storage = try reader.storage()
    comment = try reader.optionalText("comment")
  }
}

extension ExclusionConstraint.Element {
  fileprivate var json: JSONValue { .members([("element", element.json), ("with", .string(comparison))]) }

  fileprivate init(json: JSONValue) throws(MetaxyError) {
    let reader = RecordReader(json, "elements")
    self.init(try IndexElement(json: reader.required("element")), with: try reader.text("with"))
  }
}

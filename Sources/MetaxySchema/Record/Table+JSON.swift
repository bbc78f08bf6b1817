package import MetaxyErrors
package import MetaxyFeatures
internal import MetaxyNames

// Tables as JSON in the record of a revision file: independent of the engine, ordered, and without default values, so
// that a reviewer can read it. Keys may be added; existing keys keep their meaning.

extension Table {
  package var json: JSONValue {
    .members([
      ("name", .string(name.name)), ("schema", name.schema.map(JSONValue.string)),
      ("columns", .array(columns.map(\.json))),
      ("primary_key", primaryKey?.json),
      ("uniques", .list(uniques.map(\.json))), ("checks", .list(checks.map(\.json))),
      ("foreign_keys", .list(foreignKeys.map(\.json))), ("indexes", .list(indexes.map(\.json))),
      ("exclusions", .list(exclusions.map(\.json))), ("options", .list(options.map(\.rawValue))),
      ("storage", .storage(storage)), ("settings", settings.json),
      ("policies", .list(policies.map(\.json))), ("partitioning", partitioning.map(JSONValue.string)),
      ("partition", partition?.json), ("comment", comment.map(JSONValue.string)),
    ])
  }

  package init(json: JSONValue) throws(MetaxyError) {
    let reader = RecordReader(json, "table")
    self.init(
      name: TableName(try reader.text("name"), schema: try reader.optionalText("schema")),
      columns: try reader.list("columns") { json throws(MetaxyError) in try Column(json: json) },
      primaryKey: try reader.optional("primary_key") { json throws(MetaxyError) in try PrimaryKey(json: json) },
      uniques: try reader.list("uniques") { json throws(MetaxyError) in try UniqueConstraint(json: json) },
      checks: try reader.list("checks") { json throws(MetaxyError) in try CheckConstraint(json: json) },
      foreignKeys: try reader.list("foreign_keys") { json throws(MetaxyError) in try ForeignKey(json: json) },
      indexes: try reader.list("indexes") { json throws(MetaxyError) in try Index(json: json) },
      options: try reader.texts("options").map { text throws(MetaxyError) in
        try reader.known(TableOption(rawValue: text), text)
      },
      comment: try reader.optionalText("comment"))
    exclusions = try reader.list("exclusions") { json throws(MetaxyError) in try ExclusionConstraint(json: json) }
    storage = try reader.storage()
    settings = try reader.optional("settings") { json throws(MetaxyError) in try TableSettings(json: json) } ?? settings
    policies = try reader.list("policies") { json throws(MetaxyError) in try RowPolicy(json: json) }
    partitioning = try reader.optionalText("partitioning")
    partition = try reader.optional("partition") { json throws(MetaxyError) in try Partition(json: json) }
  }
}

extension Column {
  var json: JSONValue {
    .members([
      ("name", .string(name)), ("type", type.json), ("nullable", .boolean(isNullable)),
      ("on_conflict", onConflict?.json),
      ("default", defaultValue?.json),
      (
        "generated",
        generated.map { .members([("expression", $0.expression.json), ("stored", .boolean($0.isStored))]) }
      ),
      ("numbering", identity?.json),
      ("collation", collation.map(JSONValue.string)), ("storage", storage.json),
      ("inherited", isInherited ? .boolean(true) : nil), ("comment", comment.map(JSONValue.string)),
      ("backfill", backfill?.json), ("using", using?.json),
    ])
  }

  init(json: JSONValue) throws(MetaxyError) {
    let reader = RecordReader(json, "column")
    self.init(
      name: try reader.text("name"), type: try ColumnType(json: reader.required("type")),
      isNullable: try reader.flag("nullable"),
      defaultValue: try reader.optional("default") { json throws(MetaxyError) in try ColumnDefault(json: json) },
      generated: try reader.optional("generated") { json throws(MetaxyError) in
        let reader = RecordReader(json, "generated")
        return GeneratedValue(
          expression: try SQLExpression(json: reader.required("expression")), isStored: try reader.flag("stored"))
      },
      collation: try reader.optionalText("collation"), comment: try reader.optionalText("comment"))
    backfill = try reader.optional("backfill") { json throws(MetaxyError) in try Backfill(json: json) }
    using = try reader.optional("using") { json throws(MetaxyError) in try SQLExpression(json: json) }
    onConflict = try reader.conflictResolution()
    storage = try reader.optional("storage") { json throws(MetaxyError) in try ColumnStorage(json: json) } ?? storage
    isInherited = try reader.optionalFlag("inherited")
    identity = try reader.optional("numbering") { json throws(MetaxyError) in try Identity(json: json) }
  }
}

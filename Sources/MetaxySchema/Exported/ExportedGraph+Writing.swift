package import MetaxyFeatures
package import MetaxyGraph
internal import MetaxyNames

extension ExportedGraph {
  /// Returns features as the JSON that ``init(_:file:)`` reads; reading it gives the same tables and versions.
  ///
  /// - Parameters:
  ///   - project: the project of features that name none.
  ///   - length: the number of characters of a hash to keep; nil for all.
  package static func json(
    of features: [FeatureDefinition], project: String, truncatedTo length: Int?, infersTableNames: Bool
  ) -> JSONValue {
    .object([
      .init("project", .string(project)), .init("hash_truncation_length", length.map { JSONValue($0) } ?? .null),
      .init(
        "features",
        .array(
          features.map { feature in
            let table = feature.columns.isEmpty ? nil : feature.tableJSON(infersTableNames: infersTableNames)
            return .members([
              ("spec", feature.spec), ("class_path", .string(feature.classPath)),
              ("project", feature.project == project ? nil : feature.project.map(JSONValue.string)), ("table", table),
            ])
          })),
    ])
  }
}

extension FeatureDefinition {
  fileprivate func tableJSON(infersTableNames: Bool) -> JSONValue {
    .members([
      ("name", .string(TableDerivation(self, infersTableNames: infersTableNames).name.name)),
      ("schema", schema.map(JSONValue.string)), ("renamed_from", tableRenamedFrom.map(JSONValue.string)),
      ("comment", comment.map(JSONValue.string)), ("columns", .array(columns.map(\.json))),
      ("primary_key", primaryKey.map(JSONValue.texts)), ("uniques", .list(unique.map(\.json))),
      ("checks", .list(checks.map(\.json))), ("foreign_keys", .list(foreignKeys.map(\.json))),
      ("indexes", .list(indexes.map(\.json))), ("options", .list(options.map { .string($0.rawValue) })),
    ])
  }
}

extension ColumnDefinition {
  fileprivate var json: JSONValue {
    .members([
      ("name", .string(name)), ("type", type.json), ("nullable", .boolean(isNullable)),
      ("primary_key", .flag(isPrimaryKey)), ("unique", .flag(isUnique)), ("index", .flag(isIndexed)),
      ("default", defaultValue?.json), ("references", references?.json),
      (
        "generated",
        generated.map { .members([("expression", $0.expression.json), ("stored", .boolean($0.isStored))]) }
      ),
      ("collation", collation.map(JSONValue.string)), ("comment", comment.map(JSONValue.string)),
      ("renamed_from", renamedFrom.map(JSONValue.string)), ("initial_value", initialValue?.json),
      ("backfill", backfill?.json), ("using", using?.json),
      ("enumeration", enumeration.map(JSONValue.texts)),
      (
        "renamed_values",
        renamedValues.isEmpty
          ? nil : .members(renamedValues.map { ($1, .string($0)) }.sorted { $0.0 < $1.0 })
      ),
    ])
  }
}

extension ColumnReference {
  fileprivate var json: JSONValue {
    .members([
      ("table", .string(table)), ("column", .string(column)), ("on_delete", onDelete.json),
      ("on_update", onUpdate.json), ("name", name.map(JSONValue.string)),
    ])
  }
}

extension ForeignKeyAttribute {
  fileprivate var json: JSONValue {
    .members([
      ("columns", .texts(columns)), ("table", .string(table)), ("referenced_columns", .texts(referencedColumns)),
      ("on_delete", onDelete.json), ("on_update", onUpdate.json), ("name", name.map(JSONValue.string)),
    ])
  }
}

extension ForeignKeyAction {
  /// The action; nil for the default.
  fileprivate var json: JSONValue? { self == .noAction ? nil : .string(rawValue) }
}

extension UniqueAttribute {
  fileprivate var json: JSONValue { .members([("columns", .texts(columns)), ("name", name.map(JSONValue.string))]) }
}

extension CheckAttribute {
  fileprivate var json: JSONValue {
    .members([("expression", expression.json), ("name", name.map(JSONValue.string))])
  }
}

extension IndexAttribute {
  fileprivate var json: JSONValue {
    .members([
      ("elements", .array(elements.map(\.json))), ("unique", .flag(isUnique)), ("where", predicate?.json),
      ("name", name.map(JSONValue.string)),
    ])
  }
}

extension JSONValue {
  /// Returns `true`, or nil for the default.
  fileprivate static func flag(_ flag: Bool) -> JSONValue? { flag ? .boolean(true) : nil }
}

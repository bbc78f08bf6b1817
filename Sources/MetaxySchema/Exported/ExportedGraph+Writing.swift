internal import MetaxyErrors
package import MetaxyFeatures
package import MetaxyGraph
internal import MetaxyNames

extension ExportedGraph {
  /// Returns features as the JSON that ``init(_:file:)`` reads; reading it gives the same tables and versions.
  ///
  /// - Parameters:
  ///   - project: the project of features that name none.
  ///   - length: the number of characters of a hash to keep; nil for all.
  ///   - prefix: what the names of declared tables start with; the others are written without it.
  ///   - versions: the versions of a graph of generation 0.1, which it contains.
  package static func json(
    of features: [FeatureDefinition], _ tables: [DeclaredTable] = [], project: String, truncatedTo length: Int?,
    infersTableNames: Bool, tablePrefix prefix: String = "", versions: GraphVersions? = nil
  ) -> JSONValue {
    .members([
      ("project", .string(project)), ("hash_truncation_length", length.map { JSONValue($0) } ?? .null),
      ("generation", versions.map { _ in .string(Generation.release01.rawValue) }),
      ("project_version", (versions?.snapshot).map(JSONValue.string)),
      ("table_prefix", JSONValue.string(prefix).unless(prefix.isEmpty || tables.isEmpty)),
      (
        "features",
        .array(
          features.map { feature in
            let own = feature.columns.isEmpty ? nil : feature.tableJSON(infersTableNames: infersTableNames)
            let isPlaced = versions != nil || !feature.definesTable
            return .members(
              [
                ("spec", feature.spec), ("class_path", feature.classPath.isEmpty ? nil : .string(feature.classPath)),
                ("project", feature.project == project ? nil : feature.project.map(JSONValue.string)),
              ] + (versions.map(feature.members01) ?? []) + [
                ("source", feature.source.json.unless(!isPlaced)),
                ("table", feature.definesTable ? own : feature.declarationJSON),
              ])
          })
      ), ("tables", JSONValue.array(tables.map(\.json)).unless(tables.isEmpty)),
    ])
  }
}

extension DeclaredTable {
  fileprivate var json: JSONValue {
    .members([
      ("name", .string(name.name)), ("schema", name.schema.map(JSONValue.string)),
      ("class_path", classPath.map(JSONValue.string)), ("source", source.json),
      ("columns", JSONValue.sorted(columns.mapValues(\.json)).unless(columns.isEmpty)),
      ("statements", .sorted(statements.mapValues { .texts($0) })),
      ("refused", JSONValue.sorted(refused.mapValues { .string($0) }).unless(refused.isEmpty)),
    ])
  }
}

extension SourceLocation {
  fileprivate var json: JSONValue { .members([("file", .string(file)), ("line", JSONValue(line))]) }
}

extension JSONValue {
  /// Returns nil, which leaves a member out, if a condition holds.
  fileprivate func unless(_ isLeftOut: Bool) -> JSONValue? { isLeftOut ? JSONValue?.none : self }

  fileprivate static func sorted(_ members: [String: JSONValue]) -> JSONValue {
    .object(members.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) })
  }
}

extension FeatureDefinition {
  /// The members that only a graph of generation 0.1 has.
  fileprivate func members01(_ versions: GraphVersions) -> [(String, JSONValue?)] {
    let given = details01.fieldVersions.sorted { $0.key < $1.key }
    let version = details01.definitionVersion ?? versions[key]?.definitionVersion
    return [
      ("definition_version", version.map(JSONValue.string)), ("feature_schema", details01.schema),
      ("external", .flag(details01.isExternal)),
      ("field_versions", given.isEmpty ? nil : .object(given.map { .init($0.key.text, .string($0.value)) })),
    ]
  }

  /// The declared table that the feature has; `false` for none.
  fileprivate var declarationJSON: JSONValue {
    guard let table else { return .boolean(false) }
    return .members([
      ("declared", .boolean(true)), ("name", .string(table)), ("schema", schema.map(JSONValue.string)),
    ])
  }

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

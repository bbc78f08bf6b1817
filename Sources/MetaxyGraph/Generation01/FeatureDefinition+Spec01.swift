import MetaxyFeatures

extension FeatureDefinition {
  /// The spec as Metaxy stores it since 0.1: every member in the order of its declaration.
  var spec01: JSONValue {
    .object([
      .init("key", .string(key.text)),
      .init("id_columns", .array(idColumns.map(JSONValue.string))),
      .init("deps", .array((dependencies ?? []).map(\.spec01))),
      .init("fields", .array(fields.map(\.spec01))),
      .init("metadata", metadata ?? .object([])),
      .init("description", JSONValue(details01.description)),
    ])
  }
}

extension FeatureDependency {
  fileprivate var spec01: JSONValue {
    .object([
      .init("feature", .string(feature.key.text)),
      .init("select", columns.map { .array($0.map(JSONValue.string)) } ?? .null),
      .init("rename", rename.map { .object($0.pairs.map { .init($0.old, .string($0.new)) }) } ?? .null),
      .init("fields_mapping", .object([.init("mapping", .object(fieldsMapping.members))])),
      .init("sql_filters", filters.map { .array($0.map(JSONValue.string)) } ?? .null),
      .init("lineage", .object([.init("relationship", .object(lineage.members))])),
      .init("optional", .boolean(isOptional)),
    ])
  }
}

extension FieldsMapping {
  fileprivate var members: [JSONValue.Member] {
    switch self {
    case .sameName(let matchesSuffix, let excluded):
      [
        .init("type", "default"), .init("match_suffix", .boolean(matchesSuffix)),
        .init("exclude_fields", .array(excluded.map { .string($0.text) })),
      ]
    case .all: [.init("type", "all")]
    case .none: [.init("type", "none")]
    case .specific(let entries):
      // The only keys that are written as lists.
      [
        .init("type", "specific"),
        .init(
          "mapping",
          .object(
            entries.map { entry in
              .init(entry.field.text, .array(entry.parents.map { .array($0.parts.map(JSONValue.string)) }))
            })),
      ]
    }
  }
}

extension Lineage {
  fileprivate var members: [JSONValue.Member] {
    switch self {
    case .identity: [.init("type", "1:1")]
    case .aggregation(let columns):
      [.init("type", "N:1"), .init("on", columns.map { .array($0.map(JSONValue.string)) } ?? .null)]
    case .expansion(let columns, let pattern):
      [
        .init("type", "1:N"), .init("on", .array(columns.map(JSONValue.string))),
        .init("id_generation_pattern", JSONValue(pattern)),
      ]
    }
  }
}

extension FieldSpec {
  fileprivate var spec01: JSONValue {
    .object([
      .init("key", .string(key.text)), .init("code_version", .string(codeVersion)),
      .init("deps", dependencies.map { .array($0.map(\.spec01)) } ?? .string(Self.everything)),
    ])
  }
}

extension FieldDependency {
  fileprivate var spec01: JSONValue {
    .object([
      .init("feature", .string(feature.key.text)),
      .init("fields", fields.map { .array($0.map { .string($0.text) }) } ?? .string(FieldSpec.everything)),
    ])
  }
}

package import MetaxyFeatures
internal import MetaxyNames

extension FeatureDefinition {
  /// The spec as Metaxy stores it: every member in the order of its declaration, then the attributes of a base.
  package var spec: JSONValue { generation == .seed ? seedSpec : spec01 }

  private var seedSpec: JSONValue {
    .object(
      [
        .init("key", .parts(of: key)),
        .init("deps", dependencies.map { .array($0.map(\.spec)) } ?? .null),
        .init("fields", .array(fields.map(\.spec))),
        .init("metadata", metadata ?? .object([])),
        .init("id_columns", idColumnsSpec),
      ] + attributeMembers)
  }

  /// The members from ``attributes``.
  var attributeMembers: [JSONValue.Member] {
    guard case .object(let members) = attributes else { return [] }
    return members
  }

  private var idColumnsSpec: JSONValue {
    if writesIDColumnAsText, idColumns.count == 1 { return .string(idColumns[0]) }
    return .array(idColumns.map(JSONValue.string))
  }
}

extension FeatureDependency {
  fileprivate var spec: JSONValue {
    .object([
      .init("feature", .parts(of: feature.key)),
      .init("columns", columns.map { .array($0.map(JSONValue.string)) } ?? .null),
      .init("rename", rename.map { .object($0.pairs.map { .init($0.old, .string($0.new)) }) } ?? .null),
    ])
  }
}

extension FieldSpec {
  /// Metaxy's value for "all upstream fields", in place of a list.
  static let everything = "__METAXY_ALL_DEP__"

  fileprivate var spec: JSONValue {
    .object([
      .init("key", .parts(of: key)), .init("code_version", .string(codeVersion)),
      .init("deps", dependencies.map { .array($0.map(\.spec)) } ?? .string(Self.everything)),
    ])
  }
}

extension FieldDependency {
  fileprivate var spec: JSONValue {
    .object([
      .init("feature", .parts(of: feature.key)),
      .init("fields", fields.map { .array($0.map(JSONValue.parts)) } ?? .string(FieldSpec.everything)),
    ])
  }
}

extension JSONValue {
  fileprivate static func parts(of key: some PathKey) -> JSONValue { .array(key.parts.map(JSONValue.string)) }
}

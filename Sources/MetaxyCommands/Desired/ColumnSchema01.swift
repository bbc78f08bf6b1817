internal import MetaxyFeatures
internal import MetaxyGraph

extension FeatureDefinition {
  /// A JSON Schema of the columns, in the form of the one that Metaxy records for a class.
  var schema01: JSONValue {
    let required = columns.filter { !$0.isNullable }.map { JSONValue.string($0.name) }
    return .object(
      [
        .init("additionalProperties", false),
        .init("properties", .object(columns.map { .init($0.name, $0.schema01) })),
      ] + (required.isEmpty ? [] : [.init("required", .array(required))])
        + [.init("title", .string(typeName)), .init("type", "object")])
  }
}

extension ColumnDefinition {
  fileprivate var schema01: JSONValue {
    guard isNullable else { return .object(type.schema01) }
    return .object([.init("anyOf", .array([.object(type.schema01), ["type": "null"]]))])
  }
}

extension ColumnType {
  fileprivate var schema01: [JSONValue.Member] {
    func text(_ format: String) -> [JSONValue.Member] { [.init("format", .string(format)), .init("type", "string")] }
    return switch self {
    case .string(let length): (length.map { [.init("maxLength", JSONValue($0))] } ?? []) + [.init("type", "string")]
    case .bigint, .integer, .smallint: [.init("type", "integer")]
    case .double, .real, .numeric: [.init("type", "number")]
    case .boolean: [.init("type", "boolean")]
    case .timestamp: text("date-time")
    case .date: text("date")
    case .time: text("time")
    case .uuid: text("uuid")
    case .binary: text("binary")
    case .interval: text("duration")
    // A JSON value and a type of one engine can be anything.
    case .json, .jsonb, .raw: []
    }
  }
}

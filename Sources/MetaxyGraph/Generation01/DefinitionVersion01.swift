import MetaxyFeatures

/// The definition version of a feature that does not come with one from Python.
///
/// Python hashes the JSON Schema that Pydantic makes of a class, which a Swift type does not have. Here it is SHA-256 of the
/// truncated spec version and a description of the columns, as canonical JSON:
///
/// ```json
/// [{"name": "sample_id", "nullable": false, "type": "string"}, {"name": "size", "nullable": true, "type": "bigint"}]
/// ```
enum DefinitionVersion01 {
  static func version(of feature: FeatureDefinition, specVersion: String, truncatedTo length: Int?) -> String {
    var hash = VersionHash()
    hash.add(specVersion)
    hash.add(String(decoding: description(of: feature.columns).canonicalText, as: UTF8.self))
    return hash.text(truncatedTo: length)
  }

  private static func description(of columns: [ColumnDefinition]) -> JSONValue {
    .array(
      columns.map { column in
        .object([
          .init("name", .string(column.name)), .init("type", description(of: column.type)),
          .init("nullable", .boolean(column.isNullable)),
        ])
      })
  }

  /// The types in a spelling that is independent of messages and of SQL: definition versions stay what they are.
  private static func description(of type: ColumnType) -> JSONValue {
    switch type {
    case .string(nil): "string"
    case .string(let length?): .string("string(\(length))")
    case .bigint: "bigint"
    case .integer: "integer"
    case .smallint: "smallint"
    case .double: "double"
    case .real: "real"
    case .boolean: "boolean"
    case .timestamp: "timestamp"
    case .date: "date"
    case .time: "time"
    case .numeric(let precision, let scale):
      .object([.init("numeric", .array([precision, scale].map { $0.map { JSONValue($0) } ?? .null }))])
    case .uuid: "uuid"
    case .binary: "binary"
    case .interval: "interval"
    case .json: "json"
    case .jsonb: "jsonb"
    case .raw(let words):
      .object(
        [.init("raw", .string(words.text))]
          + words.variants.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) })
    }
  }
}

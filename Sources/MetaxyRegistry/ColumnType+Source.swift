import MetaxyFeatures

extension ColumnType {
  /// The Swift expression for the type.
  var source: String {
    switch self {
    case .string(nil): ".string"
    case .string(let length?): ".varchar(\(length))"
    case .bigint: ".bigint"
    case .integer: ".integer"
    case .smallint: ".smallint"
    case .double: ".double"
    case .real: ".real"
    case .boolean: ".boolean"
    case .timestamp: ".timestamp"
    case .date: ".date"
    case .time: ".time"
    case .numeric(nil, nil): ".numeric"
    case .numeric(let precision?, let scale?): ".numeric(\(precision), \(scale))"
    case .numeric(let precision, let scale):
      ".numeric(precision: \(Self.source(of: precision)), scale: \(Self.source(of: scale)))"
    case .uuid: ".uuid"
    case .binary: ".binary"
    case .interval: ".interval"
    case .json: ".json"
    case .jsonb: ".jsonb"
    case .raw(let expression): ".raw(\(expression.source))"
    }
  }

  private static func source(of number: Int?) -> String { number.map(String.init) ?? "nil" }
}

extension SQLExpression {
  fileprivate var source: String {
    let variants = variants.sorted { $0.key < $1.key }.map { "\(SwiftText.literal($0)): \(SwiftText.literal($1))" }
    let more = variants.isEmpty ? "" : ", variants: [\(variants.joined(separator: ", "))]"
    return "SQLExpression(\(SwiftText.literal(text))\(more))"
  }
}

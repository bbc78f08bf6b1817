import MetaxyFeatures
import SwiftSyntax

/// The cases of ``ColumnType``, as written in `@Column(type:)`.
extension FileReader {
  private static let plainTypes: [String: ColumnType] = [
    "string": .string, "text": .text, "bigint": .bigint, "integer": .integer, "smallint": .smallint,
    "double": .double, "real": .real, "boolean": .boolean, "timestamp": .timestamp, "date": .date, "time": .time,
    "numeric": .numeric, "uuid": .uuid, "binary": .binary, "interval": .interval, "json": .json, "jsonb": .jsonb,
  ]

  func columnType(_ expression: ExprSyntax) -> ColumnType? {
    let names = Self.plainTypes.keys.sorted() + ["varchar", "raw"]
    guard
      let call = known(expression, of: "ColumnType", among: names, expected: "a column type such as `.varchar(64)`")
    else { return nil }
    switch call.name {
    case "varchar": return length(in: call, label: nil).map { .varchar($0) }
    case "string" where call.arguments != nil: return length(in: call, label: "length").map { .string(length: $0) }
    case "numeric" where call.arguments != nil: return numeric(call)
    case "raw": return sqlArguments(of: call).map { .raw($0) }
    default:
      if call.arguments != nil { report("`.\(call.name)` takes no arguments", at: expression) }
      return Self.plainTypes[call.name]
    }
  }

  private func length(in call: KnownCall, label: String?) -> Int? {
    let given = arguments(of: call, positional: label == nil ? 1 : 0, labels: label.map { [$0] } ?? [])
    guard let expression = label.map({ given[$0] }) ?? given.unlabeled.first else {
      report("`.\(call.name)` needs a length", at: call.node)
      return nil
    }
    guard let length = integer(expression) else { return nil }
    guard length > 0 else {
      report("a length must be at least 1", at: expression)
      return nil
    }
    return length
  }

  /// Reads `.numeric(12, 3)` or `.numeric(precision: 12, scale: 3)`.
  private func numeric(_ call: KnownCall) -> ColumnType? {
    let given = arguments(of: call, positional: 2, labels: ["precision", "scale"])
    let expressions = given.unlabeled.isEmpty ? [given["precision"], given["scale"]] : given.unlabeled.map { $0 }
    let digits = expressions.map { $0.flatMap(integer) }
    guard digits.count == 2, let precision = digits[0], let scale = digits[1] else {
      report("`.numeric` needs a precision and a scale: `.numeric(12, 3)`", at: call.node)
      return nil
    }
    guard precision > 0, (0...precision).contains(scale) else {
      report(
        "`.numeric(\(precision), \(scale))` is out of range: the scale must be between 0 and the precision",
        at: call.node)
      return nil
    }
    return .numeric(precision, scale)
  }
}

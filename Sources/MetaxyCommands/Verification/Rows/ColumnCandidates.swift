internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// The values that are tried in a column, as SQL of a dialect.
struct ColumnCandidates {
  /// Ordinary values, which differ from each other.
  let plain: (Int) -> String
  /// Values that conversions and copies often get wrong.
  let special: [String]

  /// - Throws: errors for a type that the dialect does not support.
  init(_ column: Column, of table: Table, in schema: Schema, _ dialect: any Dialect) throws(MetaxyError) {
    let type = try dialect.typeName(of: column.type, in: table.options).lowercased()
    if let values = Self.values(of: type, in: schema, dialect), !values.isEmpty {
      plain = { values[$0 % values.count] }
      special = values
      return
    }
    // Each value that a check lists is tried.
    if let values = dialect.allowedValues(of: column, in: table)?.map({ SQLText.literal($0) }), !values.isEmpty {
      plain = { values[$0 % values.count] }
      special = values
      return
    }
    let numbers = type.drop { $0 != "(" }.split { !$0.isNumber }.compactMap { Int($0) }
    let word = type.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == " " }.trimmed
    (plain, special) = Self.candidates(type, word, numbers, dialect)
  }

  private static func candidates(
    _ type: String, _ word: String, _ numbers: [Int], _ dialect: any Dialect
  ) -> ((Int) -> String, [String]) {
    func texts(_ plain: @escaping (Int) -> String, _ special: [String]) -> ((Int) -> String, [String]) {
      ({ SQLText.literal(plain($0)) }, special.map { SQLText.literal($0) })
    }
    if type.hasSuffix("[]") { return texts({ _ in "{}" }, ["{NULL}"]) }
    if let special = TypeTexts.of(word, numbers) { return texts(special.plain, special.others) }
    switch word {
    case "smallint", "int2": return ({ "\($0 + 1)" }, ["32767", "-32768", "0"])
    case "integer", "int", "int4", "serial":
      return ({ "\($0 + 1)" }, ["2147483647", "-2147483648", "0"])
    case "bigint", "int8", "bigserial":
      return ({ "\($0 + 1)" }, ["9007199254740993", "9223372036854775807", "-9223372036854775808", "0"])
    case "float", "float8", "double precision", "double":
      return ({ "\($0).5" }, ["0.1", "1e300", "-1e-300", "9007199254740993", "0.30000000000000004"])
    case "real", "float4": return ({ "\($0).5" }, ["0.1", "1e30", "-1e-30"])
    case "numeric", "decimal":
      guard let precision = numbers.first else { return ({ "\($0).5" }, ["12345678901234.123456789", "-0.000001"]) }
      let scale = numbers.count > 1 ? numbers[1] : 0
      let digits = String(repeating: "9", count: max(precision - scale, 1))
      let fraction = scale > 0 ? "." + String(repeating: "9", count: scale) : ""
      return ({ "\($0 % 9)" + (scale > 0 ? ".5" : "") }, precision > scale ? [digits + fraction, "-1\(fraction)"] : [])
    case "boolean", "bool":
      let values = [true, false].map { dialect.literal(.boolean($0)) }
      return ({ values[$0 % 2] }, values)
    case "datetime", "timestamp", "timestamp with time zone", "timestamp without time zone", "timestamptz":
      return texts(
        { "2026-01-\(10 + $0 % 19) 12:00:00.000000" },
        ["2026-11-22 00:00:00.000000", "1969-12-31 23:59:59.999999", "2026-11-22 10:07:31.123456"])
    case "date": return texts({ "2026-01-\(10 + $0 % 19)" }, ["1969-12-31", "2024-02-29"])
    case "time", "time without time zone": return texts({ "12:00:\(10 + $0 % 49)" }, ["00:00:00", "23:59:59.999999"])
    case "money": return ({ "\($0)" }, ["92233720368547758.07"])
    case "uuid": return texts({ "00000000-0000-4000-8000-0000000000\(10 + $0 % 89)" }, [])
    case "json", "jsonb": return texts({ "{\"a\": \($0)}" }, ["{\"b\": \"ä🙂\", \"a\": [1, null]}", "null"])
    case "bytea": return ({ "'\\x0\($0 % 10)'" }, ["'\\x00ff'", "'\\x'"])
    case "blob": return ({ "x'0\($0 % 10)'" }, ["x'00ff'", "x''"])
    default:
      let limit = numbers.first ?? 200
      let long = String(repeating: "x", count: min(limit, 200))
      return texts(
        { String("\($0) text".prefix(max(limit, 1))) },
        ["ä🙂", "0012", "it's", " a ", "", long].map { String($0.prefix(max(limit, 1))) })
    }
  }

  /// The values of an enum type.
  private static func values(of type: String, in schema: Schema, _ dialect: any Dialect) -> [String]? {
    let name = type.filter { $0 != "\"" }
    return schema.enums.first { $0.key.name.folded == name || "\($0.key)".lowercased() == name }?.value.values
      .map { SQLText.literal($0) }
  }
}

extension Substring {
  fileprivate var trimmed: String { split(separator: " ").joined(separator: " ") }
}

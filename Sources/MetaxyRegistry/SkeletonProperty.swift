import MetaxyFeatures
internal import MetaxyGraph
import MetaxySchema

/// The property of a feature for a column of a database.
struct SkeletonProperty {
  let name: String
  /// The type without its question mark.
  let type: String
  let lines: [String]

  /// - Parameters:
  ///   - isRequired: whether the column is part of a key, so that it is NOT NULL anyway.
  ///   - taken: the names of the other properties.
  init(
    _ column: Column, dialect: String, isRequired: Bool, constraints: SkeletonConstraints, besides taken: Set<String>
  ) {
    var (type, explicit) = Self.type(of: column, dialect)
    if constraints.enumerations[column.name] != nil { (type, explicit) = (Self.enumerationName(of: column.name), nil) }
    let name = Self.name(of: column.name, besides: taken)
    var arguments: [String] = []
    if ColumnName.from(property: name) != column.name { arguments.append("name: \(SwiftText.literal(column.name))") }
    if let explicit { arguments.append("type: \(explicit)") }
    if constraints.uniqueColumns.contains(column.name) { arguments.append("unique: true") }
    if constraints.indexedColumns.contains(column.name) { arguments.append("index: true") }
    if let value = column.defaultValue, let text = Self.text(of: value, dialect) {
      arguments.append("default: \(text)")
    }
    if let generated = column.generated {
      let text = SwiftText.literal(generated.expression.text(for: dialect))
      arguments.append("generated: .\(generated.isStored ? "stored" : "virtual")(\(text))")
    }
    if let collation = column.collation { arguments.append("collation: \(SwiftText.literal(collation))") }
    if let comment = column.comment { arguments.append("comment: \(SwiftText.literal(comment))") }
    let attribute = arguments.isEmpty ? "" : "@Column(\(arguments.joined(separator: ", "))) "
    let optional = column.isNullable && !isRequired ? "?" : ""
    self.name = name
    self.type = type
    lines = ["\(attribute)var \(SwiftText.name(name)): \(type)\(optional)"]
  }

  /// Returns the enumeration of a column's values.
  static func enumeration(of column: String, _ values: [String]) -> [String] {
    var taken: Set<String> = []
    let cases = values.map { value in
      let name = name(of: value, besides: taken)
      taken.insert(name)
      let written = SwiftText.name(name)
      return name == value ? "  case \(written)" : "  case \(written) = \(SwiftText.literal(value))"
    }
    return ["enum \(enumerationName(of: column)): String, Codable, Sendable {"] + cases + ["}"]
  }

  private static func enumerationName(of column: String) -> String {
    let name = name(of: column, besides: [])
    return name.prefix(1).uppercased() + name.dropFirst() + "Value"
  }

  private static func name(of text: String, besides taken: Set<String>) -> String {
    let words = text.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.map(String.init)
    let rest = words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }
    var name = (words.first.map { $0.prefix(1).lowercased() + $0.dropFirst() } ?? "value") + rest.joined()
    if name.first?.isNumber ?? false { name = "_\(name)" }
    var unique = name
    var number = 2
    while taken.contains(unique) {
      unique = "\(name)\(number)"
      number += 1
    }
    return unique
  }

  /// Returns the type of the property, and the column type if it does not follow from that.
  private static func type(of column: Column, _ dialect: String) -> (String, explicit: String?) {
    switch column.type {
    case .string(nil): ("String", nil)
    case .string: ("String", column.type.source)
    case .bigint: ("Int", nil)
    // SQLite's INTEGER holds 64 bits.
    case .integer: column.isWide ? ("Int", ".integer") : ("Int32", nil)
    case .smallint: ("Int16", nil)
    case .double: ("Double", nil)
    case .real: ("Float", nil)
    case .boolean: ("Bool", nil)
    case .timestamp: ("Date", nil)
    case .date: ("Date", ".date")
    case .time: ("String", ".time")
    case .numeric(nil, nil): ("Decimal", nil)
    case .numeric: ("Decimal", column.type.source)
    case .uuid: ("UUID", nil)
    case .binary: ("Data", nil)
    case .interval: ("Duration", nil)
    case .json: ("[String: String]", nil)
    case .jsonb: ("[String: String]", ".jsonb")
    case .raw(let expression): ("String", ".raw(\(SwiftText.literal(expression.text(for: dialect))))")
    }
  }

  private static func text(of value: ColumnDefault, _ dialect: String) -> String? {
    switch value {
    case .currentTimestamp: ".currentTimestamp"
    case .expression(let expression): ".sql(\(SwiftText.literal(expression.text(for: dialect))))"
    case .literal(.string(let text)): SwiftText.literal(text)
    case .literal(.integer(let digits)), .literal(.float(let digits)): digits
    case .literal(.boolean(let value)): value ? "true" : "false"
    case .literal(.null): nil
    }
  }
}

import MetaxyErrors
import MetaxyFeatures

extension SQLExpression {
  /// A text, or a text with replacements for some engines.
  var json: JSONValue {
    guard !variants.isEmpty else { return .string(text) }
    let sorted = variants.sorted { $0.key < $1.key }.map { ($0.key, JSONValue?.some(.string($0.value))) }
    return .members([("sql", .string(text)), ("variants", .members(sorted))])
  }

  init(json: JSONValue) throws(MetaxyError) {
    if case .string(let text) = json {
      self.init(text)
      return
    }
    let reader = RecordReader(json, "expression")
    var variants: [String: String] = [:]
    if case .object(let members) = try reader.required("variants") {
      for member in members {
        variants[member.name] = try RecordReader(json["variants"] ?? .null, "variants").text(member.name)
      }
    }
    self.init(try reader.text("sql"), variants: variants)
  }
}

extension ColumnType {
  /// The type's display text, `string(64)`; an object for a raw type.
  var json: JSONValue {
    if case .raw(let words) = self { return .members([("raw", words.json)]) }
    return .string(displayText)
  }

  init(json: JSONValue) throws(MetaxyError) {
    let reader = RecordReader(json, "type")
    guard case .string(let text) = json else {
      self = .raw(try SQLExpression(json: reader.required("raw")))
      return
    }
    self = try reader.known(Self.named[text] ?? Self.sized(text), text)
  }

  private static let named: [String: ColumnType] = {
    let plain: [ColumnType] = [
      .string, .bigint, .integer, .smallint, .double, .real, .boolean, .timestamp, .date, .time, .numeric, .uuid,
      .binary, .interval, .json, .jsonb,
    ]
    return Dictionary(plain.map { ($0.displayText, $0) }) { first, _ in first }
  }()

  /// Parses `string(64)` and `numeric(12, 3)`.
  private static func sized(_ text: String) -> ColumnType? {
    guard text.hasSuffix(")"), let parenthesis = text.firstIndex(of: "(") else { return nil }
    let numbers = text[text.index(after: parenthesis)...].dropLast().split(separator: ",")
      .map { Int($0.drop { $0 == " " }) }
    return switch (text[..<parenthesis], numbers.count) {
    case ("string", 1): numbers[0].map(ColumnType.varchar)
    case ("numeric", 1): numbers[0].map { .numeric(precision: $0, scale: nil) }
    case ("numeric", 2): numbers[0].flatMap { precision in numbers[1].map { .numeric(precision, $0) } }
    default: nil
    }
  }
}

extension LiteralValue {
  var json: JSONValue {
    switch self {
    case .string(let text): .string(text)
    case .integer(let digits): .members([("integer", .string(digits))])
    case .float(let digits): .members([("float", .string(digits))])
    case .boolean(let value): .boolean(value)
    case .null: .null
    }
  }

  init(json: JSONValue) throws(MetaxyError) {
    switch json {
    case .string(let text): self = .string(text)
    case .boolean(let value): self = .boolean(value)
    case .null: self = .null
    default:
      let reader = RecordReader(json, "value")
      if let digits = try reader.optionalText("integer") {
        self = .integer(digits)
      } else {
        self = .float(try reader.text("float"))
      }
    }
  }
}

extension ColumnDefault {
  var json: JSONValue {
    switch self {
    case .literal(let value): .members([("literal", value.json)])
    case .currentTimestamp: .string("current_timestamp")
    case .expression(let expression): .members([("expression", expression.json)])
    }
  }

  init(json: JSONValue) throws(MetaxyError) {
    let reader = RecordReader(json, "default")
    if case .string(let text) = json {
      self = try reader.known(text == "current_timestamp" ? .currentTimestamp : nil, text)
    } else if let literal = json["literal"] {
      self = .literal(try LiteralValue(json: literal))
    } else {
      self = .expression(try SQLExpression(json: reader.required("expression")))
    }
  }
}

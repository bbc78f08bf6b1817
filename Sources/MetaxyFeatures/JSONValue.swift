/// Any JSON value, with its numbers as written and its members in their order.
///
/// ```swift
/// metadata: ["owner": "vision", "cost": 3, "tags": ["raw", nil]]
/// ```
public enum JSONValue: Sendable, Hashable {
  /// `null`.
  case null
  /// `true` or `false`.
  case boolean(Bool)
  /// The text of a number: JSON limits neither size nor precision, a `Double` does.
  case number(String)
  /// A string, without its quotes and escapes.
  case string(String)
  /// An array.
  case array([JSONValue])
  /// An object, with its members in the order in which they are written.
  case object([Member])

  /// A member of an object.
  public struct Member: Sendable, Hashable {
    /// The name of the member.
    public var name: String
    /// The value of the member.
    public var value: JSONValue

    package init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// The value of the member `name` of an object; nil if there is none, and for other values.
  ///
  /// Names are equal when their Unicode scalars are.
  package subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { ScalarString($0.name) == ScalarString(name) }?.value
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
  /// Creates a string.
  public init(stringLiteral value: String) { self = .string(value) }
  /// Creates a boolean.
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  /// Creates a number.
  public init(integerLiteral value: Int) { self = .number(String(value)) }
  /// Creates a number.
  public init(floatLiteral value: Double) { self = .number(String(value)) }
  /// Creates an array.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// Creates an object, with its members in the order in which they are written.
  public init(dictionaryLiteral members: (String, JSONValue)...) {
    self = .object(members.map { Member($0.0, $0.1) })
  }
  /// Creates `null`.
  public init(nilLiteral: ()) { self = .null }

  /// A string, or `null`.
  package init(_ text: String?) { self = text.map(JSONValue.string) ?? .null }
  package init(_ number: Int) { self = .number(String(number)) }
}

extension JSONValue {
  /// The value as JSON text: indented by two spaces, or on one line.
  package func text(indented: Bool = true) -> String {
    var text = ""
    write(to: &text, indentation: indented ? "\n" : nil)
    return text
  }

  private func write(to text: inout String, indentation: String?) {
    switch self {
    case .null: text += "null"
    case .boolean(let value): text += value ? "true" : "false"
    case .number(let digits): text += digits
    case .string(let string): Self.write(string, to: &text)
    case .array(let elements):
      Self.write(elements, in: ("[", "]"), to: &text, indentation: indentation) { element, text, inner in
        element.write(to: &text, indentation: inner)
      }
    case .object(let members):
      Self.write(members, in: ("{", "}"), to: &text, indentation: indentation) { member, text, inner in
        Self.write(member.name, to: &text)
        text += ": "
        member.value.write(to: &text, indentation: inner)
      }
    }
  }

  private static func write<Element>(
    _ elements: [Element], in brackets: (open: String, close: String), to text: inout String, indentation: String?,
    each: (Element, inout String, String?) -> Void
  ) {
    guard !elements.isEmpty else {
      text += brackets.open + brackets.close
      return
    }
    let inner = indentation.map { $0 + "  " }
    text += brackets.open
    for (position, element) in elements.enumerated() {
      if position > 0 { text += inner == nil ? ", " : "," }
      text += inner ?? ""
      each(element, &text, inner)
    }
    text += (indentation ?? "") + brackets.close
  }

  private static func write(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}

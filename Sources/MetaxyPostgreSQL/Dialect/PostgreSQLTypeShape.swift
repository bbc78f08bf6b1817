internal import MetaxyFeatures
internal import MetaxyPostgreSQLDriver

/// A parsed type: its kind, its size, and whether it is an array.
struct PostgreSQLTypeShape {
  enum Kind {
    case text, integer, exact, floating, boolean, binary, bits, json, uuid
    /// Times: a date, a time of day without and with a zone, a timestamp without and with time zone, and an interval.
    case day, clock, zonedClock, local, moment, interval
    /// Enums, domains and the types of extensions.
    case other
  }

  /// The type as `format_type` prints it.
  let text: String
  /// The name without modifiers; for an array, the element's name: `character varying`.
  let name: String
  let modifiers: [Int]
  let isArray: Bool

  private init(name: String, modifiers: [Int], text: String) {
    (self.name, self.modifiers, self.text) = (name, modifiers, text)
    isArray = false
  }

  init(_ type: ColumnType) {
    text = PostgreSQLTypes.canonicalName(of: type)
    isArray = text.hasSuffix("[]")
    let element = isArray ? text.dropLast(2) : text[...]
    guard let start = element.firstIndex(of: "("), let end = element[start...].firstIndex(of: ")") else {
      name = String(element)
      modifiers = []
      return
    }
    name = String(element[..<start] + element[element.index(after: end)...])
    modifiers = element[element.index(after: start)..<end].split(separator: ",").compactMap { Int($0) }
  }

  var kind: Kind {
    switch name {
    case "character varying", "text", "character", "bpchar", "citext": .text
    case "smallint", "integer", "bigint": .integer
    case "numeric": .exact
    case "real", "double precision": .floating
    case "boolean": .boolean
    case "bytea": .binary
    case "bit", "bit varying": .bits
    case "json", "jsonb": .json
    case "uuid": .uuid
    case "date": .day
    case "time without time zone": .clock
    case "time with time zone": .zonedClock
    case "timestamp without time zone": .local
    case "timestamp with time zone": .moment
    default: name == "interval" || name.hasPrefix("interval ") ? .interval : .other
    }
  }

  /// The same type, not as an array.
  var element: PostgreSQLTypeShape {
    PostgreSQLTypeShape(name: name, modifiers: modifiers, text: isArray ? String(text.dropLast(2)) : text)
  }

  /// The range of an integer type.
  var range: ClosedRange<Int>? { PostgreSQLTypes.bounds(of: .raw(name)) }

  func isWider(than other: PostgreSQLTypeShape) -> Bool {
    guard let range, let other = other.range else { return false }
    return range.upperBound > other.upperBound
  }
}

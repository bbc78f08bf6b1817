/// The texts that a type accepts, as conditions that do not fail: PostgreSQL before version 16 cannot ask without an error.
///
/// Dates and times are accepted in their ISO form only, whose meaning does not depend on the session's `DateStyle`.
/// https://www.postgresql.org/docs/current/datatype-datetime.html
enum PostgreSQLTextForm {
  /// Returns the condition for texts that `type` does not accept; nil if it accepts every text.
  static func misfit(_ text: String, _ type: PostgreSQLTypeShape) -> String? {
    let limits = PostgreSQLLimits(type)
    switch type.kind {
    case .integer:
      return either("\(text) !~ '^\(space)[-+]?[0-9]{1,200}\(space)$'", limits.range(of: "\(text)::numeric"))
    case .exact: return either("\(text) !~* '\(number)'", limits.overflow(of: "\(text)::numeric", from: nil))
    case .floating:
      let named = "\(text) ~* '^\(space)([-+]?inf(inity)?|nan)\(space)$'"
      return "CASE WHEN \(named) THEN false WHEN \(text) !~* '\(number)' THEN true"
        + " ELSE \(limits.overflow(ofExact: "\(text)::numeric") ?? "false") END"
    case .boolean:
      return "lower(btrim(\(text), E' \\t\\n\\r\\f\\v')) NOT IN ('t', 'tr', 'tru', 'true', 'y', 'ye', 'yes', 'on', '1',"
        + " 'f', 'fa', 'fal', 'fals', 'false', 'n', 'no', 'of', 'off', '0')"
    case .uuid:
      return "\(text) !~ '^([{]([0-9A-Fa-f]{4}-?){7}[0-9A-Fa-f]{4}[}]|([0-9A-Fa-f]{4}-?){7}[0-9A-Fa-f]{4})$'"
    case .day: return either("\(text) !~ '^\(day)$'", notInCalendar(text))
    case .clock: return "\(text) !~ '^(\(clock)|\(endOfDay))$'"
    case .zonedClock: return "\(text) !~ '^(\(clock)|\(endOfDay))\(zone)$'"
    case .local: return either("\(text) !~ '^\(day)[ T]\(clock)$'", notInCalendar(text))
    case .moment: return either("\(text) !~ '^\(day)[ T]\(clock)(\(zone))?$'", notInCalendar(text))
    case .interval: return "\(text) !~ '\(interval)'"
    case .bits: return either("\(text) !~ '^[01]*$'", limits.bits(text, from: nil))
    case .json: return type.name == "jsonb" ? either(notJSON(text), notBinaryJSON(text)) : notJSON(text)
    case .text, .binary, .other: return nil
    }
  }

  private static func either(_ first: String, _ second: String?) -> String {
    PostgreSQLCast.or(first, second) ?? first
  }

  private static let space = "[[:space:]]*"
  private static let number =
    "^\(space)([-+]?([0-9]{1,200}[.]?[0-9]{0,200}|[.][0-9]{1,200})(e[-+]?[0-9]{1,3})?|nan)\(space)$"
  private static let day = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
  private static let clock = "([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?"
  private static let endOfDay = "24:00(:00)?"
  private static let zone = "(Z|[-+](0[0-9]|1[0-4])(:?[0-5][0-9])?)"
  private static let unit = "(years?|mons?|months?|weeks?|days?|hours?|minutes?|mins?|seconds?|secs?)"
  /// An interval as PostgreSQL prints it, or with the names of units.
  private static let interval =
    "^(?=.)([-+]?[0-9]{1,6} \(unit) ?)*([-+]?[0-9]{1,6}:[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?)?$"

  /// Returns whether a timestamp ends with a zone.
  static func hasZone(_ text: String) -> String { "\(text) ~ '\(zone)$'" }

  /// Returns the condition for a date in ISO form that no calendar has: a year 0, or a day that its month does not have.
  private static func notInCalendar(_ text: String) -> String {
    let (year, month, day) = (
      "left(\(text), 4)::integer", "substr(\(text), 6, 2)::integer", "substr(\(text), 9, 2)::integer"
    )
    return "CASE WHEN \(year) = 0 THEN true ELSE \(day) >"
      + " extract(day FROM make_date(\(year), \(month), 1) + interval '1 month' - interval '1 day') END"
  }

  private static let escape = #"\\(["\\/bfnrt]|u[0-9A-Fa-f]{4})"#

  /// Returns the condition for texts that are not JSON.
  ///
  /// Strings become the character 1, other single values the character 2; then arrays and objects of these become the
  /// character 2, from the inside, until nothing changes. https://www.rfc-editor.org/rfc/rfc8259
  static func notJSON(_ text: String) -> String {
    let (string, value) = ("\u{1}", "\u{2}")
    let any = "[\(string)\(value)]"
    let control = #"[\u0001-\u0008\u000b\u000c\u000e-\u001f]"#
    let strings = #""([^"\\\u0001-\u001f]|"# + escape + #")*""#
    let singles = "true|false|null|-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?[0-9]+)?"
    let nested = #"\[(\#(any)(,\#(any))*)?\]|[{](\#(string):\#(any)(,\#(string):\#(any))*)?[}]"#
    let tokens =
      "regexp_replace(regexp_replace(regexp_replace(\(text), '\(strings)', chr(1), 'g'), '\(singles)', chr(2), 'g'),"
      + " '[ \\t\\n\\r]+', '', 'g')"
    let pattern = "'\(nested.replacing(string, with: #"\u0001"#).replacing(value, with: #"\u0002"#))'"
    return
      "CASE WHEN \(text) IS NULL THEN false WHEN \(text) ~ '\(control)' THEN true ELSE NOT EXISTS (WITH RECURSIVE \"r\" (\"t\") AS (SELECT \(tokens)"
      + " UNION ALL SELECT regexp_replace(\"t\", \(pattern), chr(2), 'g') FROM \"r\" WHERE \"t\" ~ \(pattern))"
      + " SELECT FROM \"r\" WHERE \"t\" IN (chr(1), chr(2))) END"
  }

  /// Returns the condition for JSON that JSONB refuses: the character 0, half a surrogate pair, or a number that is too
  /// large. https://www.postgresql.org/docs/current/datatype-json.html
  static func notBinaryJSON(_ text: String) -> String {
    let plain = "replace(\(text), '\\\\', '')"
    let pairs = #"\\u[dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2}"#
    return "regexp_replace(\(plain), '\(pairs)', '', 'g') ~ '"
      + #"\\u(0000|[dD][89a-fA-F])|[0-9][eE][-+]?[0-9]{4}|[0-9]{200}"# + "'"
  }

  /// Returns the condition for texts that are not an array of one dimension, as PostgreSQL prints it.
  static func notList(_ text: String) -> String {
    let element = #"([^]["{},\\[:space:]]+|"([^"\\]|\\.)*")"#
    return "\(text) !~ '^[{](\(element)(,\(element))*)?[}]$'"
  }

  /// Returns the condition for JSON that is not an array of numbers, truth values, NULL and strings without brackets,
  /// braces and backslashes, which is an array of PostgreSQL with other brackets.
  static func notJSONList(_ text: String) -> String {
    let element = #"([-+.0-9eE]+|true|false|null|"[^]["{}\\]*")"#
    let blank = "[[:space:]]*"
    return "\(text) !~ '^\(blank)\\[\(blank)(\(element)\(blank)(,\(blank)\(element)\(blank))*)?\\]\(blank)$'"
  }
}

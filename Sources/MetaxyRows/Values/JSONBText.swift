internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyJSON

/// A JSON value in the form of PostgreSQL's `jsonb`: members sorted by the length of their names, then by their bytes; numbers
/// without an exponent.
///
/// <https://www.postgresql.org/docs/current/datatype-json.html>
package enum JSONBText {
  /// Returns the form of a JSON text; nil if it is not JSON.
  package static func text(of text: String) -> String? {
    // Why it is not JSON is of no use in a row.
    guard let value = try? JSONValue(parsing: text, file: "") else { return nil }
    return sorted(value).text(indented: false)
  }

  private static func sorted(_ value: JSONValue) -> JSONValue {
    switch value {
    case .object(let members):
      .object(
        members.map { JSONValue.Member($0.name, sorted($0.value)) }.sorted {
          ($0.name.utf8.count, ScalarString($0.name)) < ($1.name.utf8.count, ScalarString($1.name))
        })
    case .array(let elements): .array(elements.map(sorted))
    case .number(let digits): .number(DecimalText(digits)?.text ?? digits)
    case .null, .boolean, .string: value
    }
  }
}

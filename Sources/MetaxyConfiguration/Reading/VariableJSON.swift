import MetaxyErrors
import MetaxyFeatures
import MetaxyJSON

/// Values in JSON in environment variables: Metaxy reads its lists and tables in this format.
package enum VariableJSON {
  /// Returns the texts of a list; nil for anything else.
  package static func strings(_ text: String) -> [String]? {
    guard case .array(let values)? = value(text) else { return nil }
    let texts = values.compactMap { if case .string(let text) = $0 { text } else { nil as String? } }
    return texts.count == values.count ? texts : nil
  }

  /// Returns the members of an object as the variables that could set them, `{"a": {"b": 1}}` as `a`, `b` with `1`; nil for
  /// anything else. A null sets nothing.
  static func members(_ text: String) -> [(path: [String], text: String)]? {
    guard text.trimmingSpaces.hasPrefix("{"), let value = value(text) else { return nil }
    return members(of: value)
  }

  private static func members(of value: JSONValue) -> [(path: [String], text: String)] {
    switch value {
    case .object(let members):
      members.flatMap { member in
        Self.members(of: member.value).map { ([member.name.lowercased()] + $0.path, $0.text) }
      }
    case .string(let text): [([], text)]
    case .null: []
    default: [([], value.text(indented: false))]
    }
  }

  private static func value(_ text: String) -> JSONValue? {
    do {
      return try JSONValue(parsing: text, file: "")
    } catch {
      return nil  // the caller reports the expected format
    }
  }
}

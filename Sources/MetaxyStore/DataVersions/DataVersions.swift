internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyJSON

/// The content of `data_version`: a hash for each field.
struct DataVersions {
  /// The fields in the order of the object.
  var fields: [(key: String, hash: String)]

  func hash(of field: String) -> String? { fields.first { ScalarString($0.key) == ScalarString(field) }?.hash }

  /// The JSON object in Python's format.
  var text: String {
    JSONValue.object(fields.map { .init($0.key, .string($0.hash)) }).text(indented: false)
  }

  init(_ fields: [(key: String, hash: String)]) { self.fields = fields }

  /// Parses the object; nil if it is not an object of strings.
  init?(_ text: String) {
    if let plain = Self.plain(text) {
      fields = plain
      return
    }
    // The caller reports a better error than the parser's, because no user writes this text.
    guard case .object(let members)? = try? JSONValue(parsing: text, file: "data_version") else { return nil }
    fields = []
    for member in members {
      guard case .string(let hash) = member.value else { return nil }
      fields.append((member.name, hash))
    }
  }

  /// Parses an object of strings without escapes in a fraction of the time, because nearly all are; nil for any other.
  private static func plain(_ text: String) -> [(key: String, hash: String)]? {
    guard !text.utf8.contains(UInt8(ascii: "\\")) else { return nil }
    let parts = text.utf8.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
    // `{`, key, `: `, hash, `, `, key, `: `, hash, `}`
    guard parts.count % 4 == 1, parts.count > 1 else { return nil }
    var fields: [(key: String, hash: String)] = []
    for start in stride(from: 0, to: parts.count - 1, by: 4) {
      guard isSpaced(parts[start], start == 0 ? "{" : ","), isSpaced(parts[start + 2], ":"),
        let key = String(parts[start + 1]), let hash = String(parts[start + 3]),
        !fields.contains(where: { ScalarString($0.key) == ScalarString(key) })
      else { return nil }
      fields.append((key, hash))
    }
    return parts.last.map { isSpaced($0, "}") } == true ? fields : nil
  }

  /// Returns whether a text is one character with optional blanks around it.
  private static func isSpaced(_ text: Substring.UTF8View, _ character: Unicode.Scalar) -> Bool {
    let rest = text.drop { $0 == 0x20 }
    return rest.first == UInt8(ascii: character) && rest.dropFirst().allSatisfy { $0 == 0x20 }
  }
}

internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyGraph
internal import MetaxyJSON
internal import MetaxyRuntime

/// What stands in `data_version`: a hash for each field.
struct DataVersions {
  /// In the order in which they stand there.
  var fields: [(key: String, hash: String)]

  func hash(of field: String) -> String? { fields.first { ScalarString($0.key) == ScalarString(field) }?.hash }

  /// The JSON object, as Python writes one.
  var text: String {
    JSONValue.object(fields.map { .init($0.key, .string($0.hash)) }).text(indented: false)
  }

  init(_ fields: [(key: String, hash: String)]) { self.fields = fields }

  /// Reads the object; nil for what is none, or holds another thing than texts.
  init?(_ text: String) {
    if let plain = Self.plain(text) {
      fields = plain
      return
    }
    // What is wrong with it, the caller says better than an error about a text that nobody wrote by hand.
    guard case .object(let members)? = try? JSONValue(parsing: text, file: "data_version") else { return nil }
    fields = []
    for member in members {
      guard case .string(let hash) = member.value else { return nil }
      fields.append((member.name, hash))
    }
  }

  /// Reads an object of texts without escapes, which nearly all are, in a fraction of the time; nil for all else.
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

  /// Whether a text is one character, with blanks around it.
  private static func isSpaced(_ text: Substring.UTF8View, _ character: Unicode.Scalar) -> Bool {
    let rest = text.drop { $0 == 0x20 }
    return rest.first == UInt8(ascii: character) && rest.dropFirst().allSatisfy { $0 == 0x20 }
  }
}

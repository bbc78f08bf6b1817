package import MetaxyErrors
package import MetaxyFeatures

extension JSONValue {
  /// How deep arrays and objects may stand in each other; what is read is also written and freed, level by level.
  package static let maximumDepth = 512

  /// Reads one JSON text, strictly as RFC 8259 has it.
  ///
  /// Numbers keep their digits and members their order. Stricter than the grammar where a reader would have to guess:
  /// two members of one name are refused, and escapes of half a surrogate pair, which no Unicode text can hold. Names are
  /// the same when their code points are.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8, without a byte order mark.
  ///   - file: What to call the text in errors.
  /// - Throws: `invalid_json`, with the place in its diagnostic.
  package init(parsing bytes: some Sequence<UInt8>, file: String) throws(MetaxyError) {
    self = try JSONNode(parsing: bytes, file: file).value
  }

  /// Reads one JSON text, as ``init(parsing:file:)`` does its bytes.
  package init(parsing text: String, file: String) throws(MetaxyError) {
    try self.init(parsing: text.utf8, file: file)
  }
}

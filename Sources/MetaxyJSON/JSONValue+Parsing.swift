package import MetaxyErrors
package import MetaxyFeatures

extension JSONValue {
  /// The maximum nesting depth of arrays and objects; values are also written and freed level by level.
  package static let maximumDepth = 512

  /// Parses one JSON text strictly according to RFC 8259.
  ///
  /// Numbers keep their digits and members their order. Ambiguous input is refused although the grammar allows it: two
  /// members with one name, and escapes of half a surrogate pair, which Unicode text cannot contain. Names are equal if
  /// their code points are.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8, without a byte order mark.
  ///   - file: The name of the text in errors.
  /// - Throws: `invalid_json`, with the location in its diagnostic.
  package init(parsing bytes: some Sequence<UInt8>, file: String) throws(MetaxyError) {
    self = try JSONNode(parsing: bytes, file: file).value
  }

  /// Parses one JSON text, like ``init(parsing:file:)``.
  package init(parsing text: String, file: String) throws(MetaxyError) {
    try self.init(parsing: text.utf8, file: file)
  }
}

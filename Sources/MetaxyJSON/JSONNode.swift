package import MetaxyErrors
package import MetaxyFeatures

/// A JSON value with its offset in the text.
package struct JSONNode: Sendable {
  package enum Content: Sendable {
    /// A string, a number, `true`, `false` or `null`.
    case scalar(JSONValue)
    case array([JSONNode])
    case object([Member])
  }

  package struct Member: Sendable {
    package var name: String
    /// The byte offset of the name.
    package var offset: Int
    package var node: JSONNode
  }

  package var content: Content
  /// The byte offset of the value.
  package var offset: Int

  /// The value without offsets.
  package var value: JSONValue {
    switch content {
    case .scalar(let value): value
    case .array(let elements): .array(elements.map(\.value))
    case .object(let members): .object(members.map { JSONValue.Member($0.name, $0.node.value) })
    }
  }

  /// The member `name` of an object; nil for anything else. Names are equal if their code points are.
  package subscript(name: String) -> JSONNode? {
    guard case .object(let members) = content else { return nil }
    return members.first { ScalarString($0.name) == ScalarString(name) }?.node
  }
}

extension JSONNode {
  /// Python's names of the numbers that JSON does not have.
  package static let nonFinite = ["NaN", "Infinity", "-Infinity"]

  /// Parses one JSON text, like ``JSONValue/init(parsing:file:)``.
  ///
  /// - Parameter allowsNonFinite: whether `NaN`, `Infinity` and `-Infinity` are accepted as numbers; Python writes
  ///   them.
  /// - Throws: `invalid_json`, with the location in its diagnostic.
  package init(
    parsing bytes: some Sequence<UInt8>, file: String, allowsNonFinite: Bool = false
  ) throws(MetaxyError) {
    let scanner = JSONScanner(bytes: Array(bytes), file: file, allowsNonFinite: allowsNonFinite)
    var parser = JSONParser(scanner: scanner)
    self = try parser.parse()
  }
}

package import MetaxyErrors
package import MetaxyFeatures

/// A JSON value that knows where it stands in its text.
package struct JSONNode: Sendable {
  package enum Content: Sendable {
    /// A string, a number, `true`, `false` or `null`.
    case scalar(JSONValue)
    case array([JSONNode])
    case object([Member])
  }

  package struct Member: Sendable {
    package var name: String
    /// Where the name begins, in bytes.
    package var offset: Int
    package var node: JSONNode
  }

  package var content: Content
  /// Where the value begins, in bytes.
  package var offset: Int

  /// The value without its places.
  package var value: JSONValue {
    switch content {
    case .scalar(let value): value
    case .array(let elements): .array(elements.map(\.value))
    case .object(let members): .object(members.map { JSONValue.Member($0.name, $0.node.value) })
    }
  }

  /// The member `name` of an object; nil elsewhere. Names are the same when their code points are.
  package subscript(name: String) -> JSONNode? {
    guard case .object(let members) = content else { return nil }
    return members.first { $0.name.utf8.elementsEqual(name.utf8) }?.node
  }
}

extension JSONNode {
  /// Reads one JSON text, as ``JSONValue/init(parsing:file:)`` does.
  ///
  /// - Parameter allowsNonFinite: whether `NaN`, `Infinity` and `-Infinity` are numbers, as in what Python writes.
  /// - Throws: `invalid_json`, with the place in its diagnostic.
  package init(
    parsing bytes: some Sequence<UInt8>, file: String, allowsNonFinite: Bool = false
  ) throws(MetaxyError) {
    let scanner = JSONScanner(bytes: Array(bytes), file: file, allowsNonFinite: allowsNonFinite)
    var parser = JSONParser(scanner: scanner)
    self = try parser.parse()
  }
}

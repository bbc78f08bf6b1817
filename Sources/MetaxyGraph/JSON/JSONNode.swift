public import MetaxyErrors
public import MetaxyFeatures

/// A JSON value that knows where it stands in its text.
public struct JSONNode: Sendable {
  public enum Content: Sendable {
    /// A string, a number, `true`, `false` or `null`.
    case scalar(JSONValue)
    case array([JSONNode])
    case object([Member])
  }

  public struct Member: Sendable {
    public var name: String
    /// Where the name begins, in bytes.
    public var offset: Int
    public var node: JSONNode
  }

  public var content: Content
  /// Where the value begins, in bytes.
  public var offset: Int

  /// The value without its places.
  public var value: JSONValue {
    switch content {
    case .scalar(let value): value
    case .array(let elements): .array(elements.map(\.value))
    case .object(let members): .object(members.map { JSONValue.Member($0.name, $0.node.value) })
    }
  }

  /// The member `name` of an object; nil elsewhere. Names are the same when their code points are.
  public subscript(name: String) -> JSONNode? {
    guard case .object(let members) = content else { return nil }
    return members.first { $0.name.utf8.elementsEqual(name.utf8) }?.node
  }
}

extension JSONNode {
  /// Reads one JSON text, as ``JSONValue/init(parsing:file:)`` does.
  ///
  /// - Parameter allowsNonFinite: whether `NaN`, `Infinity` and `-Infinity` are numbers, as in what Python writes.
  /// - Throws: `invalid_json`, with the place in its diagnostic.
  public init(
    parsing bytes: some Sequence<UInt8>, file: String, allowsNonFinite: Bool = false
  ) throws(MetaxyError) {
    let scanner = JSONScanner(bytes: Array(bytes), file: file, allowsNonFinite: allowsNonFinite)
    var parser = JSONParser(scanner: scanner)
    self = try parser.parse()
  }
}

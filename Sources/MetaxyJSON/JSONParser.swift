import MetaxyErrors
import MetaxyFeatures

/// Builds the value from the scanner's output with an explicit stack, because the text determines the depth.
struct JSONParser {
  private var scanner: JSONScanner
  /// The arrays and objects that are still open, the innermost last.
  private var open: [Container] = []

  private struct Container {
    var isObject: Bool
    /// The byte offset of the container.
    var offset: Int
    var elements: [JSONNode] = []
    var members: [JSONNode.Member] = []
    /// The names of the members of a large object.
    private var names: Set<ScalarString> = []
    /// The name whose value comes next, with its offset.
    var name = (text: "", offset: 0)

    init(isObject: Bool, offset: Int) {
      self.isObject = isObject
      self.offset = offset
    }

    /// Returns whether no member has the name yet, which is the next one's.
    mutating func claims(_ name: String) -> Bool {
      // Few names are compared faster than hashed.
      if members.count < 16 { return !members.contains { ScalarString($0.name) == ScalarString(name) } }
      if names.isEmpty { names = Set(members.map { ScalarString($0.name) }) }
      return names.insert(ScalarString(name)).inserted
    }
  }

  init(scanner: JSONScanner) { self.scanner = scanner }

  mutating func parse() throws(MetaxyError) -> JSONNode {
    var value: JSONNode?
    while true {
      scanner.skipWhitespace()
      guard let complete = value else {
        value = try start()
        continue
      }
      guard !open.isEmpty else {
        guard scanner.isAtEnd else { throw scanner.error("expected nothing more") }
        return complete
      }
      value = try put(complete)
    }
  }

  /// Reads a scalar value; nil if an array or object was opened.
  private mutating func start() throws(MetaxyError) -> JSONNode? {
    let offset = scanner.position
    switch scanner.current {
    case UInt8(ascii: "["): return try open(isObject: false)
    case UInt8(ascii: "{"): return try open(isObject: true)
    default: return JSONNode(content: .scalar(try scanner.scalar()), offset: offset)
    }
  }

  private mutating func open(isObject: Bool) throws(MetaxyError) -> JSONNode? {
    guard open.count < JSONValue.maximumDepth else {
      throw scanner.error("arrays and objects are nested deeper than \(JSONValue.maximumDepth) levels")
    }
    let offset = scanner.position
    scanner.advance()
    scanner.skipWhitespace()
    guard !scanner.skip(UInt8(ascii: isObject ? "}" : "]")) else {
      return JSONNode(content: isObject ? .object([]) : .array([]), offset: offset)
    }
    open.append(Container(isObject: isObject, offset: offset))
    if isObject { try readName() }
    return nil
  }

  /// Adds a value to the innermost container; returns the container if it ends here, nil if another value follows.
  private mutating func put(_ value: JSONNode) throws(MetaxyError) -> JSONNode? {
    // Mutated in place: removing and reinserting a container would copy it for each element.
    let last = open.count - 1
    let isObject = open[last].isObject
    if isObject {
      let name = open[last].name
      open[last].members.append(JSONNode.Member(name: name.text, offset: name.offset, node: value))
    } else {
      open[last].elements.append(value)
    }
    if scanner.skip(UInt8(ascii: ",")) {
      scanner.skipWhitespace()
      if isObject { try readName() }
      return nil
    }
    guard scanner.skip(UInt8(ascii: isObject ? "}" : "]")) else {
      throw scanner.error("expected `,` or `\(isObject ? "}" : "]")`")
    }
    let container = open.removeLast()
    return JSONNode(
      content: isObject ? .object(container.members) : .array(container.elements), offset: container.offset)
  }

  /// Reads a member's name and the colon after it.
  private mutating func readName() throws(MetaxyError) {
    let start = scanner.position
    guard scanner.current == UInt8(ascii: "\"") else { throw scanner.error("expected the name of a member") }
    let name = try scanner.string()
    guard open[open.count - 1].claims(name) else {
      throw scanner.error("the object has a member `\(name)` already", at: start)
    }
    open[open.count - 1].name = (name, start)
    scanner.skipWhitespace()
    guard scanner.skip(UInt8(ascii: ":")) else { throw scanner.error("expected `:`") }
  }
}

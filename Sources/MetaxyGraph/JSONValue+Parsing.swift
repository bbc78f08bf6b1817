public import MetaxyErrors
public import MetaxyFeatures

extension JSONValue {
  /// How deep arrays and objects may stand in each other; what is read is also written and freed, level by level.
  public static let maximumDepth = 512

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
  public init(parsing bytes: some Sequence<UInt8>, file: String) throws(MetaxyError) {
    var parser = JSONParser(scanner: JSONScanner(bytes: Array(bytes), file: file))
    self = try parser.parse()
  }

  /// Reads one JSON text, as ``init(parsing:file:)`` does its bytes.
  public init(parsing text: String, file: String) throws(MetaxyError) {
    try self.init(parsing: text.utf8, file: file)
  }
}

/// Builds the value from what the scanner finds, with a stack of its own: the depth of a text is its author's choice.
private struct JSONParser {
  var scanner: JSONScanner
  /// The arrays and objects whose ends have not been reached, the innermost last.
  var open: [Container] = []

  struct Container {
    var isObject: Bool
    var elements: [JSONValue] = []
    var members: [JSONValue.Member] = []
    /// The members' names in UTF-8, because Swift's `String` calls different names equal.
    var names: Set<[UInt8]> = []
    /// The name whose value comes next.
    var name = ""
  }

  mutating func parse() throws(MetaxyError) -> JSONValue {
    var value: JSONValue?
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

  /// Reads a value; nil when it is an array or object that has only begun.
  private mutating func start() throws(MetaxyError) -> JSONValue? {
    switch scanner.current {
    case UInt8(ascii: "["): return try open(isObject: false)
    case UInt8(ascii: "{"): return try open(isObject: true)
    default: return try scanner.scalar()
    }
  }

  private mutating func open(isObject: Bool) throws(MetaxyError) -> JSONValue? {
    guard open.count < JSONValue.maximumDepth else {
      throw scanner.error("arrays and objects are nested deeper than \(JSONValue.maximumDepth) levels")
    }
    scanner.advance()
    scanner.skipWhitespace()
    guard !scanner.skip(UInt8(ascii: isObject ? "}" : "]")) else { return isObject ? .object([]) : .array([]) }
    open.append(Container(isObject: isObject))
    if isObject { try readName() }
    return nil
  }

  /// Puts a value into the innermost container; returns that one when it ends here, nil when another value follows.
  private mutating func put(_ value: JSONValue) throws(MetaxyError) -> JSONValue? {
    // In place: a container taken out and put back would be copied for each of its elements.
    let last = open.count - 1
    let isObject = open[last].isObject
    if isObject {
      open[last].members.append(JSONValue.Member(open[last].name, value))
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
    return isObject ? .object(container.members) : .array(container.elements)
  }

  /// Reads a member's name and the colon behind it.
  private mutating func readName() throws(MetaxyError) {
    let start = scanner.position
    guard scanner.current == UInt8(ascii: "\"") else { throw scanner.error("expected the name of a member") }
    let name = try scanner.string()
    guard open[open.count - 1].names.insert(Array(name.utf8)).inserted else {
      throw scanner.error("the object has a member `\(name)` already", at: start)
    }
    open[open.count - 1].name = name
    scanner.skipWhitespace()
    guard scanner.skip(UInt8(ascii: ":")) else { throw scanner.error("expected `:`") }
  }
}

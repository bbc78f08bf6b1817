import MetaxyErrors

extension TOMLReader {
  /// Reads the value of the key at `place`.
  mutating func readValue(at place: Place) throws(MetaxyError) -> TOMLValue {
    let start = position
    let content = try readContent(at: place)
    return TOMLValue(content: content, location: source.location(of: start), byteRange: start..<position)
  }

  private mutating func readContent(at place: Place) throws(MetaxyError) -> TOMLValue.Content {
    switch peek {
    case nil, UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "#"): throw failure("expected a value")
    case UInt8(ascii: "\""):
      let isLong = bytes[position...].starts(with: "\"\"\"".utf8)
      return .string(isLong ? try readLongBasicString() : try readBasicString())
    case UInt8(ascii: "'"):
      let isLong = bytes[position...].starts(with: "'''".utf8)
      return .string(isLong ? try readLongLiteralString() : try readLiteralString())
    case UInt8(ascii: "["): return .array(try readArray(at: place.deeper))
    case UInt8(ascii: "{"): return .table(try readInlineTable(at: place))
    default: return try readScalar()
    }
  }

  private mutating func readArray(at place: Place) throws(MetaxyError) -> [TOMLValue] {
    let start = position
    try checkDepth(place.depth, at: start)
    position += 1
    var values: [TOMLValue] = []
    while true {
      try skipBlanksAndLines()
      if take("]") { return values }
      guard peek != nil else { throw failure("array is never closed", at: start) }
      values.append(try readValue(at: place))
      try skipBlanksAndLines()
      if take("]") { return values }
      guard take(",") else {
        throw peek == nil ? failure("array is never closed", at: start) : failure("expected `,` or `]` in the array")
      }
    }
  }

  /// Takes blanks, comments and line ends, which may separate the values of an array.
  private mutating func skipBlanksAndLines() throws(MetaxyError) {
    repeat {
      skipBlanks()
      try skipComment()
    } while takeLineEnd()
  }

  private mutating func readInlineTable(at place: Place) throws(MetaxyError) -> TOMLTable {
    let start = position
    position += 1
    let table = TableBuilder(.header, byteRange: start..<start)
    skipBlanks()
    if take("}") { return table.finished(path: place.path, source: source) }
    while true {
      try readKeyValue(into: table, at: place)
      skipBlanks()
      if take("}") { return table.finished(path: place.path, source: source) }
      guard take(",") else { throw failure("expected `,` or `}`: an inline table must be on one line") }
      skipBlanks()
      guard peek != UInt8(ascii: "}") else { throw failure("an inline table cannot end with a comma") }
    }
  }
}

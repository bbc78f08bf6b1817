import MetaxyErrors

/// Reads a document byte by byte. This file contains the cursor and the lines, the extensions the rest.
struct TOMLReader {
  let source: SourceText
  let bytes: [UInt8]
  var position = 0

  init(_ source: SourceText) {
    self.source = source
    self.bytes = source.bytes
  }

  mutating func readDocument() throws(MetaxyError) -> TOMLTable {
    let root = TableBuilder(.header, byteRange: 0..<0)
    var current = root
    var place = Place()
    while true {
      skipBlanks()
      switch peek {
      case nil: return root.finished(path: [], source: source)
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "#"): break
      case UInt8(ascii: "["): (current, place) = try readHeader(in: root)
      default: try readKeyValue(into: current, at: place)
      }
      try endLine()
    }
  }

  /// Reads `[a.b]` or `[[a.b]]` and returns the table that it opens, with its path and depth.
  private mutating func readHeader(in root: TableBuilder) throws(MetaxyError) -> (TableBuilder, Place) {
    let start = position
    let isArray = bytes[start...].starts(with: "[[".utf8)
    position += isArray ? 2 : 1
    skipBlanks()
    let path = try readKey()
    try checkDepth(path.count, at: start)
    for _ in 0..<(isArray ? 2 : 1) {
      guard take("]") else { throw failure("expected `\(isArray ? "]]" : "]")` at the end of the header") }
    }
    do {
      let header = start..<position
      let table =
        isArray ? try root.appendTable(path, header: header) : try root.openTable(path, header: header)
      return (table, Place().adding(path))
    } catch {
      throw failure(error.message, at: error.key.byteRange.lowerBound)
    }
  }

  /// Reads `a.b = value`.
  mutating func readKeyValue(into table: TableBuilder, at place: Place) throws(MetaxyError) {
    let start = position
    let path = try readKey()
    let place = place.adding(path)
    try checkDepth(place.depth, at: start)
    guard take("=") else { throw failure("expected `=` after the key `\(path.displayText)`") }
    skipBlanks()
    let value = try readValue(at: place)
    do {
      try table.set(path, to: value)
    } catch {
      throw failure(error.message, at: error.key.byteRange.lowerBound)
    }
  }

  /// Takes what may follow a statement: blanks, a comment, the line end.
  private mutating func endLine() throws(MetaxyError) {
    skipBlanks()
    try skipComment()
    guard peek != nil else { return }
    guard takeLineEnd() else { throw failure("expected the end of the line") }
  }

  /// Takes a comment up to the line end if one starts here.
  mutating func skipComment() throws(MetaxyError) {
    guard peek == UInt8(ascii: "#") else { return }
    while let byte = peek, byte != UInt8(ascii: "\n"), !isCarriageReturnLineFeed {
      guard !byte.isInvalidControl else { throw failure("control characters cannot stand in a comment") }
      position += 1
    }
  }
}

/// A position in the document's tree.
struct Place {
  var path: [String] = []
  /// The number of enclosing keys and arrays.
  var depth = 0

  func adding(_ key: [KeyPart]) -> Place {
    Place(path: path + key.map(\.text), depth: depth + key.count)
  }

  var deeper: Place { Place(path: path, depth: depth + 1) }
}

// MARK: - The cursor

extension TOMLReader {
  var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  var isCarriageReturnLineFeed: Bool { bytes[position...].starts(with: "\r\n".utf8) }

  /// Takes a character if it comes next.
  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard let byte = peek, byte == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  /// Takes a word if it comes next.
  mutating func take(word: String) -> Bool {
    guard bytes[position...].starts(with: word.utf8) else { return false }
    position += word.utf8.count
    return true
  }

  mutating func takeLineEnd() -> Bool {
    if isCarriageReturnLineFeed {
      position += 2
      return true
    }
    return take("\n")
  }

  /// Takes spaces and tabs.
  mutating func skipBlanks() {
    while let byte = peek, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { position += 1 }
  }

  func checkDepth(_ depth: Int, at offset: Int) throws(MetaxyError) {
    guard depth <= TOMLDocument.maximumDepth else {
      throw failure("nested deeper than \(TOMLDocument.maximumDepth) levels", at: offset)
    }
  }

  func failure(_ message: String, at offset: Int? = nil) -> MetaxyError {
    .invalidTOML(source.diagnostic(message, at: source.location(of: offset ?? position)))
  }
}

extension UInt8 {
  /// Whether the byte is a control character that must be escaped: all except the tab.
  var isInvalidControl: Bool { (self < 0x20 && self != UInt8(ascii: "\t")) || self == 0x7F }
}

package import MetaxyErrors

/// A value of a TOML document, with its location.
package struct TOMLValue: Sendable {
  /// The possible kinds of value.
  package enum Content: Sendable {
    case string(String)
    case integer(Int64)
    case float(Double)
    case boolean(Bool)
    case dateTime(TOMLDateTime)
    case array([TOMLValue])
    case table(TOMLTable)
  }

  package let content: Content
  /// The location of the value's first character; for a table with a header, of the header's bracket.
  package let location: SourceLocation
  /// The bytes of the value in the document; for a table with a header, those of the header.
  package let byteRange: Range<Int>

  /// The kind of value with its article, for errors.
  package var kind: String {
    switch content {
    case .string: "a string"
    case .integer: "an integer"
    case .float: "a float"
    case .boolean: "a boolean"
    case .dateTime: "a date or time"
    case .array: "an array"
    case .table: "a table"
    }
  }
}

/// A date, a time or both, kept as validated text.
package struct TOMLDateTime: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    case offsetDateTime, localDateTime, localDate, localTime
  }

  package let kind: Kind
  package let text: String
}

/// A key of a table with its value.
package struct TOMLEntry: Sendable {
  package let key: String
  package let keyLocation: SourceLocation
  package let value: TOMLValue
}

/// A table of a TOML document; its entries are in the order of their first mention.
package struct TOMLTable: Sendable {
  /// The keys that lead to this table from the top of the document.
  package let path: [String]
  package let entries: [TOMLEntry]
  // TOML compares keys by their scalars; Swift's strings are also equal if only their canonical forms are.
  private let positions: [[UInt8]: Int]
  /// The documents of the entries: one, unless tables were combined.
  let sources: [SourceText]

  init(path: [String], entries: [TOMLEntry], sources: [SourceText]) {
    self.path = path
    self.entries = entries
    self.positions = Dictionary(
      entries.enumerated().map { (Array($1.key.utf8), $0) }, uniquingKeysWith: { first, _ in first })
    self.sources = sources
  }

  package subscript(key: String) -> TOMLEntry? {
    positions[Array(key.utf8)].map { entries[$0] }
  }

  /// Returns a diagnostic at a location of this table's document, with the source line.
  package func diagnostic(_ message: String, at location: SourceLocation) -> Diagnostic {
    let source = sources.first { $0.file == location.file }
    return source?.diagnostic(message, at: location) ?? Diagnostic(.error, message, at: location)
  }

  /// Returns a key with its path, as written in TOML: `ext.migrations.directory`.
  package func displayPath(of key: String) -> String {
    (path + [key]).map { TOMLText.key($0) }.joined(separator: ".")
  }
}

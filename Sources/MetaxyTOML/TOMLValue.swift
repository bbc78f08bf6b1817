package import MetaxyErrors

/// A value of a TOML document, with its place.
package struct TOMLValue: Sendable {
  /// What a value can be.
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
  /// The value's first character; for a table under a header, the header's bracket.
  package let location: SourceLocation
  /// The bytes of the document that the value is written in; for a table under a header, those of the header.
  package let byteRange: Range<Int>

  /// The kind of value, with its article, as errors name it.
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

/// A date, a time or both, kept as the validated text.
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

/// A table of a TOML document, its entries in the order of their first mention.
package struct TOMLTable: Sendable {
  /// The keys that lead to this table from the top of the document.
  package let path: [String]
  package let entries: [TOMLEntry]
  // Keys are equal when their scalars are; Swift's strings are equal sooner than that.
  private let positions: [[UInt8]: Int]
  private let source: SourceText

  init(path: [String], entries: [TOMLEntry], source: SourceText) {
    self.path = path
    self.entries = entries
    self.positions = Dictionary(
      entries.enumerated().map { (Array($1.key.utf8), $0) }, uniquingKeysWith: { first, _ in first })
    self.source = source
  }

  package subscript(key: String) -> TOMLEntry? {
    positions[Array(key.utf8)].map { entries[$0] }
  }

  /// Returns an error at a place of this table's document, with the line's text.
  package func diagnostic(_ message: String, at location: SourceLocation) -> Diagnostic {
    source.diagnostic(message, at: location)
  }

  /// Returns a key with the keys that lead to it, as it would be written: `ext.migrations.directory`.
  package func displayPath(of key: String) -> String {
    (path + [key]).map { TOMLText.key($0) }.joined(separator: ".")
  }
}

public import MetaxyErrors

/// A value of a TOML document, with its place.
public struct TOMLValue: Sendable {
  /// What a value can be.
  public enum Content: Sendable {
    case string(String)
    case integer(Int64)
    case float(Double)
    case boolean(Bool)
    case dateTime(TOMLDateTime)
    case array([TOMLValue])
    case table(TOMLTable)
  }

  public let content: Content
  /// The value's first character; for a table under a header, the header's bracket.
  public let location: SourceLocation
  /// The bytes of the document that the value is written in; for a table under a header, those of the header.
  public let byteRange: Range<Int>

  /// The kind of value, with its article, as errors name it.
  public var kind: String {
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
public struct TOMLDateTime: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    case offsetDateTime, localDateTime, localDate, localTime
  }

  public let kind: Kind
  public let text: String
}

/// A key of a table with its value.
public struct TOMLEntry: Sendable {
  public let key: String
  public let keyLocation: SourceLocation
  public let value: TOMLValue
}

/// A table of a TOML document, its entries in the order of their first mention.
public struct TOMLTable: Sendable {
  /// The keys that lead to this table from the top of the document.
  public let path: [String]
  public let entries: [TOMLEntry]
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

  public subscript(key: String) -> TOMLEntry? {
    positions[Array(key.utf8)].map { entries[$0] }
  }

  /// Returns an error at a place of this table's document, with the line's text.
  public func diagnostic(_ message: String, at location: SourceLocation) -> Diagnostic {
    source.diagnostic(message, at: location)
  }

  /// Returns a key with the keys that lead to it, as it would be written: `ext.migrations.directory`.
  public func shownPath(of key: String) -> String {
    (path + [key]).map { TOMLText.key($0) }.joined(separator: ".")
  }
}

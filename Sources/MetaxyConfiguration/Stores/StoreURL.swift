package import MetaxyErrors
import MetaxyFiles

/// The engines of stores.
package enum StoreDialect: String, Sendable, Hashable, CaseIterable {
  case sqlite, postgresql
}

/// The location of a store's database, in SQLAlchemy's format.
///
/// | written | meaning |
/// |---|---|
/// | `sqlite:///data/metaxy.db` | a file, relative to the configuration file |
/// | `sqlite:////var/lib/metaxy.db` | a file |
/// | `postgresql://me:secret@host/metaxy` | a libpq URL; the password is never displayed |
/// | `postgresql+psycopg2://…`, `postgres://…` | the same |
/// | `host=/run/postgresql dbname=metaxy` | libpq's keywords and values |
///
/// Percent escapes in a file's path, such as `%20`, `%25` for `%` and `%3F` for `?`, are decoded.
package struct StoreURL: Sendable, Hashable {
  package let dialect: StoreDialect
  /// SQLite: the absolute path of the file. PostgreSQL: the URL or the keywords for libpq, with the password.
  package internal(set) var target: String
  /// The URL as written, without the password: for people and for reports.
  package let redacted: String
  /// SQLite: the path as written, with references to environment variables, whose values are not printed; nil without them.
  package private(set) var writtenPath: String?

  /// A SQLite database in memory, which is gone with its connection.
  static let memory = StoreURL(memory: ":memory:")

  /// Creates a URL of PostgreSQL from libpq's keywords.
  init(keywords: [(name: String, value: FilledText)]) {
    func quoted(_ text: String) -> String {
      let isPlain = !text.isEmpty && text.allSatisfy { !$0.isWhitespace && $0 != "'" && $0 != "\\" }
      return isPlain ? text : "'\(text.replacing("\\", with: "\\\\").replacing("'", with: "\\'"))'"
    }
    let pairs = keywords.map { keyword in
      keyword.name == "schema"
        ? (
          name: "options", text: "-csearch_path=\(keyword.value.text)",
          shown: "-csearch_path=\(Self.shown(keyword.value))"
        )
        : (name: keyword.name, text: keyword.value.text, shown: Self.shown(keyword.value))
    }
    dialect = .postgresql
    target = pairs.map { "\($0.name)=\(quoted($0.text))" }.joined(separator: " ")
    redacted = Self.redactedKeywords(pairs.map { "\($0.name)=\(quoted($0.shown))" }.joined(separator: " "))
  }

  private static func shown(_ filled: FilledText) -> String {
    filled.template.hasVariables ? filled.template.written : filled.text
  }

  private init(memory name: String) { (dialect, target, redacted) = (.sqlite, name, name) }

  /// Parses a URL; a relative file is relative to `directory`.
  ///
  /// - Throws: `invalid_store_url`; the message does not contain a password.
  package init(_ text: String, relativeTo directory: String) throws(MetaxyError) {
    try self.init(text, redacted: Self.redacted(text), written: Self.redacted(text), directory: directory)
  }

  /// Parses a URL with references to environment variables.
  package init(_ filled: FilledText, relativeTo directory: String) throws(MetaxyError) {
    try self.init(
      filled.text, redacted: filled.redacted(by: Self.redacted), written: Self.redacted(filled.template.written),
      directory: directory, hasVariables: filled.template.hasVariables)
  }

  private init(
    _ text: String, redacted: String, written: String, directory: String, hasVariables: Bool = false
  ) throws(MetaxyError) {
    if Self.holdsKeywords(text) {
      (dialect, target, self.redacted) = (.postgresql, text, redacted)
      return
    }
    // In a text without a scheme, the position of a password is not known.
    guard let scheme = text.firstRange(of: "://") else { throw .storeURLWithoutScheme(written) }
    let rest = String(text[scheme.upperBound...])
    guard let dialect = Self.dialect(ofScheme: text[..<scheme.lowerBound]) else {
      throw .unsupportedDialect(redacted)
    }
    let redacted = hasVariables && dialect == .sqlite ? written : redacted
    self.redacted = redacted
    self.dialect = dialect
    if hasVariables, dialect == .sqlite {
      let path = written.firstRange(of: "://").map { written[$0.upperBound...] } ?? written[...]
      writtenPath = String(path.drop { $0 == "/" })
    }
    switch dialect {
    case .sqlite: target = try Self.path(rest, redacted: redacted, directory: directory)
    case .postgresql: target = "postgresql://\(rest)"  // libpq does not know SQLAlchemy's drivers
    }
  }

  /// Returns the engine of a URL whose variables are not known; nil if a variable determines it.
  static func dialect(of template: TextTemplate) -> StoreDialect? {
    guard case .text(let text)? = template.parts.first else { return nil }
    if holdsKeywords(text) { return .postgresql }
    guard let scheme = text.firstRange(of: "://") else { return nil }
    return dialect(ofScheme: text[..<scheme.lowerBound])
  }

  /// Parses `postgresql` and `postgresql+psycopg2`.
  private static func dialect(ofScheme scheme: Substring) -> StoreDialect? {
    switch scheme.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false).first {
    case "sqlite": .sqlite
    case "postgresql", "postgres": .postgresql
    default: nil
    }
  }

  /// Creates the URL of a SQLite database from its path; a path with references to variables is displayed as written.
  init(sqlitePath path: FilledText, relativeTo directory: String) throws(MetaxyError) {
    try self.init(sqlitePath: path.text, of: path, relativeTo: directory)
  }

  /// - Parameter filled: the text that contains the path.
  init(sqlitePath path: String, of filled: FilledText, relativeTo directory: String) throws(MetaxyError) {
    let shown = filled.template.hasVariables ? filled.template.written : path
    guard path != ":memory:", !path.isEmpty else { throw .databaseInMemory(shown) }
    dialect = .sqlite
    target = Paths.resolve(path, in: directory)
    redacted = shown
    writtenPath = filled.template.hasVariables ? shown : nil
  }

  private static func path(_ rest: String, redacted: String, directory: String) throws(MetaxyError) -> String {
    guard !rest.isEmpty else { throw .databaseInMemory(redacted) }
    guard rest.hasPrefix("/") else { throw .sqliteURLWithHost(redacted) }
    guard !rest.contains("?") else { throw .sqliteURLWithQuery(redacted) }
    guard let path = percentDecoded(rest.dropFirst()) else { throw .undecodablePath(redacted) }
    guard !path.isEmpty, path != ":memory:", !path.hasPrefix("file:") else { throw .databaseInMemory(redacted) }
    guard !path.hasSuffix("/") else { throw .sqliteURLOfDirectory(redacted) }
    return Paths.resolve(path, in: directory)
  }

  /// Returns the text with percent escapes decoded; nil if the result is not UTF-8 or contains a NUL.
  static func percentDecoded(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = rest.prefix(2)
      guard digits.count == 2, digits.allSatisfy({ UnicodeScalar($0).properties.isASCIIHexDigit }),
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16), value != 0
      else { return nil }
      bytes.append(value)
      rest.removeFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}

/// A URL is always printed as ``redacted``, so that its password is not.
extension StoreURL: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { redacted }
  package var debugDescription: String { redacted }
  package var customMirror: Mirror { Mirror(self, children: ["redacted": redacted]) }
}

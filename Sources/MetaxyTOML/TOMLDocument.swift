package import MetaxyErrors

/// A TOML 1.0 document with the location of every key and value. https://toml.io/en/v1.0.0
///
/// A line end inside a string is read as a line feed, whatever the file contains. Integers have 64 bits. Tables and
/// arrays nest at most ``maximumDepth`` levels.
package struct TOMLDocument: Sendable {
  /// The maximum nesting depth of keys, tables and arrays.
  package static let maximumDepth = 128

  package let root: TOMLTable

  /// Reads a document.
  ///
  /// - Parameter file: the path that errors show.
  /// - Throws: `invalid_toml` at the first location that is not valid TOML.
  package init(_ text: String, file: String) throws(MetaxyError) {
    var reader = TOMLReader(SourceText(text, file: file))
    self.root = try reader.readDocument()
  }
}

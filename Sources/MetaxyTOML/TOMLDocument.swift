package import MetaxyErrors

/// A TOML 1.0 document with the place of every key and value. https://toml.io/en/v1.0.0
///
/// Line ends inside strings are read as a line feed, however the file writes them. Integers are 64 bits wide, and
/// tables and arrays nest at most ``maximumDepth`` levels.
package struct TOMLDocument: Sendable {
  /// How deep keys, tables and arrays may nest.
  package static let maximumDepth = 128

  package let root: TOMLTable

  /// Reads a document.
  ///
  /// - Parameter file: the path that errors show.
  /// - Throws: `invalid_toml` at the first place where the text is no TOML.
  package init(_ text: String, file: String) throws(MetaxyError) {
    var reader = TOMLReader(SourceText(text, file: file))
    self.root = try reader.readDocument()
  }
}

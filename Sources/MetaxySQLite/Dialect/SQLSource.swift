internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxySQL

/// Accesses the text from which tokens were read.
enum SQLSource {
  /// Returns the text from the first token to the last, as written.
  static func text(of tokens: ArraySlice<SQLToken>) -> String {
    guard let first = tokens.first, let last = tokens.last else { return "" }
    return String(first.text.base[first.text.startIndex..<last.text.endIndex])
  }

  /// Returns the words of a text, folded; they include the names of columns and tables.
  static func names(in sql: String) throws(MetaxyError) -> Set<String> {
    let tokens = try SQLTokenizer.tokens(of: sql, lexicon: .sqlite)
    return Set(tokens.filter(\.isName).map { $0.value.folded })
  }
}

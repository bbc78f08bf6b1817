/// The dialects that a section of a revision can name, with the lexicon of each.
package struct Lexicons: Sendable, ExpressibleByDictionaryLiteral {
  private let lexicons: [String: Lexicon]
  /// The dialects of a section that names none.
  package let common: [String]

  package init(dictionaryLiteral elements: (String, Lexicon)...) {
    lexicons = Dictionary(elements) { _, last in last }
    common = lexicons.keys.sorted()
  }

  private init(_ lexicons: [String: Lexicon], common: [String]) {
    self.lexicons = lexicons
    self.common = common
  }

  /// The same dialects, where a section that names none is only for `dialects`: how other dialects read it does not
  /// concern a project that does not use them.
  package func serving(_ dialects: Set<String>) -> Lexicons {
    Lexicons(lexicons, common: lexicons.keys.filter(dialects.contains).sorted())
  }

  package var names: [String] { lexicons.keys.sorted() }

  package subscript(dialect: String) -> Lexicon? { lexicons[dialect] }
}

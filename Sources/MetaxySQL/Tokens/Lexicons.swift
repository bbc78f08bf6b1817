/// The dialects that a section of a revision may name, and how each is read.
package struct Lexicons: Sendable, ExpressibleByDictionaryLiteral {
  private let lexicons: [String: Lexicon]
  /// The dialects that a section serves which names none.
  package let common: [String]

  package init(dictionaryLiteral elements: (String, Lexicon)...) {
    lexicons = Dictionary(elements) { _, last in last }
    common = lexicons.keys.sorted()
  }

  private init(_ lexicons: [String: Lexicon], common: [String]) {
    self.lexicons = lexicons
    self.common = common
  }

  /// The same dialects, of which a section that names none serves these alone: what the other ones make of it is nothing to
  /// a project that is not for them.
  package func serving(_ dialects: Set<String>) -> Lexicons {
    Lexicons(lexicons, common: lexicons.keys.filter(dialects.contains).sorted())
  }

  package var names: [String] { lexicons.keys.sorted() }

  package subscript(dialect: String) -> Lexicon? { lexicons[dialect] }
}

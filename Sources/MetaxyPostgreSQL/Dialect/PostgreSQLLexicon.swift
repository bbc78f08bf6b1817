package import MetaxySQL

extension Lexicon {
  /// The lexicon of PostgreSQL, according to its documentation.
  /// <https://www.postgresql.org/docs/current/sql-syntax-lexical.html>
  package static let postgresql = {
    var lexicon = Lexicon()
    lexicon.nestedComments = true
    lexicon.carriageReturnEndsLine = true
    lexicon.dollarQuotes = true
    lexicon.dollarInIdentifiers = true
    lexicon.escapeStrings = true
    lexicon.unicodeStrings = true
    lexicon.blobLiterals = true
    lexicon.prefixedStrings = true
    lexicon.foldsNames = true
    lexicon.parameterMarkers = ["$"]
    lexicon.atomicBodies = true
    return lexicon
  }()
}

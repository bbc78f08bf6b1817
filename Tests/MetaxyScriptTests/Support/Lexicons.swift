import MetaxyScript

extension Lexicon {
  /// SQLite's SQL, by its documentation: <https://sqlite.org/lang.html>.
  static let sqlite = {
    var lexicon = Lexicon()
    lexicon.dollarInIdentifiers = true
    lexicon.backtickIdentifiers = true
    lexicon.bracketIdentifiers = true
    lexicon.blobLiterals = true
    lexicon.parameterMarkers = ["?", ":", "@", "$", "#"]
    lexicon.triggerBodies = true
    lexicon.refusedStatements = ["PRAGMA": "the runner sets these", "ATTACH": "one database"]
    return lexicon
  }()

  /// PostgreSQL's SQL, by its documentation: <https://www.postgresql.org/docs/current/sql-syntax-lexical.html>.
  static let postgresql = {
    var lexicon = Lexicon()
    lexicon.nestedComments = true
    lexicon.carriageReturnEndsLine = true
    lexicon.dollarQuotes = true
    lexicon.dollarInIdentifiers = true
    lexicon.escapeStrings = true
    lexicon.unicodeStrings = true
    lexicon.blobLiterals = true
    lexicon.prefixedStrings = true
    lexicon.parameterMarkers = ["$"]
    lexicon.atomicBodies = true
    return lexicon
  }()
}

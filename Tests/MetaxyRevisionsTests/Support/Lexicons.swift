import MetaxySQL

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
}

package import MetaxySQL

extension Lexicon {
  /// The lexicon of SQLite, according to its tokenizer. <https://sqlite.org/src/file/src/tokenize.c>
  package static let sqlite = {
    var lexicon = Lexicon()
    lexicon.dollarInIdentifiers = true
    lexicon.backtickIdentifiers = true
    lexicon.bracketIdentifiers = true
    lexicon.blobLiterals = true
    lexicon.parameterMarkers = ["?", ":", "@", "$", "#"]
    lexicon.triggerBodies = true
    lexicon.refusedStatements = [
      "PRAGMA": "the runner sets PRAGMAs before the transaction, from the section's attributes",
      "ATTACH": "a revision changes one database",
      "DETACH": "a revision changes one database",
    ]
    return lexicon
  }()
}

/// What an engine's SQL looks like to a scanner.
///
/// Each engine's module defines its own. Everything is off at first: then only what all engines share is read, that is
/// words, `"quoted identifiers"`, `'strings'`, numbers, `--` and `/* */` comments.
package struct Lexicon: Sendable, Hashable {
  /// `/* /* */ */` is one comment.
  package var nestedComments = false
  /// A lone carriage return ends a `--` comment, as a line feed does everywhere.
  package var carriageReturnEndsLine = false
  /// `$$…$$` and `$tag$…$tag$` are strings.
  package var dollarQuotes = false
  /// `a$b` is one identifier.
  package var dollarInIdentifiers = false
  /// `` `a` `` is an identifier.
  package var backtickIdentifiers = false
  /// `[a]` is an identifier.
  package var bracketIdentifiers = false
  /// `E'\n'` is a string with backslash escapes.
  package var escapeStrings = false
  /// `U&'\0441'` and `U&"\0441"` are a string and an identifier with Unicode escapes.
  package var unicodeStrings = false
  /// `x'53'` is a blob.
  package var blobLiterals = false
  /// `B'101'` and `N'a'` are strings.
  package var prefixedStrings = false
  /// A name that is not quoted stands for the one in small letters, and one that is quoted for itself.
  package var foldsNames = false
  /// The characters that begin a parameter when letters, digits or `_` follow; `?` begins one alone, too.
  package var parameterMarkers: Set<Character> = []
  /// `CREATE TRIGGER … BEGIN …; …; END` is one statement.
  package var triggerBodies = false
  /// `CREATE FUNCTION … BEGIN ATOMIC …; …; END` is one statement.
  package var atomicBodies = false
  /// The statements that a revision must not hold: their upper-case first word, and why.
  package var refusedStatements: [String: String] = [:]

  /// Creates the lexicon of what all engines share.
  package init() {}
}

/// The lexical rules of an engine's SQL.
///
/// Each engine's module defines its lexicon. By default every rule is off, and only the syntax that all engines share
/// is read: words, `"quoted identifiers"`, `'strings'`, numbers, `--` and `/* */` comments.
package struct Lexicon: Sendable, Hashable {
  /// `/* /* */ */` is one comment.
  package var nestedComments = false
  /// A lone carriage return ends a `--` comment, like a line feed.
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
  /// An unquoted name is folded to lower case; a quoted name is not.
  package var foldsNames = false
  /// The characters that start a parameter before letters, digits or `_`; `?` is also a parameter alone.
  package var parameterMarkers: Set<Character> = []
  /// `CREATE TRIGGER … BEGIN …; …; END` is one statement.
  package var triggerBodies = false
  /// `CREATE FUNCTION … BEGIN ATOMIC …; …; END` is one statement.
  package var atomicBodies = false
  /// The statements that a revision must not contain: their first word in upper case, and the reason.
  package var refusedStatements: [String: String] = [:]

  /// Creates the lexicon of the syntax that all engines share.
  package init() {}
}

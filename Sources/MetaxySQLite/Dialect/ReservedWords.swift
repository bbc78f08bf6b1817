internal import MetaxyNames
internal import MetaxySQL

extension SQLToken {
  /// Whether the token can be the name of a table or a column; a reserved word must be quoted.
  var isName: Bool {
    kind == .quotedIdentifier || (kind == .word && !Self.reservedWords.contains(String(text).folded))
  }

  /// The keywords that SQLite 3.40 does not accept as a table's name; the others are names where they are not keywords.
  /// https://sqlite.org/lang_keywords.html
  private static let reservedWords: Set<String> = [
    "add", "all", "alter", "and", "as", "autoincrement", "between", "case", "check", "collate", "commit", "constraint",
    "create", "default", "deferrable", "delete", "distinct", "drop", "else", "escape", "except", "exists", "foreign",
    "from", "group", "having", "if", "in", "index", "insert", "intersect", "into", "is", "isnull", "join", "limit",
    "not", "nothing", "notnull", "null", "on", "or", "order", "primary", "references", "returning", "select", "set",
    "table", "then", "to", "transaction", "union", "unique", "update", "using", "values", "when", "where",
  ]
}

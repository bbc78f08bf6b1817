internal import MetaxyNames
internal import MetaxySQL

/// A `CREATE FUNCTION` or `CREATE PROCEDURE` with the signature of a statement, whose body only raises an error.
///
/// Definitions depend on the signature of a function alone. So no code of a file runs while it is read, whichever way it
/// is called: by an index, a default, a partition's bound or a trigger. The language of the body need not exist.
struct RoutineStub {
  let sql: String

  /// Returns nil for a routine whose body is in a library, which no other body can replace.
  init?(_ statement: ScannedStatement) {
    let tokens = statement.tokens
    var removed: [Range<Int>] = []
    var index = tokens.firstIndex { $0.isSymbol("(") } ?? 0  // the name may be any word
    var depth = 0
    while index < tokens.count {
      let token = tokens[index]
      if token.isSymbol("(") { depth += 1 }
      if token.isSymbol(")") { depth -= 1 }
      if depth == 0, token.isWord("RETURNS") {
        index += 2  // the type may have any name
        continue
      }
      guard depth == 0, token.kind == .word, let length = Self.length(ofClauseAt: index, in: tokens) else {
        index += 1
        continue
      }
      if token.isWord("LANGUAGE"), Self.isLibraryLanguage(tokens[(index + 1)...].first) { return nil }
      removed.append(index..<min(tokens.count, index + length))
      index += length
    }
    sql =
      statement.text(removing: removed)
      + " LANGUAGE plpgsql AS $metaxy$ BEGIN RAISE EXCEPTION"
      + " 'a function of the file would run while the file is read'; END $metaxy$"
  }

  private static func isLibraryLanguage(_ token: SQLToken?) -> Bool {
    ["c", "internal"].contains(token?.value.folded ?? "")
  }

  /// Returns the number of tokens of the clause that starts at an index; nil if it is kept.
  private static func length(ofClauseAt index: Int, in tokens: [SQLToken]) -> Int? {
    let rest = tokens[index...]
    switch tokens[index].text.uppercased() {
    case "LANGUAGE", "SUPPORT": return 1 + nameLength(rest.dropFirst())
    case "LEAKPROOF": return 1  // only superusers may set it, and it concerns queries
    case "AS": return 1 + rest.dropFirst().prefix { $0.kind == .string }.count  // strings on several lines are one
    case "RETURN": return rest.count
    case "BEGIN": return rest.dropFirst().first?.isWord("ATOMIC") == true ? rest.count : nil
    case "TRANSFORM": return transformLength(rest)
    case "SET": return settingLength(rest)
    default: return nil
    }
  }

  private static func nameLength(_ tokens: ArraySlice<SQLToken>) -> Int {
    tokens.dropFirst().first?.isSymbol(".") == true ? 3 : 1
  }

  /// The length of `TRANSFORM FOR TYPE a, FOR TYPE b`.
  private static func transformLength(_ tokens: ArraySlice<SQLToken>) -> Int {
    var length = 1
    repeat {
      if length > 1 { length += 1 }
      length += 2 + nameLength(tokens.dropFirst(length + 2))
    } while tokens.dropFirst(length).first?.isSymbol(",") == true
    return length
  }

  /// The length of `SET name TO value, value` and `SET name FROM CURRENT`.
  private static func settingLength(_ tokens: ArraySlice<SQLToken>) -> Int {
    if tokens.dropFirst().starts(with: ["TIME", "ZONE"], by: { $0.isWord($1) }) { return 4 }
    var length = 1 + nameLength(tokens.dropFirst())
    if tokens.dropFirst(length).first?.isWord("FROM") == true { return length + 2 }
    repeat {
      length += 1
      if tokens.dropFirst(length).first.map({ $0.isSymbol("-") || $0.isSymbol("+") }) == true { length += 1 }
      length += 1
    } while tokens.dropFirst(length).first?.isSymbol(",") == true
    return length
  }
}

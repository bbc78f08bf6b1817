internal import MetaxySQL

/// The query of a `CREATE TABLE … AS` or `CREATE MATERIALIZED VIEW`, which defines columns and must not run.
enum ScratchQuery {
  /// Returns the index of the token after `AS`; nil if there is no query.
  static func start(in tokens: [SQLToken]) -> Int? {
    var depth = 0
    for (index, token) in tokens.enumerated() {
      if token.isSymbol("(") { depth += 1 }
      if token.isSymbol(")") { depth -= 1 }
      if depth == 0, token.isWord("AS") { return index + 1 }
    }
    return nil
  }

  /// Returns the statement with `WITH NO DATA`: then PostgreSQL only analyses the query.
  /// https://www.postgresql.org/docs/current/sql-createtableas.html
  static func withoutData(_ statement: ScannedStatement) -> String {
    let tokens = statement.tokens
    let end = tokens.suffix(3)
    if end.starts(with: ["WITH", "NO", "DATA"], by: { $0.isWord($1) }) { return statement.sql }
    let hasData = end.dropFirst().starts(with: ["WITH", "DATA"], by: { $0.isWord($1) })
    let text = hasData ? statement.text(removing: [(tokens.count - 2)..<tokens.count]) : statement.sql
    return text + " WITH NO DATA"
  }
}

import MetaxyFeatures
import SwiftSyntax

/// SQL in sources: one text, or one for each engine.
extension FileReader {
  /// Reads `"…"` or `.sql("…", sqlite: "…", postgresql: "…")`.
  func sql(_ expression: ExprSyntax) -> SQLExpression? {
    if expression.is(StringLiteralExprSyntax.self) { return sqlText(expression).map { SQLExpression($0) } }
    return known(expression, of: "SQLExpression", among: ["sql"], expected: "SQL as a string literal or `.sql(…)`")
      .flatMap(sqlArguments)
  }

  /// Reads the arguments of `.sql` and `.raw`.
  func sqlArguments(of call: KnownCall) -> SQLExpression? {
    let given = arguments(of: call, positional: 1, labels: ["sqlite", "postgresql"])
    guard let first = given.unlabeled.first else {
      report("`.\(call.name)` needs a text", at: call.node)
      return nil
    }
    return sqlText(first).map {
      .sql($0, sqlite: given["sqlite"].flatMap(sqlText), postgresql: given["postgresql"].flatMap(sqlText))
    }
  }

  private func sqlText(_ expression: ExprSyntax) -> String? {
    guard let text = string(expression) else { return nil }
    guard !text.allSatisfy(\.isWhitespace) else {
      report("the SQL is empty", at: expression)
      return nil
    }
    return text
  }
}

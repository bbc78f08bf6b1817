internal import MetaxySQL

/// A condition on existing rows, counted before the first section of a revision in every database.
///
/// ```sql
/// -- metaxy:requires 'video.size holds NULL' SELECT count(*) FROM "video" WHERE "size" IS NULL
/// -- metaxy:loses DS104 'video.size holds values that change as REAL' SELECT count(*) FROM …
/// ```
///
/// The line breaks and backslashes of a query are written as `\n`, `\r` and `\\`.
package struct RowCheck: Sendable, Hashable {
  /// The safety rule whose consent the rows need; nil if no row may meet the condition.
  package var rule: String?
  /// What is wrong with such rows.
  package var message: String
  /// A SELECT with one value, their number.
  package var query: String

  package init(rule: String? = nil, message: String, query: String) {
    self.rule = rule
    self.message = CommentText.oneLine(message)
    self.query = query
  }

  /// Reads a directive; nil for one without a message or a SELECT. No other statement is a query that changes nothing.
  init?(_ token: SQLToken) {
    var rest = Directive.exactArguments(of: token)
    if Directive.name(of: token) == "loses" {
      let rule = rest.prefix { !$0.isWhitespace }
      guard !rule.isEmpty, rule.first != "'" else { return nil }
      self.rule = String(rule)
      rest = rest.dropFirst(rule.count).drop { $0.isWhitespace }
    }
    guard let message = Self.takeText(&rest) else { return nil }
    let query = Self.unescaped(rest.drop { $0.isWhitespace })
    guard query.prefix(while: { $0.isLetter || $0 == "_" }).uppercased() == "SELECT" else { return nil }
    self.message = message
    self.query = query
  }

  /// The directive, without `--`.
  var directive: String {
    let name = rule.map { "loses \($0)" } ?? "requires"
    return "\(Directive.prefix)\(name) '\(message.replacing("'", with: "''"))' \(Self.escaped(query))"
  }

  /// Takes a text in single quotes.
  private static func takeText(_ rest: inout Substring) -> String? {
    guard rest.first == "'" else { return nil }
    rest.removeFirst()
    var text = String.UnicodeScalarView()
    var scalars = rest.unicodeScalars
    while let scalar = scalars.popFirst() {
      guard scalar == "'" else {
        text.append(scalar)
        continue
      }
      guard scalars.first == "'" else {
        rest = Substring(scalars)
        return String(text)
      }
      scalars.removeFirst()
      text.append(scalar)
    }
    return nil
  }

  private static func escaped(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": escaped.append(contentsOf: "\\\\".unicodeScalars)
      case "\n": escaped.append(contentsOf: "\\n".unicodeScalars)
      case "\r": escaped.append(contentsOf: "\\r".unicodeScalars)
      default: escaped.append(scalar)
      }
    }
    return String(escaped)
  }

  private static func unescaped(_ text: Substring) -> String {
    var plain = String.UnicodeScalarView()
    var scalars = text.unicodeScalars
    while let scalar = scalars.popFirst() {
      guard scalar == "\\", let next = scalars.popFirst() else {
        plain.append(scalar)
        continue
      }
      plain.append(next == "n" ? "\n" : next == "r" ? "\r" : next)
    }
    return String(plain)
  }
}

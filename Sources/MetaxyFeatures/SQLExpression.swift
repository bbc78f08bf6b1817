/// A piece of SQL, the same for every engine or one for each.
///
/// ```swift
/// .check("height > 0")
/// @Column(default: .sql("now()", sqlite: "CURRENT_TIMESTAMP"))
/// ```
public struct SQLExpression: Sendable, Hashable, ExpressibleByStringLiteral {
  /// The text for engines without a text of their own.
  package var text: String
  /// Texts by the name of their dialect: `sqlite`, `postgresql`.
  package var variants: [String: String]

  /// Creates an expression; `metaxy generate` writes the call.
  ///
  /// - Parameters:
  ///   - text: The expression for engines without a text of their own.
  ///   - variants: Expressions by the name of their dialect: `sqlite`, `postgresql`.
  public init(_ text: String, variants: [String: String] = [:]) {
    self.text = text
    self.variants = variants
  }

  /// Creates an expression for every engine: `"height > 0"`.
  public init(stringLiteral text: String) { self.init(text) }

  /// Returns an expression that engines spell in different ways.
  ///
  /// - Parameters:
  ///   - text: The expression for engines without a text of their own.
  ///   - sqlite: The expression for SQLite.
  ///   - postgresql: The expression for PostgreSQL.
  /// - Returns: The expression.
  public static func sql(_ text: String, sqlite: String? = nil, postgresql: String? = nil) -> SQLExpression {
    var variants: [String: String] = [:]
    variants["sqlite"] = sqlite
    variants["postgresql"] = postgresql
    return SQLExpression(text, variants: variants)
  }

  /// Returns the text for `dialect`.
  package func text(for dialect: String) -> String { variants[dialect] ?? text }
}

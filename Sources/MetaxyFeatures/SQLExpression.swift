/// A piece of SQL, the same for every engine or spelt for each.
///
/// ```swift
/// .check("height > 0")
/// @Column(default: .sql("now()", sqlite: "CURRENT_TIMESTAMP"))
/// ```
public struct SQLExpression: Sendable, Hashable, ExpressibleByStringLiteral {
  /// The text for engines that have none of their own.
  public var text: String
  /// Texts by the name of their dialect: `sqlite`, `postgresql`.
  public var variants: [String: String]

  public init(_ text: String, variants: [String: String] = [:]) {
    self.text = text
    self.variants = variants
  }

  public init(stringLiteral text: String) { self.init(text) }

  /// Returns `text`, or what stands in its place for the engines named.
  public static func sql(_ text: String, sqlite: String? = nil, postgresql: String? = nil) -> SQLExpression {
    var variants: [String: String] = [:]
    variants["sqlite"] = sqlite
    variants["postgresql"] = postgresql
    return SQLExpression(text, variants: variants)
  }

  /// The text that `dialect` shall see.
  public func text(for dialect: String) -> String { variants[dialect] ?? text }
}

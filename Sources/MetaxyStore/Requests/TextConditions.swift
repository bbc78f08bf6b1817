public import MetaxyFeatures

/// A column of texts, optional or not.
extension FeatureColumn where Value == String {
  /// Returns the rows whose column contains a text; case matters, and nothing in the text is a wildcard.
  public func contains(_ text: String) -> RowCondition<Root> { RowCondition(term: .contains(term, text)) }
  /// Returns the rows whose column matches a pattern.
  ///
  /// `%` stands for any text, `_` for one character, and `\` before either for the character itself. Case matters, on
  /// SQLite too.
  public func like(_ pattern: String) -> RowCondition<Root> { RowCondition(term: .like(term, pattern)) }
}

extension FeatureColumn where Value == String? {
  /// Returns the rows whose column contains a text; case matters, and nothing in the text is a wildcard.
  public func contains(_ text: String) -> RowCondition<Root> { RowCondition(term: .contains(term, text)) }
  /// Returns the rows whose column matches a pattern.
  ///
  /// `%` stands for any text, `_` for one character, and `\` before either for the character itself. Case matters, on
  /// SQLite too.
  public func like(_ pattern: String) -> RowCondition<Root> { RowCondition(term: .like(term, pattern)) }
}

/// A pattern of LIKE in the syntax that both engines share.
struct LikePattern {
  private enum Part {
    case anyText, anyCharacter
    case character(Unicode.Scalar)
  }

  private var parts: [Part] = []

  /// Parses a pattern; nil if it ends with the escape character, which PostgreSQL refuses.
  init?(_ pattern: String) {
    var isEscaped = false
    for scalar in pattern.unicodeScalars {
      switch scalar {
      case _ where isEscaped:
        parts.append(.character(scalar))
        isEscaped = false
      case "\\": isEscaped = true
      case "%": parts.append(.anyText)
      case "_": parts.append(.anyCharacter)
      default: parts.append(.character(scalar))
      }
    }
    if isEscaped { return nil }
  }

  /// The pattern of SQLite's GLOB, which is case-sensitive as LIKE on PostgreSQL is.
  ///
  /// A special character stands for itself in brackets. https://sqlite.org/lang_expr.html#glob
  var glob: String {
    var text = String.UnicodeScalarView()
    for part in parts {
      switch part {
      case .anyText: text.append("*")
      case .anyCharacter: text.append("?")
      case .character(let scalar):
        let isSpecial = scalar == "*" || scalar == "?" || scalar == "["
        text.append(contentsOf: isSpecial ? "[\(scalar)]".unicodeScalars : String(scalar).unicodeScalars)
      }
    }
    return String(text)
  }
}

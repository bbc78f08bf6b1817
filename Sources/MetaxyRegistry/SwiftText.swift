/// Writes names and strings in Swift syntax.
enum SwiftText {
  /// Words that need backticks in at least one of the positions used here: as a member, as a type, or after a dot.
  private static let keywords: Set<String> = [
    "Any", "Protocol", "Self", "Type", "actor", "as", "associatedtype", "async", "await", "break", "case", "catch",
    "class", "continue", "default", "defer", "deinit", "do", "else", "enum", "extension", "fallthrough", "false",
    "fileprivate", "for", "func", "guard", "if", "import", "in", "init", "inout", "internal", "is", "let", "nil",
    "operator", "precedencegroup", "private", "protocol", "public", "repeat", "rethrows", "return", "self", "static",
    "struct", "subscript", "super", "switch", "throw", "throws", "true", "try", "typealias", "var", "where", "while",
  ]

  /// Returns a name, in backticks if necessary.
  static func name(_ name: some StringProtocol) -> String {
    let name = String(name)
    return keywords.contains(name) || !isPlain(name) ? "`\(name)`" : name
  }

  /// Returns whether a name needs no backticks, judged by its Unicode properties; in backticks every name is valid.
  private static func isPlain(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first, first == "_" || first.properties.isXIDStart else { return false }
    return name.unicodeScalars.dropFirst().allSatisfy(\.properties.isXIDContinue)
  }

  /// Returns a type's name with its enclosing types.
  static func type(_ path: String) -> String { path.split(separator: ".").map(name).joined(separator: ".") }

  /// Returns a camel-case name generated from any text: `video_pipeline` → `videoPipeline`.
  static func camelCased(_ text: String) -> String {
    let words = text.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.map(String.init)
    let rest = words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }
    let name = (words.first.map { $0.prefix(1).lowercased() + $0.dropFirst() } ?? "features") + rest.joined()
    return Self.name(name.first?.isNumber == true ? "_\(name)" : name)
  }

  /// Returns a literal with the same scalars; invisible scalars and those that editors combine are written as numbers.
  static func literal(_ text: String) -> String { "\"\(escaped(text))\"" }

  static func literals(_ texts: [String]) -> String { "[\(texts.map(literal).joined(separator: ", "))]" }

  /// Returns a text for a comment of one line.
  static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "\\": "\\\\"
      case "\"": "\\\""
      case "\n": "\\n"
      case "\t": "\\t"
      default: isVisible(scalar) ? String(scalar) : "\\u{\(String(scalar.value, radix: 16))}"
      }
    }.joined()
  }

  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber, .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol,
      .otherSymbol:
      true
    default: scalar == " "
    }
  }
}

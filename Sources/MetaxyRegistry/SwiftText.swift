/// Names and texts as Swift source spells them.
enum SwiftText {
  /// Words that are no names without backticks, wherever one may stand here: as a member, a type, or behind a dot.
  private static let keywords: Set<String> = [
    "Any", "Protocol", "Self", "Type", "actor", "as", "associatedtype", "async", "await", "break", "case", "catch",
    "class", "continue", "default", "defer", "deinit", "do", "else", "enum", "extension", "fallthrough", "false",
    "fileprivate", "for", "func", "guard", "if", "import", "in", "init", "inout", "internal", "is", "let", "nil",
    "operator", "precedencegroup", "private", "protocol", "public", "repeat", "rethrows", "return", "self", "static",
    "struct", "subscript", "super", "switch", "throw", "throws", "true", "try", "typealias", "var", "where", "while",
  ]

  /// A name, in backticks where it needs them.
  static func name(_ name: some StringProtocol) -> String {
    let name = String(name)
    return keywords.contains(name) || !isPlain(name) ? "`\(name)`" : name
  }

  /// Whether a name can do without backticks, as far as Unicode tells; in them, every name is one.
  private static func isPlain(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first, first == "_" || first.properties.isXIDStart else { return false }
    return name.unicodeScalars.dropFirst().allSatisfy(\.properties.isXIDContinue)
  }

  /// A type's name with those around it.
  static func type(_ path: String) -> String { path.split(separator: ".").map(name).joined(separator: ".") }

  /// A name in the manner of Swift, made of any text: `video_pipeline` → `videoPipeline`.
  static func camelCased(_ text: String) -> String {
    let words = text.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.map(String.init)
    let rest = words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }
    let name = (words.first.map { $0.prefix(1).lowercased() + $0.dropFirst() } ?? "features") + rest.joined()
    return Self.name(name.first?.isNumber == true ? "_\(name)" : name)
  }

  /// A literal of the same scalars; those that could not be seen, or that editors bring together, by their numbers.
  static func literal(_ text: String) -> String { "\"\(escaped(text))\"" }

  static func literals(_ texts: [String]) -> String { "[\(texts.map(literal).joined(separator: ", "))]" }

  /// A text in a comment of one line.
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

internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxySQL

/// The text of a type, parsed so that it can be printed as `format_type` does.
///
/// PostgreSQL accepts more names than it prints: `int4` and `int` are `integer`, `decimal(5)` is `numeric(5,0)`.
/// https://www.postgresql.org/docs/current/datatype.html#DATATYPE-TABLE
struct PostgreSQLTypeText {
  /// The words, joined by blanks: `timestamp with time zone`.
  private var name: String
  /// The modifiers in parentheses.
  private var modifiers: [String]
  private var isArray: Bool

  /// - Throws: if a quote or comment in the text never closes.
  init(_ text: String) throws(MetaxyError) {
    var tokens = try SQLTokenizer.tokens(of: text, lexicon: .postgresql)[...]
    isArray = Self.takeArray(&tokens)
    var words: [String] = []
    modifiers = []
    while let token = tokens.popFirst() {
      if token.isSymbol("(") {
        modifiers = Self.takeModifiers(&tokens)
      } else if token.isSymbol("."), let schema = words.popLast(), let word = tokens.popFirst().map(Self.word) {
        // PostgreSQL's own types are found without their schema.
        words.append(schema == "pg_catalog" ? word : "\(schema).\(word)")
      } else {
        words.append(Self.word(token))
      }
    }
    name = words.joined(separator: " ")
    resolveAlias()
  }

  /// The type as `format_type` prints it.
  var canonical: String { element + (isArray ? "[]" : "") }

  private var element: String {
    guard !modifiers.isEmpty else { return name }
    let list = "(\(modifiers.joined(separator: ",")))"
    // The position differs: `timestamp(3) with time zone`, but `interval second(3)`.
    for kind in ["timestamp", "time"] where name.hasPrefix(kind + " ") {
      return kind + list + name.dropFirst(kind.count)
    }
    return name + list
  }

  private mutating func resolveAlias() {
    name = Self.aliases[name] ?? name
    switch name {
    case "float":
      // The precision is in binary digits. https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-FLOAT
      let digits = modifiers.first.flatMap { Int($0) } ?? 53
      (name, modifiers) = (digits <= 24 ? "real" : "double precision", [])
    case "numeric" where modifiers.count == 1: modifiers.append("0")
    case "character" where modifiers.isEmpty, "bit" where modifiers.isEmpty: modifiers = ["1"]
    case "bpchar" where !modifiers.isEmpty: name = "character"
    default: break
    }
  }

  private static let aliases = [
    "int": "integer", "int4": "integer", "int8": "bigint", "int2": "smallint", "bool": "boolean",
    "float8": "double precision", "float4": "real", "decimal": "numeric", "dec": "numeric",
    "varchar": "character varying", "char varying": "character varying", "nchar varying": "character varying",
    "national character varying": "character varying", "national char varying": "character varying",
    "char": "character", "nchar": "character", "national character": "character", "national char": "character",
    "varbit": "bit varying", "timestamptz": "timestamp with time zone", "timestamp": "timestamp without time zone",
    "timetz": "time with time zone", "time": "time without time zone",
  ]

  /// Returns a name in lower case, unless it is quoted and needs its quotes.
  private static func word(_ token: SQLToken) -> String {
    guard token.kind == .quotedIdentifier else { return String(token.text).folded }
    // "char" is a type of one byte; char is blank-padded text.
    let isPlain = token.value != "char" && !token.value.isEmpty && token.value.utf8.allSatisfy(isPlain)
    return isPlain ? token.value : String(token.text)
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
    default: false
    }
  }

  /// Takes `[]`, `[3][]` or `ARRAY[3]` from the end: PostgreSQL stores neither sizes nor dimensions.
  private static func takeArray(_ tokens: inout ArraySlice<SQLToken>) -> Bool {
    guard let start = tokens.firstIndex(where: { $0.isSymbol("[") || $0.isWord("ARRAY") }) else { return false }
    tokens = tokens[..<start]
    return true
  }

  /// Takes the tokens up to the closing parenthesis, split at commas.
  private static func takeModifiers(_ tokens: inout ArraySlice<SQLToken>) -> [String] {
    var modifiers = [""]
    while let token = tokens.popFirst(), !token.isSymbol(")") {
      if token.isSymbol(",") { modifiers.append("") } else { modifiers[modifiers.count - 1] += token.text }
    }
    return modifiers
  }
}

/// Tracks token by token whether a `;` ends the statement or is part of it.
struct StatementBody {
  private enum Kind {
    case plain
    /// SQLite's `CREATE TRIGGER`. Its body ends at `; END ;`, as in `sqlite3_complete`.
    case trigger
    /// PostgreSQL's `CREATE FUNCTION` and `CREATE PROCEDURE`, which can have a `BEGIN ATOMIC … END` body.
    case routine
  }

  private let lexicon: Lexicon
  private var kind = Kind.plain
  /// The first words, until they determine the kind of statement.
  private var head: [String] = []
  private var parentheses = 0
  /// The number of open `BEGIN ATOMIC` and `CASE` blocks of a routine's body.
  private var blocks = 0
  private var last: SQLToken?
  private var beforeLast: SQLToken?

  init(lexicon: Lexicon) {
    self.lexicon = lexicon
  }

  /// Whether a `;` ends the statement here.
  var endsStatement: Bool {
    switch kind {
    case .plain: parentheses == 0
    case .trigger: isAfterTriggerBody
    case .routine: parentheses == 0 && blocks == 0
    }
  }

  /// Whether the statement cannot end here, with or without `;`.
  var isOpen: Bool { unclosed != nil || parentheses > 0 }

  /// The open construct that is not closed; parentheses are left to the engine, whose message is better.
  var unclosed: String? {
    switch kind {
    case .plain: nil
    case .trigger: isAfterTriggerBody ? nil : "trigger body"
    case .routine: blocks > 0 ? "`BEGIN ATOMIC` body" : nil
    }
  }

  private var isAfterTriggerBody: Bool {
    last?.isWord("END") == true && beforeLast?.isSymbol(";") == true
  }

  mutating func take(_ token: SQLToken) {
    if head.count < 4 { recognize(token) }
    if token.isSymbol("(") { parentheses += 1 }
    if token.isSymbol(")") { parentheses = max(0, parentheses - 1) }
    if kind == .routine, parentheses == 0 { countBlocks(token) }
    (beforeLast, last) = (last, token)
  }

  private mutating func recognize(_ token: SQLToken) {
    head.append(token.kind == .word ? token.text.uppercased() : "")
    switch head {
    case ["CREATE", "TRIGGER"], ["CREATE", "TEMP", "TRIGGER"], ["CREATE", "TEMPORARY", "TRIGGER"]:
      if lexicon.triggerBodies { kind = .trigger }
    case ["CREATE", "FUNCTION"], ["CREATE", "PROCEDURE"],
      ["CREATE", "OR", "REPLACE", "FUNCTION"], ["CREATE", "OR", "REPLACE", "PROCEDURE"]:
      if lexicon.atomicBodies { kind = .routine }
    default: break
    }
  }

  private mutating func countBlocks(_ token: SQLToken) {
    if token.isWord("ATOMIC"), last?.isWord("BEGIN") == true {
      blocks += 1
    } else if blocks > 0, token.isWord("CASE") {
      blocks += 1
    } else if blocks > 0, token.isWord("END") {
      blocks -= 1
    }
  }
}

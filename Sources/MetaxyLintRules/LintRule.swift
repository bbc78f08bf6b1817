/// A safety rule: what it finds in a revision, why that is dangerous, and the safe alternative.
package struct LintRule: Sendable, Hashable {
  /// The concern of a rule, which is also a section of its page.
  package enum Group: String, Sendable, Hashable, CaseIterable {
    case loss = "Data loss"
    case failure = "Changes that existing rows can fail"
    case locks = "Locks"
    case rewrites = "Table rewrites"
    case indexes = "Indexes"
    case names = "Names and readers"
    case transactions = "Transactions"
    case rebuilds = "Rebuilds on SQLite"
    case suppressions = "Suppressions"
  }

  package enum Severity: String, Sendable, Hashable {
    /// Fails the command, and is an error for services. No rule has it by itself: a project gives it.
    case error
    /// Fails the command.
    case warning
    /// Is listed, and fails the command only with `--strict`.
    case advice
  }

  /// The stable code, which `-- metaxy:allow` names.
  package var code: String
  package var group: Group
  /// The dialects on which it can happen.
  package var dialects: [String]
  package var severity: Severity
  /// One sentence.
  package var summary: String
  /// The safe alternative.
  package var alternative: String

  init(
    _ code: String, _ group: Group, on dialects: [String] = ["sqlite", "postgresql"], as severity: Severity = .warning,
    _ summary: String, instead alternative: String
  ) {
    self.code = code
    self.group = group
    self.dialects = dialects
    self.severity = severity
    self.summary = summary
    self.alternative = alternative
  }

  /// Every rule, in the order of its page.
  package static let all: [LintRule] =
    losses + failures + locks + rewrites + indexes + names + transactions + rebuilds + suppressions

  package static func named(_ code: String) -> LintRule? { all.first { $0.code == code.uppercased() } }

  static let onPostgreSQL = ["postgresql"]
  static let onSQLite = ["sqlite"]
}

package import MetaxyLintRules
internal import MetaxySQL

/// What a rule found in a statement.
package struct LintFinding: Sendable, Hashable {
  package var rule: LintRule
  package var severity: LintRule.Severity
  /// One sentence about the statement.
  package var message: String
  package var alternative: String
  /// The position of the statement among all statements of its direction and dialect.
  var step: Int
  /// The other statements at which a `metaxy:allow` consents to it.
  var relatedSteps: [Int] = []
  /// The line of the file; nil for a revision that is not in a file.
  package var line: Int?
  /// The dialect.
  package var dialect: String

  /// The code of the rule.
  package var code: String { rule.code }
}

/// What a project makes of rules: which are off, and whose findings have another severity.
///
/// ```toml
/// [ext.migrations.lint]
/// off = ["PG101"]
/// error = ["DS102"]
/// ```
package struct LintSettings: Sendable, Hashable {
  /// The keys of the settings, each with a list of codes.
  package enum Level: String, Sendable, Hashable, CaseIterable {
    case off, advice, warning, error
  }

  private var levels: [String: Level] = [:]

  package init() {}

  /// The level of a rule; nil for the rule's own severity.
  package subscript(_ rule: LintRule) -> Level? {
    get { levels[rule.code] }
    set { levels[rule.code] = newValue }
  }

  /// Takes over the levels that the settings of one environment set.
  package mutating func override(with other: LintSettings) { levels.merge(other.levels) { $1 } }

  /// Returns the severity of a finding; nil if its rule is off.
  package func severity(of rule: LintRule, otherwise found: LintRule.Severity) -> LintRule.Severity? {
    switch self[rule] {
    case nil: found
    case .off: nil
    case .advice: .advice
    case .warning: .warning
    case .error: .error
    }
  }
}

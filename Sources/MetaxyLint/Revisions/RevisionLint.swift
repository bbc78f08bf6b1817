internal import MetaxyErrors
package import MetaxyLintRules
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL

/// The findings in one direction of a revision, for all its dialects.
package struct RevisionLint {
  private let parts: [LintedSections]
  private let settings: LintSettings

  /// - Parameters:
  ///   - parts: the sections for each dialect.
  ///   - settings: what the project makes of the rules.
  package init(_ parts: [LintedSections], _ settings: LintSettings = LintSettings()) {
    self.parts = parts
    self.settings = settings
  }

  /// The findings without those that the file or the project allows, in the order of the file, and the allowances that
  /// match nothing. An allowance of a rule that is off matches what the rule would find.
  package var findings: [LintFinding] {
    var remaining: [LintFinding] = []
    var used: Set<Use> = []
    for part in parts {
      for finding in part.unsuppressedFindings() {
        let allowing = ([finding.step] + finding.relatedSteps).map { part.steps[$0] }.filter {
          $0.statement.allows(finding.code)
        }
        if allowing.isEmpty { remaining.append(finding) }
        used.formUnion(allowing.map { Use($0, finding.code) })
      }
    }
    for part in parts {
      for finding in part.allowanceFindings(used) where !remaining.contains(where: { $0.isSame(as: finding) }) {
        remaining.append(finding)
      }
    }
    return remaining.compactMap(withSeverity).sorted {
      ($0.line ?? $0.step, $0.dialect, $0.code) < ($1.line ?? $1.step, $1.dialect, $1.code)
    }
  }

  private func withSeverity(_ finding: LintFinding) -> LintFinding? {
    guard let severity = settings.severity(of: finding.rule, otherwise: finding.severity) else { return nil }
    var finding = finding
    finding.severity = severity
    return finding
  }
}

/// An allowance that matched a finding.
struct Use: Hashable {
  let place: Int
  let code: String

  init(_ step: LintStep, _ code: String) {
    place = step.statement.position?.line ?? step.index
    self.code = code.uppercased()
  }
}

extension LintFinding {
  /// Whether both are about the same allowance, which a section for all dialects has once.
  fileprivate func isSame(as other: LintFinding) -> Bool {
    rule == other.rule && line == other.line && message == other.message
  }
}

// Suppressions.
extension LintedSections {
  func allowanceFindings(_ used: Set<Use>) -> [LintFinding] {
    steps.flatMap { step in
      step.statement.allowances.compactMap { allowance -> LintFinding? in
        let code = allowance.rule.uppercased()
        guard let rule = LintRule.named(code) else {
          let hint = Suggestion.closest(to: code, in: LintRule.all.map(\.code)).map { "; did you mean `\($0)`?" } ?? ""
          return finding(.unknownCode, step.index, "`\(allowance.rule)` is not the code of a rule\(hint)")
        }
        guard rule.dialects.contains(dialect.name), !used.contains(Use(step, code)), !canLose(code, step) else {
          return nil
        }
        return finding(
          .staleAllowance, step.index, "`\(code)` is allowed here, but the statement does nothing of the kind")
      }
    }
  }

  /// Whether a statement can lose data in a way that only the run shows, so that its consent may be needed: rows that a
  /// condition selects, triggers, functions.
  private func canLose(_ code: String, _ step: LintStep) -> Bool {
    guard code.hasPrefix("DS"), code <= "DS105", let first = step.tokens.first else { return false }
    if first.isWord(in: "SELECT", "WITH", "DO", "CALL", "EXECUTE", "VALUES") { return true }
    if step.statement.rowChecks.contains(where: { $0.rule?.uppercased() == code }) { return true }
    if rebuilds.contains(where: { $0.steps.contains(step.index) }) { return true }
    return switch code {
    case "DS102": first.isWord("DROP") && !step.tokens.contains { $0.isWord("INDEX") }
    case "DS103": first.isWord("DROP") || first.isWord("ALTER") && step.tokens.contains { $0.isWord("DROP") }
    default:
      first.isWord(in: "INSERT", "REPLACE", "UPDATE", "DELETE", "MERGE", "TRUNCATE")
        || first.isWord("DROP") && !step.tokens.contains { $0.isWord("INDEX") }
        || first.isWord("ALTER") && step.tokens.contains { $0.isWord("TYPE") }
    }
  }
}

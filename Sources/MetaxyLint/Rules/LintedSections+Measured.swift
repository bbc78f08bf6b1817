internal import MetaxyErrors
internal import MetaxyLintRules
internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

// What a scratch database showed, in the place of what the statements let assume.
extension LintedSections {
  /// The statements of a section, to be run in a scratch database.
  package struct MeasuredSection {
    package var runsInTransaction: Bool
    /// The SQL of each statement with its position among all statements.
    package var statements: [(step: Int, sql: String)]
  }

  package var measuredSections: [MeasuredSection] {
    Dictionary(grouping: steps, by: \.section).sorted { $0.key < $1.key }.map { _, steps in
      MeasuredSection(
        runsInTransaction: steps[0].runsInTransaction, statements: steps.map { ($0.index, $0.statement.sql) })
    }
  }

  /// Replaces the findings about rewrites by what was measured, and adds locks that no text shows.
  func corrected(_ findings: [LintFinding]) -> [LintFinding] {
    var corrected = findings.filter { finding in
      guard finding.rule.group == .rewrites, let measured = measurements[finding.step] else { return true }
      return !measured.rewritten.isEmpty
    }
    for (index, measured) in measurements {
      let rewritten = measured.rewritten.sorted()
      if !rewritten.isEmpty, !corrected.contains(where: { $0.step == index && $0.rule.group == .rewrites }) {
        corrected.append(
          finding(
            rewritingRule(of: steps[index]), index,
            "rewrites \(Wording.list(rewritten)) while no session can read it, as a scratch database showed"))
      }
      // The text of any other statement shows its lock, which is short unless another rule finds that it is not.
      if StatementReach(steps[index].tokens, lexicon: dialect.lexicon).runsCode, !measured.locked.isEmpty {
        corrected.append(
          finding(
            .hiddenLock, index,
            "locks other sessions out of \(Wording.list(measured.locked.sorted())), as a scratch database showed"))
      }
    }
    return corrected
  }

  private func rewritingRule(of step: LintStep) -> LintRule {
    for case .alterTable(_, let action) in step.changes {
      switch action {
      case .addColumn: return .volatileDefault
      case .changeType: return .rewritingType
      default: continue
      }
    }
    return .otherRewrite
  }
}

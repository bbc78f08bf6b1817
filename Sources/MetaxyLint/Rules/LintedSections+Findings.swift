internal import MetaxyLintRules
internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL

extension LintedSections {
  /// Returns what the rules find, in the order of the statements, apart from suppressions.
  func unsuppressedFindings() -> [LintFinding] {
    var found = lossFindings()
    for step in steps { found += findings(in: step) }
    for rebuild in rebuilds { found += findings(in: rebuild) }
    found += enumFindings() + indexGapFindings()
    var seen: Set<LintFinding> = []
    return corrected(found.filter { direction == .upgrade || !$0.rule.isAboutProgress }).filter {
      $0.rule.dialects.contains(dialect.name) && seen.insert($0).inserted
    }
    .sorted { $0.step < $1.step }
  }

  private func findings(in step: LintStep) -> [LintFinding] {
    let rules: [(StatementChange, LintStep) -> [LintFinding]] = [
      cascadeFindings, unlimitedFindings, uniqueFindings, nullFindings, constraintFindings, typeFindings,
      additionFindings, lockFindings,
      scanFindings, indexFindings, renameFindings, removedRuleFindings, nameFindings, transactionFindings,
    ]
    return step.changes.flatMap { change in rules.flatMap { $0(change, step) } }
  }

  func finding(
    _ rule: LintRule, _ step: Int, _ message: String, severity: LintRule.Severity? = nil, instead: String? = nil
  ) -> LintFinding {
    let severity = rule.severity == .advice ? .advice : severity ?? rule.severity
    let related = rebuilds.first { $0.steps.contains(step) }?.steps ?? []
    return LintFinding(
      rule: rule, severity: severity, message: message, alternative: instead ?? rule.alternative, step: step,
      relatedSteps: related, line: steps.indices.contains(step) ? steps[step].statement.position?.line : nil,
      dialect: dialect.name)
  }
}

extension LintRule {
  /// Whether it finds what programs and rows lose by a change. To lose that again is the purpose of a downgrade.
  fileprivate var isAboutProgress: Bool {
    [Self.renamedTable, .renamedColumn, .newNulls, .renamedObject, .droppedForeignKey, .droppedKey].contains(self)
  }
}

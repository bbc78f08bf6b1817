import MetaxyLint
import MetaxyLintRules
import Testing

/// Each rule on each of its engines: revisions in which it must find something, and similar ones in which it must not.
@Suite struct LintRuleTests {
  @Test(arguments: LintCase.all)
  func aRuleFindsWhatItMustAndNothingElse(_ linted: LintCase) throws {
    for revision in linted.fires {
      let found = try codes(revision, linted)
      #expect(found.contains(linted.rule), "\(revision) -> \(found)")
    }
    for revision in linted.isSilent {
      let found = try codes(revision, linted)
      #expect(!found.contains(linted.rule), "\(revision) -> \(found)")
    }
  }

  private func codes(_ revision: LintCase.Revision, _ linted: LintCase) throws -> [String] {
    switch revision {
    case .sql(let text): try LintedRevision(text, on: linted.dialect).codes
    case .recorded(let text, let change): try LintedRevision(text, on: linted.dialect, change).codes
    case .rendered(let change): try LintedRevision(rendering: change, on: linted.dialect).codes
    case .measured(let text, let measurements):
      try LintedRevision(text, on: [linted.dialect], measured: measurements).codes
    }
  }

  @Test func everyRuleHasBothKindsOfCasesOnEachOfItsEngines() {
    for rule in LintRule.all {
      for dialect in rule.dialects {
        let cases = LintCase.all.filter { $0.rule == rule.code && $0.dialect == dialect }
        #expect(cases.contains { !$0.fires.isEmpty }, "\(rule.code) never fires on \(dialect)")
        #expect(cases.contains { !$0.isSilent.isEmpty }, "\(rule.code) is never silent on \(dialect)")
      }
    }
  }

  @Test func aCodeIsUnique() {
    let codes = LintRule.all.map(\.code)
    #expect(Set(codes).count == codes.count)
  }
}

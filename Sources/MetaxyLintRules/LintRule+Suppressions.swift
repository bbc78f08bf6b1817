extension LintRule {
  package static let staleAllowance = LintRule(
    "AL101", .suppressions, as: .advice, "a `metaxy:allow` matches nothing that the statement does",
    instead: "remove the line, so that it does not hide a later finding")
  package static let unknownCode = LintRule(
    "AL102", .suppressions, "a `metaxy:allow` names a code that no rule has", instead: "correct the code")

  static let suppressions = [staleAllowance, unknownCode]
}

internal import MetaxyRevisions
internal import MetaxyRuntime

extension RevisionDirectory {
  /// Returns the steps of a plan with their files.
  func steps(of plan: RevisionPlan) -> [RunStep] {
    plan.steps.compactMap { step in self[step.revision].map { RunStep($0, step) } }
  }
}

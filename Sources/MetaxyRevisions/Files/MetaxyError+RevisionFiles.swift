internal import MetaxyErrors

extension MetaxyError {
  static func malformedRevision(_ path: String, _ diagnostics: [Diagnostic]) -> MetaxyError {
    let place = diagnostics.first.map { ":\($0.location.line)" } ?? ""
    return MetaxyError(
      .malformedRevision, "`\(path)\(place)` cannot be read as a revision", diagnostics: diagnostics)
  }

  static func malformedRevisions(_ errors: [MetaxyError]) -> MetaxyError {
    MetaxyError(
      .malformedRevision, "\(errors.count) files cannot be read as revisions",
      hints: errors.filter(\.diagnostics.isEmpty).map { Hint($0.message) }, diagnostics: errors.flatMap(\.diagnostics))
  }

  static func unfaithfulRevision(_ path: String) -> MetaxyError {
    MetaxyError(
      .unfaithfulRevision,
      "`\(path)` would not say what the revision does: one of its values is no single "
        + "statement, name or line")
  }

  static func invalidRevisionName(_ name: String, reason: String) -> MetaxyError {
    MetaxyError(.invalidRevisionName, "`\(name)` cannot name a revision or branch: \(reason)")
  }
}

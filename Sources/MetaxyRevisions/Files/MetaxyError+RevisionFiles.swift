internal import MetaxyErrors

extension MetaxyError {
  static func malformedRevision(_ path: String, _ diagnostics: [Diagnostic]) -> MetaxyError {
    let place = diagnostics.first.map { ":\($0.location.line)" } ?? ""
    return MetaxyError(
      Code("malformed_revision"), "`\(path)\(place)` cannot be read as a revision", diagnostics: diagnostics)
  }

  static func malformedRevisions(_ errors: [MetaxyError]) -> MetaxyError {
    MetaxyError(
      Code("malformed_revision"), "\(errors.count) files cannot be read as revisions",
      hints: errors.filter(\.diagnostics.isEmpty).map(\.message), diagnostics: errors.flatMap(\.diagnostics))
  }

  static func unfaithfulRevision(_ path: String) -> MetaxyError {
    MetaxyError(
      Code("unfaithful_revision"),
      "`\(path)` would not say what the revision does: one of its values is no single "
        + "statement, name or line")
  }

  static func invalidRevisionName(_ name: String, reason: String) -> MetaxyError {
    MetaxyError(Code("invalid_revision_name"), "`\(name)` cannot name a revision or branch: \(reason)")
  }
}

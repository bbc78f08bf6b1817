internal import MetaxyErrors
internal import MetaxyMigrationErrors

extension MetaxyError {
  static func malformedRevision(_ path: String, _ diagnostics: [Diagnostic]) -> MetaxyError {
    let place = diagnostics.first.map { ":\($0.location.line)" } ?? ""
    return MetaxyError(
      .malformedRevision, "cannot read `\(path)\(place)` as a revision", Payload(path: path),
      diagnostics: diagnostics)
  }

  static func malformedRevisions(_ errors: [MetaxyError]) -> MetaxyError {
    MetaxyError(
      .malformedRevision, "cannot read \(errors.count) files as revisions",
      hints: errors.filter(\.diagnostics.isEmpty).map { Hint($0.message) }, diagnostics: errors.flatMap(\.diagnostics))
  }

  static func unfaithfulRevision(_ path: String) -> MetaxyError {
    MetaxyError(
      .unfaithfulRevision,
      "`\(path)` would not describe what the revision does: one of its values is not a single "
        + "statement, name or line", Payload(path: path))
  }

  static func invalidRevisionName(_ name: String, reason: String) -> MetaxyError {
    MetaxyError(
      .invalidRevisionName, "`\(name)` cannot be the name of a revision or branch: \(reason)", Payload(revision: name))
  }
}

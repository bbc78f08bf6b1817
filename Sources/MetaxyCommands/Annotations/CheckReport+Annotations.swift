internal import MetaxyConfiguration
internal import MetaxyErrors
internal import MetaxyProject

extension CheckReport {
  /// An empty report about a project.
  init(of session: ProjectSession) {
    configFile = session.project.displayPath(session.project.configFile)
    paths = AnnotationPaths(of: session)
  }

  package var annotations: [Annotation] {
    differences.map(annotation) + drift.filter(isListedAlone).map(annotation)
      + halfApplied.map { item in
        annotation(.halfApplied, .error, "revision \(item.revision)", item.line, item.path)
      }
      + unknown.map { annotation(.unknownRevision, .error, "revision \($0.revision)", $0.line, nil) }
      + pendingRevisions.map { revision in
        annotation(
          .pending, .error, "revision \(revision)", "not applied; run `\(upgrades[revision] ?? .upgrade())`",
          revisionPaths[revision])
      }
      + unmergedHeads.map { revision in
        annotation(
          .unmerged, .error, "revision \(revision)",
          (["not merged with another head"] + mergeHints.map(\.description)).joined(separator: "; "),
          revisionPaths[revision])
      }
      + edited.map { item in
        annotation(
          .edited, .warning, "revision \(item.revision)",
          "edited after it was applied; the edit has no effect there; run `\(item.command)`", item.path)
      }
      // Otherwise one warning names them all: an adopted history can have many.
      + (requiresVerified ? unverified : []).map { revision in
        annotation(
          .unverified, .error, "revision \(revision)",
          "not verified; run `\(proofs[revision] ?? .verify(revision))`", revisionPaths[revision])
      }
      + (offline?.failures ?? []).map { annotation(.notApplicable, .error, $0.code, $0.line, nil) }
      + (offline?.notCompared ?? []).map { annotation(.notCompared, .note, "not compared", $0, nil) }
  }

  /// Whether no difference lists the drift too.
  private func isListedAlone(_ drift: Drift) -> Bool { drift.isAccepted || offline != nil }

  private func annotation(_ difference: Difference) -> Annotation {
    var parts = [Wording.change(from: difference.database, to: difference.definition)].compactMap(\.self)
    parts.append(
      difference.isDrift
        ? "the database was changed by hand" : difference.table == nil ? "outdated" : "in no revision")
    if let dialect = difference.dialect { parts.append("for \(dialect)") }
    if let state = difference.state { parts.append(state.rawValue) }
    if let since = difference.since { parts.append("last defined by revision \(since)") }
    if !difference.commands.isEmpty {
      parts.append("run \(difference.commands.map { "`\($0)`" }.joined(separator: ", then "))")
    }
    return annotation(
      difference.isDrift ? .drift : .difference, .error, difference.operation, parts.joined(separator: "; "),
      difference.source?.file, difference.source?.line)
  }

  private func annotation(_ drift: Drift) -> Annotation {
    let parts = [
      Wording.change(from: drift.revisions, to: drift.database), "in no revision",
      drift.since.map { "last defined by revision \($0)" },
    ]
    return annotation(
      .drift, offline == nil ? .warning : .error, drift.operation,
      parts.compactMap(\.self).joined(separator: "; "), nil)
  }

  /// The kinds of results.
  private enum Kind: String {
    case difference, drift, pending, unmerged, edited, unverified
    case halfApplied = "half_applied"
    case unknownRevision = "unknown_revision"
    case notApplicable = "not_applicable"
    case notCompared = "not_compared"

    var meaning: String {
      switch self {
      case .difference: "A table of the definitions differs from the database, and no revision changes that."
      case .drift: "The database has a change that no revision made."
      case .pending: "A revision is not applied to the database."
      case .unmerged: "A head of the revisions is not merged with another one."
      case .edited: "The file of an applied revision was edited."
      case .unverified: "A revision has no proof of its present statements."
      case .halfApplied: "A revision is half applied to the database."
      case .unknownRevision: "The database is at a revision that has no file."
      case .notApplicable: "A revision cannot be applied to an empty database."
      case .notCompared: "A part of the files was not compared."
      }
    }
  }

  private func annotation(
    _ kind: Kind, _ severity: Annotation.Severity, _ title: String, _ message: String, _ file: String?,
    _ line: Int? = nil
  ) -> Annotation {
    let path = file ?? configFile
    return Annotation(
      severity, rule: Annotation.Rule(kind.rawValue, meaning: kind.meaning, severity: severity), title: title,
      message: message, file: paths?.path(path) ?? path, line: line)
  }
}

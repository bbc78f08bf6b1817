internal import MetaxyConfiguration
package import MetaxyErrors
internal import MetaxyLint
internal import MetaxyLintRules
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

extension Commands {
  /// The revisions that are read, and what counts.
  package struct LintRequest: Sendable {
    /// A revision, or a range `FROM:TO` with both ends; nil for the pending revisions, or the heads without a database.
    package var target: String?
    /// The revision after which all are read; nil for no such limit.
    package var since: String?
    /// Whether the sections of downgrades are read too.
    package var includesDowngrades: Bool
    package var isStrict: Bool
    /// Whether the statements for PostgreSQL run in a scratch database.
    package var measures: Bool

    package init(
      target: String? = nil, since: String? = nil, includesDowngrades: Bool = false, isStrict: Bool = false,
      measures: Bool = false
    ) {
      self.target = target
      self.since = since
      self.includesDowngrades = includesDowngrades
      self.isStrict = isStrict
      self.measures = measures
    }
  }

  /// Finds what is dangerous in revisions: lost data, locks, rewrites, changes that rows can fail.
  package static func lint(_ context: CommandContext, _ request: LintRequest) throws(MetaxyError) -> LintReport {
    let session = try ProjectSession(context)
    var report = LintReport(isStrict: request.isStrict)
    report.paths = AnnotationPaths(of: session)
    report.isPending = request.target == nil && request.since == nil
    for environment in try session.environments() {
      try environment.completingHints { () throws(MetaxyError) in
        let files = try environment.files(for: request)
        report.revisions += files.map(\.revision)
        for file in files { try environment.addFindings(in: file, request, to: &report) }
      }
    }
    return report
  }
}

extension EnvironmentContext {
  // MARK: Revisions

  /// Returns the requested revisions, oldest first.
  fileprivate func files(for request: Commands.LintRequest) throws(MetaxyError) -> [RevisionFile] {
    if let since = request.since {
      return files(named: try names(of: "\(since):").subtracting(names(of: since)))
    }
    guard let target = request.target else { return try pendingOrHeads() }
    return files(named: try names(of: target))
  }

  /// The pending revisions; the heads where there is no database, as in a job that only has the files.
  private func pendingOrHeads() throws(MetaxyError) -> [RevisionFile] {
    guard database.exists else { return heads(because: "there is no database at `\(database.displayName)`") }
    let state: EnvironmentState
    do {
      state = try readingState(database.openForReading())
    } catch  where [.cannotConnect, .noDatabase, .noLibPQ].contains(error.code) {
      return heads(because: error.message)
    }
    return try pending(state)
  }

  private func heads(because reason: String) -> [RevisionFile] {
    session.context.report(.note("the heads are read: \(reason)"))
    return files(named: Set(revisions.graph.heads))
  }

  // MARK: Findings

  fileprivate func addFindings(
    in file: RevisionFile, _ request: Commands.LintRequest, to report: inout LintReport
  ) throws(MetaxyError) {
    let settings = session.project.migrations.lint[kind] ?? LintSettings()
    for direction in request.includesDowngrades ? RevisionDirection.allCases : [.upgrade] {
      var parts: [LintedSections] = []
      for name in session.lexicons.common {
        guard let known = StoreDialect(rawValue: name) else { continue }
        var part = try sections(of: file, direction, for: session.context.dialect(known))
        if request.measures { part.measurements = try LintMeasurement(self, known).measurements(of: part, file) }
        parts.append(part)
      }
      for found in RevisionLint(parts, settings).findings {
        report.rules[found.code] = Annotation.Rule(found.rule)
        report.findings.append(Finding(found, file, direction, kind.rawValue))
      }
    }
  }

  private func sections(
    of file: RevisionFile, _ direction: RevisionDirection, for dialect: any Dialect
  ) throws(MetaxyError) -> LintedSections {
    let schemas = recordedSchemas(for: dialect)
    let before = try schemas.schema(before: file.revision)
    guard let record = try record(of: file)?.part(for: dialect.name) else {
      return try LintedSections(of: file, direction, for: dialect, before: before, after: nil)
    }
    let after = try schemas.schema(at: [file.revision])
    let operations = dialect.operations(
      fromRecorded: before, to: DesiredSchema(schema: after.specifyingSettings, renames: record.renames))
    return direction == .upgrade
      ? try LintedSections(of: file, direction, for: dialect, before: before, after: after, operations: operations)
      : try LintedSections(
        of: file, direction, for: dialect, before: after, after: before, operations: operations.reverseOperations)
  }
}

extension Finding {
  fileprivate init(_ found: LintFinding, _ file: RevisionFile, _ direction: RevisionDirection, _ environment: String) {
    self.init(
      code: found.code, severity: Severity(found.severity), environment: environment, revision: file.revision,
      direction: direction.rawValue, file: file.path, line: found.line ?? 1, engine: found.dialect,
      sentence: found.message, alternative: found.alternative)
  }
}

extension Finding.Severity {
  fileprivate init(_ severity: LintRule.Severity) {
    self =
      switch severity {
      case .error: .error
      case .warning: .warning
      case .advice: .advice
      }
  }
}

extension Annotation.Rule {
  /// A rule as services show it: what it finds as a sentence, and the safe alternative as its help.
  fileprivate init(_ rule: LintRule) {
    let summary = rule.summary.prefix(1).uppercased() + rule.summary.dropFirst()
    self.init(
      rule.code, meaning: "\(summary).", severity: rule.severity == .advice ? .note : .warning,
      help: "Instead: \(rule.alternative).")
  }
}

internal import MetaxyConfiguration
internal import MetaxyEngines
package import MetaxyErrors
internal import MetaxyMigrationErrors
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime

extension Commands {
  /// The options of an offline script.
  package struct ScriptRequest: Sendable {
    /// `TARGET` from the base, or `START:TARGET`.
    package var range: String
    /// The dialect; nil for that of the store.
    package var dialect: String?
    package var allowsLoss: Bool

    package init(range: String, dialect: String?, allowsLoss: Bool = false) {
      self.range = range
      self.dialect = dialect
      self.allowsLoss = allowsLoss
    }

    /// The start of the range, nil without one, and its end.
    fileprivate var ends: (start: String?, end: String) {
      guard let colon = range.firstIndex(of: ":") else { return (nil, range) }
      return (String(range[..<colon]), String(range[range.index(after: colon)...]))
    }
  }

  /// Returns the script of an upgrade, without a database.
  package static func upgradeScript(
    _ context: CommandContext, _ request: ScriptRequest
  ) throws(MetaxyError) -> ScriptReport {
    try script(context, request, reversed: false) { environment, script throws(MetaxyError) in
      let (start, end) = request.ends
      let graph = environment.revisions.graph
      if graph.nodes.isEmpty, ["head", "heads", ""].contains(end) { return }
      let rows = try environment.rows(at: start)
      try script.add(graph.plan(upgradeTo: end.isEmpty ? "head" : end, current: rows), environment)
    }
  }

  /// Returns the script of a downgrade, without a database.
  ///
  /// - Throws: `invalid_revision_target` without a start.
  package static func downgradeScript(
    _ context: CommandContext, _ request: ScriptRequest
  ) throws(MetaxyError) -> ScriptReport {
    try script(context, request, reversed: true) { environment, script throws(MetaxyError) in
      guard case (let start?, let end) = request.ends, !start.isEmpty else {
        throw .downgradeWithoutStart(request.range)
      }
      let rows = try environment.rows(at: start)
      let graph = environment.revisions.graph
      try script.add(graph.plan(downgradeTo: end.isEmpty ? "base" : end, current: rows), environment)
    }
  }

  /// Returns the script of a stamp, without a database.
  package static func stampScript(
    _ context: CommandContext, targets: [String], _ request: ScriptRequest
  ) throws(MetaxyError) -> ScriptReport {
    try script(context, request, reversed: false) { environment, script throws(MetaxyError) in
      let (start, end) = request.ends
      let graph = environment.revisions.graph
      let before = try environment.rows(at: start)
      let after = try graph.rows(stamping: [end] + targets, current: before)
      script.current = before
      let applied = (before: Set(try graph.applied(before)), after: Set(try graph.applied(after)))
      script.unrelated = graph.unrelated(
        to: before, changing: applied.before.symmetricDifference(applied.after).union(after))
      let created = try environment.createdTables()
      func revisions(_ names: Set<String>) -> [Stamp.Revision] {
        environment.revisions.revisions.filter { names.contains($0.revision) }.map {
          Stamp.Revision($0, tables: created[$0.revision, default: []])
        }
      }
      try script.addStamp(
        to: after, applied: revisions(applied.after.subtracting(applied.before)),
        reverted: revisions(applied.before.subtracting(applied.after)))
    }
  }

  private static func script(
    _ context: CommandContext, _ request: ScriptRequest, reversed: Bool,
    _ add: (EnvironmentContext, inout MigrationScript) throws(MetaxyError) -> Void
  ) throws(MetaxyError) -> ScriptReport {
    let session = try ProjectSession(context)
    var dialect = session.database.dialect
    if let name = request.dialect {
      guard let known = StoreDialect(rawValue: name) else {
        throw .unknownDialect(name, StoreDialect.allCases.map(\.rawValue))
      }
      dialect = context.dialect(known)
    }
    let environments = try session.environments()
    if environments.count > 1, request.range.contains(":") { throw .rangeOfSeveralEnvironments(request.range) }
    var lines = ["-- metaxy \(ToolVersion.current), for \(dialect.name)"] + MigrationScript.header(for: dialect)
    for environment in reversed ? environments.reversed() : environments {
      try environment.completingHints { () throws(MetaxyError) in
        // A range that starts or ends among the revisions of a baseline is of their files.
        var environment = environment
        for end in [request.ends.start, request.ends.end].compactMap(\.self) where !end.isEmpty {
          guard try RevisionTarget(end).symbol != "current" else { throw .currentWithoutDatabase(request.range) }
          environment = try environment.reaching(end)
        }
        var script = MigrationScript(
          dialect, environment: environment.runnerEnvironment, at: [], allowsLoss: request.allowsLoss,
          toolVersion: ToolVersion.current)
        try add(environment, &script)
        if !script.lines.isEmpty { lines += [""] + script.lines }
      }
    }
    return ScriptReport(dialect: dialect.name, sql: lines.joined(separator: "\n"))
  }
}

extension MigrationScript {
  fileprivate mutating func add(_ plan: RevisionPlan, _ environment: EnvironmentContext) throws(MetaxyError) {
    current = Set(plan.from)
    unrelated = environment.revisions.graph.unrelated(to: current, changing: plan.changed)
    try add(environment.revisions.steps(of: plan))
  }
}

extension EnvironmentContext {
  /// Returns the rows of the version table at the start of a range; none for the base.
  fileprivate func rows(at start: String?) throws(MetaxyError) -> Set<String> {
    guard let start, !start.isEmpty else { return [] }
    return Set(try revisions.graph.ends(revisions.graph.resolve(start)))
  }
}

extension MetaxyError {
  fileprivate static func downgradeWithoutStart(_ typed: String) -> MetaxyError {
    MetaxyError(
      .invalidRevisionTarget, "the start of the downgrade is missing in `\(typed)`",
      hints: ["without a database it is `FROM:TO`, as in `head:\(typed)`"])
  }

  fileprivate static func currentWithoutDatabase(_ typed: String) -> MetaxyError {
    MetaxyError(
      .invalidRevisionTarget,
      "`\(typed)` cannot be resolved: a script is written without a database, so nothing is `current`",
      hints: ["write the revision; \(.current()) prints it"])
  }

  fileprivate static func rangeOfSeveralEnvironments(_ typed: String) -> MetaxyError {
    MetaxyError(
      .invalidRevisionTarget, "the range `\(typed)` is of one environment",
      hints: ["leave `--all-environments` out, and write a script for each"])
  }
}

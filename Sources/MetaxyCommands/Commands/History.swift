package import MetaxyErrors
internal import MetaxyFiles
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime

extension Commands {
  /// Lists the current revisions of the database.
  ///
  /// - Parameter checksHeads: whether the result is "differs" if the database is not at the heads.
  package static func current(
    _ context: CommandContext, checksHeads: Bool, verbose: Bool
  ) throws(MetaxyError) -> RevisionList {
    let session = try ProjectSession(context)
    let connection = try session.database.openForReading()
    var list = RevisionList(items: [], style: verbose ? .details : .names)
    for environment in try session.environments() {
      try environment.completingHints { () throws(MetaxyError) in
        let environment = try environment.positioned(connection)
        let state = try environment.readingState(connection)
        try environment.warnOfEdits(state)
        environment.warnOfUnknown(state)
        list.items += try items(
          of: environment.revisions.graph.current(state.rows), in: environment, current: state.rows, verbose: verbose)
        list.items += state.unknown.map { RevisionItem($0) }
        let isAtHeads = try environment.pending(state).isEmpty && state.unknown.isEmpty
        if checksHeads, !isAtHeads { list.differs = true }
      }
    }
    return list
  }

  /// Lists the head revisions.
  ///
  /// - Parameter resolvesDependencies: whether to omit heads that others depend on.
  package static func heads(
    _ context: CommandContext, resolvesDependencies: Bool, verbose: Bool
  ) throws(MetaxyError) -> RevisionList {
    let session = try ProjectSession(context)
    var list = RevisionList(items: [], style: verbose ? .details : .names)
    for environment in try session.environments() {
      let graph = environment.revisions.graph
      try environment.completingHints { () throws(MetaxyError) in
        list.items += try items(
          of: resolvesDependencies ? graph.independentHeads : graph.heads, in: environment,
          current: currentIfKnown(environment), verbose: verbose)
      }
    }
    return list
  }

  /// Lists revisions, newest first.
  ///
  /// - Parameters:
  ///   - range: `a:b`, `a:`, `:b`; nil for all.
  ///   - drawsGraph: whether lines show how the revisions follow each other.
  package static func history(
    _ context: CommandContext, range: String?, drawsGraph: Bool, verbose: Bool
  ) throws(MetaxyError) -> RevisionList {
    let session = try ProjectSession(context)
    var list = RevisionList(items: [], style: verbose ? .details : .steps, drawsGraph: drawsGraph)
    let range = try range.map { text throws(MetaxyError) in try RevisionRange(text) }
    for environment in try session.environments() {
      try environment.completingHints { () throws(MetaxyError) in
        let marks = HistoryMarks(ifKnown: environment)
        let environment = marks?.environment ?? environment
        list.items += try items(
          of: environment.revisions.graph.history(range, current: marks?.current ?? []), in: environment,
          current: marks?.current, verbose: verbose
        ).map { item in
          var item = item
          item.state = marks?.state(of: item.revision)
          return item
        }
      }
    }
    return list
  }

  /// Lists the runs of revisions, newest first.
  package static func historyOfRuns(_ context: CommandContext) throws(MetaxyError) -> RunLogReport {
    let session = try ProjectSession(context)
    let connection = try session.database.openForReading()
    var report = RunLogReport(runs: [])
    for environment in try session.environments() {
      report.runs += try environment.log.entries(connection).reversed().map {
        RunLogReport.Run($0, environment: environment.kind.rawValue)
      }
    }
    return report
  }

  /// Lists the revisions that several others follow, each with those.
  package static func branches(_ context: CommandContext, verbose: Bool) throws(MetaxyError) -> BranchList {
    let session = try ProjectSession(context)
    var list = BranchList(points: [], isVerbose: verbose)
    for environment in try session.environments() {
      let current = currentIfKnown(environment)
      let graph = environment.revisions.graph
      try environment.completingHints { () throws(MetaxyError) in
        let names = graph.branchPoints.flatMap { [$0] + graph.children(of: $0) }
        let found = try items(of: names, in: environment, current: current, verbose: false)
        let known = Dictionary(found.map { ($0.revision, $0) }) { first, _ in first }
        list.points += graph.branchPoints.compactMap { point in
          known[point].map { item in
            BranchList.Point(revision: item, children: graph.children(of: point).compactMap { known[$0] })
          }
        }
      }
    }
    return list
  }

  /// Shows one revision.
  package static func show(_ context: CommandContext, target: String) throws(MetaxyError) -> RevisionText {
    let session = try ProjectSession(context)
    let environment = try session.environment()
    let current = currentIfKnown(environment)
    let found = try environment.revisions.graph.resolve(target, current: current ?? [])
    guard let name = found.first, let file = environment.revisions[name] else { throw .nothingToShow(target) }
    guard found.count == 1 else { throw .severalToShow(target, found) }
    let path = Paths.resolve(file.path, in: session.project.root)
    return RevisionText(
      item: RevisionItem(file, in: environment, current: current), source: try Files.text(at: path))
  }

  private static func items(
    of revisions: [String], in environment: EnvironmentContext, current: Set<String>?, verbose: Bool
  ) throws(MetaxyError) -> [RevisionItem] {
    let labels = environment.revisions.graph.branchLabels()
    return try revisions.compactMap { environment.revisions[$0] }.map { file throws(MetaxyError) in
      var item = RevisionItem(file, in: environment, current: current)
      item.branchLabels = labels[file.revision] ?? []
      if verbose { item.features = try environment.featureChanges(of: file) }
      return item
    }
  }

  /// Returns the current revisions, or nil: these commands only need the files, and without a database only lack the
  /// marks.
  private static func currentIfKnown(_ environment: EnvironmentContext) -> Set<String>? {
    do {
      return try environment.versionTable.revisions(environment.database.openForReading())
    } catch {
      environment.session.context.report(.warning("cannot read the current revisions: \(error.message)"))
      return nil
    }
  }
}

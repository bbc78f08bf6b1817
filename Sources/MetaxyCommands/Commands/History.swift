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
        let state = try environment.state(connection)
        let current = state.current
        try environment.warnOfEdits(state)
        list.items += try items(
          of: environment.revisions.graph.current(current), in: environment, current: current, verbose: verbose)
        if checksHeads, try !environment.pending(current).isEmpty { list.differs = true }
      }
    }
    return list
  }

  /// Lists the head revisions.
  package static func heads(_ context: CommandContext, verbose: Bool) throws(MetaxyError) -> RevisionList {
    let session = try ProjectSession(context)
    var list = RevisionList(items: [], style: verbose ? .details : .names)
    for environment in try session.environments() {
      try environment.completingHints { () throws(MetaxyError) in
        list.items += try items(
          of: environment.revisions.graph.heads, in: environment, current: currentIfKnown(environment),
          verbose: verbose)
      }
    }
    return list
  }

  /// Lists revisions, newest first.
  ///
  /// - Parameter range: `a:b`, `a:`, `:b`; nil for all.
  package static func history(
    _ context: CommandContext, range: String?, verbose: Bool
  ) throws(MetaxyError) -> RevisionList {
    let session = try ProjectSession(context)
    var list = RevisionList(items: [], style: verbose ? .details : .steps)
    let range = try range.map { text throws(MetaxyError) in try RevisionRange(text) }
    for environment in try session.environments() {
      let current = currentIfKnown(environment)
      try environment.completingHints { () throws(MetaxyError) in
        list.items += try items(
          of: environment.revisions.graph.history(range, current: current ?? []), in: environment, current: current,
          verbose: verbose)
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
    try revisions.compactMap { environment.revisions[$0] }.map { file throws(MetaxyError) in
      var item = RevisionItem(file, in: environment, current: current)
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

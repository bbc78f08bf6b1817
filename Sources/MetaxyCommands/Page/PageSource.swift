internal import MetaxyConfiguration
internal import MetaxyErrors
internal import MetaxyGraph
internal import MetaxyNames
internal import MetaxyPage
internal import MetaxyProject

/// Reads a project for its page: first sources and revision files, then the databases.
struct PageSource {
  private let project: Project
  private let context: CommandContext
  private let options: Commands.PageOptions

  /// A store of the page with the environments that it has directories for.
  struct Session {
    let session: ProjectSession
    let environments: [EnvironmentContext]
  }

  /// A store, or why it cannot be used.
  private enum Member {
    case usable(Session)
    case unusable(PageStore)
  }

  init(_ project: Project, _ context: CommandContext, _ options: Commands.PageOptions) {
    self.project = project
    self.options = options
    self.context = context
  }

  /// - Throws: what is wrong with features and revision files; `unknown_store`, `empty_fleet`. What is wrong with a database is
  ///   on the page.
  func page() throws(MetaxyError) -> ProjectPage {
    let features = try FeatureSource.load(project, context)
    features.warnOfSharedTables(context)
    let versions = features.versions(context)
    var page = ProjectPage(
      project: features.project, versionName: features.generation == .seed ? "snapshot" : "project version",
      version: versions.snapshot, tool: ToolVersion.current)
    page.isOffline = options.isOffline

    let members = try members()
    let sessions = members.compactMap { if case .usable(let session) = $0 { session } else { nil } }
    let files = PageFiles(sessions, features)
    page.features = files.features(versions)
    try files.addTables(to: &page)
    try files.addRevisions(to: &page)
    if options.isOffline {
      page.stores = [try PageState(files).offline()]
      return page
    }
    for member in members {
      switch member {
      case .usable(let session): page.stores.append(try PageState(files).store(session))
      case .unusable(let store): page.stores.append(store)
      }
    }
    return page
  }

  private func members() throws(MetaxyError) -> [Member] {
    // The sources are read again for each store; their warnings are reported already.
    var context = context
    let report = context.report
    context.report = { event in
      if case .diagnostic = event { return }
      report(event)
    }
    let names = try FleetRequest(stores: options.stores, isAll: options.stores.isEmpty, file: nil, jobs: 1).members(
      of: project)
    return try names.map { name throws(MetaxyError) in
      let store: Store
      do throws(MetaxyError) {
        store = try project.store(named: name)
      } catch {
        var unusable = PageStore(name: Store.displayName(of: name), database: "")
        unusable.error = error.pageText
        return .unusable(unusable)
      }
      let session = try ProjectSession(context, project, store)
      return .usable(Session(session: session, environments: try environments(of: session)))
    }
  }

  private func environments(of session: ProjectSession) throws(MetaxyError) -> [EnvironmentContext] {
    let named = project.overrides.environment.map { !$0.hasSuffix(".toml") } ?? false
    let environments =
      named ? [try project.environment(for: session.store)] : try project.environments(for: session.store)
    // The user environment comes first: it has the tables of the features.
    let sorted = environments.filter { $0.kind == .user } + environments.filter { $0.kind != .user }
    return try sorted.filter(\.isInitialised).map { environment throws(MetaxyError) in
      try EnvironmentContext(environment, in: session)
    }
  }
}

extension MetaxyError {
  /// The error as it is shown on the page: message, causes and places.
  var pageText: String {
    ([message] + causes.map { "caused by: \($0)" } + diagnostics.map(\.description)).joined(separator: "\n")
  }
}

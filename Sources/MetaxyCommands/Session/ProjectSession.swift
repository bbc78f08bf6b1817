internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyEngines
internal import MetaxyErrors
internal import MetaxyFileWriting
internal import MetaxyFiles
internal import MetaxyNames
internal import MetaxyProject
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// A project with one of its stores; most commands start with one.
struct ProjectSession {
  let context: CommandContext
  let project: Project
  let store: Store
  let database: any Database
  /// The dialect of the store, and the others of the project.
  var dialects: [StoreDialect] { [store.url.dialect] + project.migrations.dialects.filter { $0 != store.url.dialect } }

  init(_ context: CommandContext) throws(MetaxyError) {
    let project = try Project.load(context)
    for warning in project.warnings { context.report(.warning(warning)) }
    // A project without features has no use for Metaxy's own tables. What is wrong with its entrypoints is reported where
    // they are read.
    if !project.configuration.sqlModel.isEnabled,
      let files = try? project.sourceFiles(), files.canDeclareFeatures
    {
      context.report(
        .note(
          "`enable` in [ext.sqlmodel] of \(project.displayPath(project.configFile)) is false: there is no system environment,"
            + " only user tables are migrated"))
    }
    try self.init(context, project, try project.store())
  }

  init(_ context: CommandContext, _ project: Project, _ store: Store) throws(MetaxyError) {
    self.context = context
    self.project = project
    self.store = store
    database = store.database(in: project, context.engineOptions)
  }

  /// Returns the generation of the project: the configured one, or else that of the exported graphs and of the features in
  /// Python.
  ///
  /// - Throws: what is wrong with these; missing entrypoints are reported where features are read.
  func generation() throws(MetaxyError) -> Generation {
    if let generation = project.configuration.generation { return generation }
    return GenerationChoice(of: try graphFiles(), configured: nil).generation
  }

  /// Returns the exported graphs and that of the features in Python.
  ///
  /// - Throws: what is wrong with these; missing entrypoints are reported where features are read.
  func graphFiles() throws(MetaxyError) -> [ExportedGraphFile] {
    guard let files = try? project.sourceFiles() else { return [] }
    let imported = try PythonEntrypoints(project, context, prefix: store.tablePrefix).graphs(
      of: files.python, reportsWarnings: false)
    return try project.exportedGraphs(files) + imported
  }

  /// The lexicons for the sections of the project's revisions.
  var lexicons: Lexicons { Engines.lexicons(of: project, for: store) }

  /// The environment of `-c`, or the user environment.
  func environment() throws(MetaxyError) -> EnvironmentContext {
    try EnvironmentContext(project.environment(for: store), in: self, after: context.invocation)
  }

  /// Keeps other programs from migrating the database.
  func lockDatabase() throws(MetaxyError) -> any RunLock {
    try database.lock { context.report(.note("waiting for \($0), which migrates the same database")) }
  }

  /// Keeps other programs from writing revisions of the environment that the command line chooses; nil where it has no
  /// directory yet, which is reported when its revisions are read.
  func lockVersions() throws(MetaxyError) -> DirectoryLock? {
    let directory = try project.environment(for: store).versionsDirectory
    guard Files.kind(of: directory) == .directory else { return nil }
    let lock = try DirectoryLock(directory) {
      context.report(.note("waiting for another metaxy that writes to \(project.displayPath(directory))"))
    }
    try Files.removeDrafts(in: directory)
    return lock
  }

  /// The environments of the command: the selected one, or all enabled ones with the system environment first.
  func environments() throws(MetaxyError) -> [EnvironmentContext] {
    guard context.allEnvironments else { return [try environment()] }
    if context.overrides.environment.map({ !$0.hasSuffix(".toml") }) ?? false { throw .environmentNamedTwice() }
    var opened: [EnvironmentContext] = []
    for environment in try project.environments(for: store) {
      guard environment.isInitialised else {
        throw .environmentMissing(environment.kind.rawValue, project.displayPath(environment.directory))
      }
      opened.append(try EnvironmentContext(environment, in: self))
    }
    return opened
  }
}

extension Project {
  static func load(_ context: CommandContext) throws(MetaxyError) -> Project {
    try context.timed(.configuration) { () throws(MetaxyError) in
      try load(from: context.workingDirectory, environment: context.variables, overrides: context.overrides)
    }
  }
}

/// The version and log tables.
enum Bookkeeping {
  /// The version and log tables of both environments, which no revision touches.
  static func tables(of project: Project, for store: Store? = nil) throws(MetaxyError) -> Set<TableName> {
    // Includes the default names even if the project configures others: a database may have both.
    var tables: Set<TableName> = ["alembic_version", "alembic_version_metaxy_system"]
    for environment in try project.environments(for: store) {
      // A connection lists the table without its schema if that is the default schema.
      tables.formUnion([environment.versionTableName, TableName(environment.versionTable)])
    }
    return tables.union(tables.map(RevisionLog.name))
  }
}

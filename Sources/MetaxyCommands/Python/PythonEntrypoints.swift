internal import MetaxyConfiguration
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyFiles
internal import MetaxyProject
internal import MetaxySchema
internal import Synchronization

/// The features and tables of `python:` entrypoints: what Metaxy and SQLAlchemy know after the modules are imported.
struct PythonEntrypoints {
  private let project: Project
  private let context: CommandContext

  /// What the names of the features' tables start with in the store.
  private let prefix: String

  init(_ project: Project, _ context: CommandContext, prefix: String) {
    self.prefix = prefix
    self.project = project
    self.context = context
  }

  /// Returns the graph that the modules register; none without modules.
  ///
  /// The interpreter runs once for all modules, and not at all if everything is as it was when it last ran.
  ///
  /// - Throws: `no_python`, `python_failed`, `python_timeout`, `missing_python_package`, `other_generation`.
  func graphs(of modules: [String], reportsWarnings: Bool = true) throws(MetaxyError) -> [ExportedGraphFile] {
    guard !modules.isEmpty else { return [] }
    let interpreter = try PythonInterpreter(of: project, context.variables)
    let request = PythonRequest(
      interpreter: interpreter, modules: modules, root: project.root, configFile: project.configFile,
      prefix: prefix, variables: variables, timeout: project.migrations.pythonTimeout)
    let answer = try answer(to: request)
    if let generation = project.configuration.generation, answer.generation != generation {
      throw .pythonGeneration(answer.generation, than: generation, interpreter)
    }
    if reportsWarnings { for warning in answer.warnings { context.report(.diagnostic(warning)) } }
    let entrypoints = modules.map { "python:\($0)" }.joined(separator: ", ")
    return [ExportedGraphFile(Array(answer.graph.text().utf8), file: entrypoints)]
  }

  /// The environment of the interpreter: without the variables that set these entrypoints, which Metaxy reads, too, as
  /// names of modules.
  private var variables: [String: String] {
    context.variables.filter { variable in !project.entrypoints.contains { $0.origin == .variable(variable.key) } }
  }

  private func answer(to request: PythonRequest) throws(MetaxyError) -> PythonAnswer {
    let cache = PythonCache(of: request)
    if let kept = cache.answer() { return kept }
    // Stores that are migrated at the same time wait for one interpreter.
    return try Self.running.withLock { _ throws(MetaxyError) in
      if let kept = cache.answer() { return kept }
      let (answer, start) = try PythonRun(request, context.interruption).answer()
      cache.keep(answer, startedAt: start)
      return answer
    }
  }

  private static let running = Mutex(())
}

/// What an interpreter is asked for.
struct PythonRequest {
  let interpreter: PythonInterpreter
  let modules: [String]
  /// The directory of the configuration file, from which modules are imported.
  let root: String
  let configFile: String
  /// What the names of the features' tables start with in the store.
  let prefix: String
  /// The environment of the interpreter.
  let variables: [String: String]
  /// How long it may run, in milliseconds; 0 for any time.
  let timeout: Int
}

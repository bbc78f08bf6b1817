internal import MetaxyErrors
internal import MetaxyFiles
internal import MetaxyProject

/// The Python of a project.
struct PythonInterpreter {
  /// The absolute path, with its symbolic links: Python finds its virtual environment by them.
  let path: String
  /// The path for display.
  let displayPath: String

  /// Finds the interpreter: `python` of the settings, that of the active virtual environment, or that of `.venv`.
  ///
  /// - Throws: `no_python`.
  init(of project: Project, _ variables: [String: String]) throws(MetaxyError) {
    let (path, problem) = Self.find(project, variables)
    guard let path, Files.kind(of: path) == .file else { throw .noPython(problem) }
    self.path = path
    displayPath = project.displayPath(path)
  }

  /// Returns where the interpreter should be, and what is wrong if there is none.
  private static func find(_ project: Project, _ variables: [String: String]) -> (path: String?, problem: String) {
    if let configured = project.migrations.python {
      let setting = "`python` in [ext.migrations] is `\(configured)`, which"
      if !configured.contains("/"), Files.kind(of: Paths.resolve(configured, in: project.root)) == nil {
        return (search(configured, variables), "\(setting) is not in PATH")
      }
      let path = Paths.resolve(configured, in: project.root)
      switch Files.kind(of: path) {
      case .directory: return ("\(path)/bin/python", "\(setting) has no `bin/python`")
      case nil: return (nil, "\(setting) does not exist")
      default: return (path, "\(setting) is not a file")
      }
    }
    if let active = variables["VIRTUAL_ENV"], !active.isEmpty {
      return ("\(active)/bin/python", "the active virtual environment `\(active)` has no `bin/python`")
    }
    return (
      Paths.resolve(".venv/bin/python", in: project.root),
      "no virtual environment is active, and the project has no `.venv/bin/python`"
    )
  }

  private static func search(_ name: String, _ variables: [String: String]) -> String? {
    (variables["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }.first { Files.kind(of: $0) == .file }
  }
}
